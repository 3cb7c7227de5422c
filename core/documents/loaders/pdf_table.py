"""Rows of a table brought into its columns: where a row leaves a cell empty, an empty cell stands.

Otherwise a figure of 2022 would stand third and be read under the heading of 2023.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from core.documents.loaders.pdf_chars import Cell

_OVERLAP = 0.3  # of the narrower of cell and column
_NEAR = 1.5  # times the size of the letters

Row = list[Cell]
Column = tuple[float, float]


def align(rows: Sequence[Row]) -> None:
    """Put empty cells into the rows of one table that have fewer cells than it has columns."""
    columns = _columns(rows)
    for row in rows:
        if 1 <= len(row) < len(columns):
            places = _places(row, columns)
            if places is not None:
                _fill(row, places, columns)


def _columns(rows: Sequence[Row]) -> list[Column]:
    """From left to right the columns of the fullest rows; none where they do not stand apart."""
    counts = Counter(len(row) for row in rows)
    full = max((count for count, times in counts.items() if times > 1), default=0)
    if full < 3:
        return []
    whole = [row for row in rows if len(row) == full]
    lefts = [min(row[k].x0 for row in whole) for k in range(full)]
    rights = [max(row[k].x1 for row in whole) for k in range(full)]
    rights[0] = min(rights[0], lefts[1])  # labels may be long
    apart = all(rights[k] <= lefts[k + 1] + 1 for k in range(full - 1))
    return list(zip(lefts, rights, strict=True)) if apart else []


def _places(row: Row, columns: list[Column]) -> list[int] | None:
    """The column of each cell, the first one for a heading that spans several; None when a cell stands in
    none, or two share one.
    """
    places: list[int] = []
    last = -1
    for cell in row:
        touched = [k for k, column in enumerate(columns) if _touches(cell, column)]
        if not touched or touched[0] <= last or (len(touched) > 1 and not cell.text[:1].isalpha()):
            return None
        places.append(touched[0])
        last = touched[-1]
    return places


def _touches(cell: Cell, column: Column) -> bool:
    shared = min(cell.x1, column[1]) - max(cell.x0, column[0])
    width = max(min(cell.x1 - cell.x0, column[1] - column[0]), 1.0)
    return shared > _OVERLAP * width or (
        shared > -_NEAR * cell.size and column[1] - column[0] < 2 * cell.size
    )


def _fill(row: Row, places: list[int], columns: list[Column]) -> None:
    held = dict(zip(places, row, strict=True))
    y0, y1, size = row[0].y0, row[0].y1, row[0].size
    row[:] = [
        held.get(k) or Cell("", left, y0, right, y1, size)
        for k, (left, right) in enumerate(columns)
        if k <= places[-1]
    ]
