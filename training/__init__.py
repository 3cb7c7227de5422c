"""How the shipped encoder and checker weights were made; not part of the product."""
