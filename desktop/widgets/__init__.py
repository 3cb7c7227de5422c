"""The window's own building blocks."""
