"""Touchstone's engine: documents in, checked answers out. Runs without Qt."""

__version__ = "0.1.0"
