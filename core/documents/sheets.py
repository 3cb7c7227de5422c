"""Rows of a sheet or a CSV file into one page with a header and an anchor for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.documents.place import column_letters
from core.documents.tidy import row, squeeze
from core.types import Anchor, Page

_FIGURE = re.compile(r"[-+−(]?\s*(?:[A-Z]{0,3}[$€£¥￥])?\s*\d[\d,.\s]*\)?\s*(?:%|元|万元|亿元)?$")
_LOOKED_AT = 30

NumberedRow = tuple[int, list[str]]


def sheet_page(rows: Sequence[NumberedRow], sheet: str | None) -> Page:
    """A page of rows, each given with its number in the file and its cells from column A on.

    Columns left of everything are left out; an empty row between others stays as an empty line.
    """
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    first = min((_first(cells) for _, cells in filled), default=0)
    parts: list[str] = []
    anchors: list[Anchor] = []
    length, before = 0, None
    for number, cells in filled:
        between = "" if before is None else "\n" if number == before + 1 else "\n\n"
        line = row(cells[first:])
        parts += [between, line]
        length += len(between)
        anchors.append(Anchor(length, length + len(line), cell=f"{column_letters(first + 1)}{number}"))
        length += len(line)
        before = number
    header = _header([cells[first:] for _, cells in filled])
    return Page(text="".join(parts), sheet=sheet, header=header, anchors=tuple(anchors))


def _first(cells: Sequence[str]) -> int:
    return next(index for index, cell in enumerate(cells) if cell.strip())


def _header(rows: Sequence[Sequence[str]]) -> str | None:
    """The row that names the columns: the first one that is as wide as the rows below and holds words only.

    Titles and notes above it are narrower.
    """
    widths = sorted(_width(cells) for cells in rows[:_LOOKED_AT])
    if not widths or widths[-1] < 2:
        return None
    usual = widths[len(widths) // 2]
    for index, cells in enumerate(rows[:_LOOKED_AT]):
        if _width(cells) < max(2, 0.6 * usual):
            continue
        words = all(not _FIGURE.match(squeeze(cell)) for cell in cells if cell.strip())
        return row(list(cells)) if words and index + 1 < len(rows) else None
    return None


def _width(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
