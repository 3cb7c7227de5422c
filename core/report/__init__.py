"""Answers as pages that can be handed over."""
