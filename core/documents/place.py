"""Where a stretch of a page's text stands in the file: the box around it, or its cells."""

from __future__ import annotations

import re

from core.documents.tidy import CELL_SEPARATOR
from core.types import Anchor, Box, Page

_CELL = re.compile(r"([A-Z]+)(\d+)")


def locate(page: Page, start: int, end: int) -> tuple[Box | None, str | None]:
    """The box that holds ``page.text[start:end]`` and its cells ("B4" or "B4:C6"); None where there is none.

    An empty stretch is taken as the character after it.
    """
    end = max(end, start + 1)
    touched = [anchor for anchor in page.anchors if anchor.start < end and anchor.end > start]
    boxes = [anchor.box for anchor in touched if anchor.box is not None]
    cells = [_cells(page, anchor, start, end) for anchor in touched if anchor.cell is not None]
    return _union(boxes), _range(cells)


def _union(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _cells(page: Page, anchor: Anchor, start: int, end: int) -> tuple[int, int, int, int]:
    """First column and row, last column and row. A row's anchor names its first cell; the columns of a
    part of the row are told by the borders before it.
    """
    match = _CELL.match(anchor.cell or "")
    assert match is not None
    column, row = column_number(match[1]), int(match[2])
    text = page.text
    first = text.count(CELL_SEPARATOR, anchor.start, max(anchor.start, start))
    last = text.count(CELL_SEPARATOR, anchor.start, min(anchor.end, end))
    return column + first, row, column + last, row


def _range(cells: list[tuple[int, int, int, int]]) -> str | None:
    if not cells:
        return None
    left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    first, last = f"{column_letters(left)}{top}", f"{column_letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def column_letters(number: int) -> str:
    """1 -> "A", 27 -> "AA"."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
