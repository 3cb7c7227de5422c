"""Pilots: a set of questions through several models on one library, with figures, stability and cost."""
