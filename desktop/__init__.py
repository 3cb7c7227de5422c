"""The window: shows, asks, forwards. Everything that the command line would need lives in core."""
