"""Files into pages and passages that remember where they came from."""
