"""A table of a run in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.pilot.spreadsheet import Cell
from core.types import Language
from core.words import say


@dataclass(frozen=True, slots=True)
class Table:
    """A title (``pilot_sheet.<name>`` in words), the names of the columns, and the rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def heads(language: Language, *codes: str) -> tuple[str, ...]:
    """The names of columns, by their codes."""
    return tuple(say(f"pilot_head.{code}", language) for code in codes)


def as_rows(table: Table) -> list[Sequence[Cell]]:
    """Header and rows, for a spreadsheet."""
    return [table.header, *table.rows]
