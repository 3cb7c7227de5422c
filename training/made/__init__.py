"""Training examples made here: facts from templates; real sentences, reworded or made wrong."""
