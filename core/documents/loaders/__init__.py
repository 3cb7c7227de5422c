"""One module a format: ``load(data, suffix)`` makes pages of bytes, inside the child process."""
