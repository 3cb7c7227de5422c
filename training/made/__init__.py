"""Training examples made here: facts in templates of both languages, and real sentences, truly reworded or wrong."""
