"""Full text and vectors: files in, ranked passages out."""
