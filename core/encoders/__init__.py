"""Small neural networks on the CPU: texts to vectors, and claim with evidence to a verdict."""
