"""Tables inside evidence: their rows and numbers, and what they say without writing it down."""

from core.verify.tables.reckoned import below, reckoned, written
from core.verify.tables.table import Table, number_of, tables, year_of

__all__ = ["Table", "below", "number_of", "reckoned", "tables", "written", "year_of"]
