"""A sheet's page as the table that it was: rows with their numbers, cells from the first column on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.documents.place import column_number
from core.documents.tidy import CELL_SEPARATOR
from core.types import Page

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cells:
    """A block of cells, both ends included; columns and rows count from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, column: int, row: int) -> bool:
        """Whether a cell lies in it."""
        return self.left <= column <= self.right and self.top <= row <= self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` are those that hold something, each with its number in the file and its cells; the first cell
    stands in column ``first_column``. ``header`` is the number of the row that names the columns.
    """

    first_column: int
    columns: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header: int | None = None


def grid_of(page: Page) -> Grid:
    """The table of a sheet's page; without rows where the page is not one of a sheet."""
    first, rows, header = 1, [], None
    for anchor in page.anchors:
        match = _CELL.fullmatch(anchor.cell or "")
        if match is None:
            continue
        first, number = column_number(match[1]), int(match[2])
        line = page.text[anchor.start : anchor.end]
        if header is None and page.header is not None and line == page.header:
            header = number
        rows.append((number, tuple(line.split(CELL_SEPARATOR))))
    return Grid(first, max((len(cells) for _, cells in rows), default=0), tuple(rows), header)


def cells_of(name: str) -> Cells | None:
    """The block that "B4" or "B4:C6" names, None for anything else."""
    first, _, last = name.partition(":")
    begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if begin is None or end is None:
        return None
    return Cells(column_number(begin[1]), int(begin[2]), column_number(end[1]), int(end[2]))
