"""Cells into lines: which cells stand on one height, and which lines go on with the cells above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.documents.loaders.pdf_chars import Cell

LABEL = re.compile(
    r"(?:[•●○▪■◦‣·*–—\-→✓❖➢]|[（(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)）]|\d{1,3}(?:\.\d{1,3})+\.?(?!\d)"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、．]|[①-⑳]|第.{1,6}[条章节]|【)"
)
_LONE_LABEL = re.compile(rf"(?:{LABEL.pattern})$")
_CURRENCY = re.compile(r"(?:US|HK|C|A)?[$€£¥￥]")
_LATE_CURRENCY = re.compile(rf"(.*\S)\s+({_CURRENCY.pattern})$")
_TAIL = re.compile(r"[)%）％]{1,2}$")
_FIGURES = re.compile(r"[-+(]*(?:[A-Z]{0,3}[$€£¥￥])?[\s(]*\d[\d,.\s]*[)%]*|[—–-]")
CJK = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65“”‘’—…]")
_COLUMN = 2.0  # points by which the left edges of one column's cells may differ
_LEAST_WRAPPED = 15  # letters: a shorter cell is full by chance


@dataclass(slots=True)
class Line:
    """Cells on one height, left to right."""

    cells: list[Cell]

    @property
    def is_row(self) -> bool:
        """Whether wide gaps divide it."""
        return len(self.cells) > 1

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.cells[-1].x1

    @property
    def y0(self) -> float:
        """Its lower edge, with all lines of its cells."""
        return min(part.y0 for cell in self.cells for part in (cell, *cell.below))

    @property
    def y1(self) -> float:
        """Its upper edge."""
        return max(cell.y1 for cell in self.cells)

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(cell.size for cell in self.cells)


def lines_of(cells: list[Cell]) -> list[Line]:
    """Cells of one height together, from top to bottom."""
    lines: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: -cell.middle):
        home = next((line for line in reversed(lines[-3:]) if _level(line[0], cell)), None)
        if home is None:
            lines.append([cell])
        else:
            home.append(cell)
    return _unwrapped([Line(_merged(sorted(line, key=lambda cell: cell.x0))) for line in lines])


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Put the further lines of a table's cells below the first ones, so that a row is one line of text."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before is not None and _wraps_label(before, line):
            head, first = before.cells[0], line.cells[0]
            head.below += [first, *first.below]
            whole[-1] = Line([head, *line.cells[1:]])
        elif before is not None and (homes := _wrapped_into(before, line, lines)):
            for home, cell in zip(homes, line.cells, strict=True):
                home.below.append(cell)
        else:
            whole.append(line)
    return whole


def _wraps_label(before: Line, line: Line) -> bool:
    """Whether a row's label began on the line above, which holds nothing else."""
    if before.is_row or not line.is_row or not _near(before, line):
        return False
    head, first = before.cells[0], line.cells[0]
    inset = first.x0 - head.x0
    goes_on = first.text[:1].islower() or first.text[:1].isdigit() or first.text[:1] in "(,"
    return -2 < inset < 2 * line.size and goes_on and not head.text.endswith((".", ":", "。", "："))


def _wrapped_into(before: Line, line: Line, lines: list[Line]) -> list[Cell] | None:
    """The cells of the row above that this line's cells go on with; None when it is a line of its own.

    It goes on when the first column stays empty, or when each cell above was so full that the next word did
    not fit.
    """
    if not before.is_row or not _near(before, line):
        return None
    if any(_FIGURES.fullmatch(cell.text) or LABEL.match(cell.text) for cell in line.cells):
        return None
    homes = [
        next((home for home in before.cells if abs(home.x0 - cell.x0) < _COLUMN), None) for cell in line.cells
    ]
    found = [home for home in homes if home is not None]
    if len(found) < len(homes):
        return None
    if found[0] is not before.cells[0]:
        return found
    lone = len(found) == 1 and not line.cells[0].text[:1].islower()
    full = all(
        _was_full(home, cell, _right_of(home, before, lines))
        for home, cell in zip(found, line.cells, strict=True)
    )
    return found if full and not lone else None


def _was_full(home: Cell, cell: Cell, right: float) -> bool:
    """Whether the last line of a cell had no room before ``right`` for the first word of the next."""
    last = home.below[-1] if home.below else home
    wide = len(last.text) + len(CJK.findall(last.text)) >= _LEAST_WRAPPED
    return wide and last.x1 + first_word_width(cell) > right - 0.5 * cell.size


def _right_of(home: Cell, row: Line, lines: list[Line]) -> float:
    """Where a cell's column ends: as far as any cell of it reaches without touching the next column."""
    border = min((cell.x0 for cell in row.cells if cell.x0 > home.x1), default=float("inf"))
    column = (cell for line in lines for cell in line.cells if abs(cell.x0 - home.x0) < _COLUMN)
    return max(cell.x1 for cell in column if cell.x1 <= border)


def first_word_width(cell: Cell) -> float:
    """The room that a cell's first word would have needed on the line before."""
    word = cell.text[:2] if CJK.match(cell.text) else cell.text.split(" ", 1)[0]
    return (cell.x1 - cell.x0) * len(word) / max(len(cell.text), 1)


def _near(before: Line, line: Line) -> bool:
    return -0.5 * line.size < before.y0 - line.y1 < 0.45 * line.size


def _level(first: Cell, cell: Cell) -> bool:
    overlap = min(first.y1, cell.y1) - max(first.y0, cell.y0)
    return overlap > 0.5 * min(first.y1 - first.y0, cell.y1 - cell.y0)


def _merged(cells: list[Cell]) -> list[Cell]:
    """Give currency signs to the figure after them, closing signs to the one before, labels to their text."""
    merged: list[Cell] = []
    for cell in cells:
        last = merged[-1] if merged else None
        if last is None:
            merged.append(cell)
        elif _TAIL.match(cell.text) or cell.x0 - last.x1 < 0.1 * cell.size:
            _join(last, cell, "")
        elif _CURRENCY.fullmatch(last.text) or (len(merged) == 1 and _labels(last, cell)):
            _join(last, cell, " ")
        else:
            if late := _LATE_CURRENCY.match(last.text):
                last.text, cell.text = late[1], f"{late[2]} {cell.text}"
            merged.append(cell)
    return merged


def _labels(last: Cell, cell: Cell) -> bool:
    """Whether the first cell is the label of the text beside it, not a figure in brackets."""
    near = cell.x0 - last.x1 < 4 * cell.size
    return near and bool(_LONE_LABEL.match(last.text)) and not _FIGURES.fullmatch(cell.text)


def _join(last: Cell, cell: Cell, between: str) -> None:
    last.text += between + cell.text
    last.x1 = max(last.x1, cell.x1)
    last.y0, last.y1 = min(last.y0, cell.y0), max(last.y1, cell.y1)
