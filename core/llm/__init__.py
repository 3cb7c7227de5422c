"""The only package that knows llama.cpp: the engine protocol, its implementations, the models on disk."""
