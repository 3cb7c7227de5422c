"""Cells in reading order into text with anchors: lines, rows, paragraphs, hyphens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from core.documents.loaders.pdf_chars import Cell
from core.documents.loaders.pdf_columns import Row, in_reading_order
from core.documents.loaders.pdf_table import align
from core.documents.tidy import CELL_SEPARATOR
from core.types import Anchor

_LABEL = re.compile(
    r"(?:[•●○▪■◦‣·*–—\-→✓❖➢]|[（(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)）]|\d{1,3}(?:\.\d{1,3})+\.?(?!\d)"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、．]|[①-⑳]|第.{1,6}[条章节]|【)"
)
_WEAK_LABEL = re.compile(r"[a-zA-Z\d第]")  # may be a figure or an initial that happens to begin a line
_LONE_LABEL = re.compile(rf"(?:{_LABEL.pattern})$")
_CURRENCY = re.compile(r"(?:US|HK|C|A)?[$€£¥￥]")
_LATE_CURRENCY = re.compile(rf"(.*\S)\s+({_CURRENCY.pattern})$")
_TAIL = re.compile(r"[)%）％]{1,2}$")
_FIGURES = re.compile(r"[-+(]*(?:[A-Z]{0,3}[$€£¥￥])?[\s(]*\d[\d,.\s]*[)%]*|[—–-]")
_LEADERS = re.compile(r"(?:\s?[.·…]){6,}\s?")
_SPREAD = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff](?![^ ])")  # letter-spaced Chinese
_BLANKS = re.compile(r"_{5,}")
_CJK = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65“”‘’—…]")
_CLOSE = re.compile(rf"{_CJK.pattern}(?:{_CJK.pattern}|[\d(（])|[\d%％)]{_CJK.pattern}")  # no space between
_LAST_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)")
_HEADWORD = re.compile(r"[\u4e00-\u9fff]{2,6}：")
_SENTENCE_END = re.compile(r"[。！？；：.!?;:…\d]$|\b(?:and|or)$")
_INDENT = 1.2
_CAPTIONS = 2
_TABLE_GAP = 1.5
_PARAGRAPH_GAP = 0.45

KeepHyphen = Callable[[str, str], bool]


@dataclass(slots=True)
class _Line:
    """Cells on one height, left to right."""

    cells: list[Cell]

    @property
    def is_row(self) -> bool:
        """Whether wide gaps divide it."""
        return len(self.cells) > 1

    @property
    def x0(self) -> float:
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1].x1

    @property
    def y0(self) -> float:
        return min(part.y0 for cell in self.cells for part in (cell, *cell.below))

    @property
    def y1(self) -> float:
        return max(cell.y1 for cell in self.cells)

    @property
    def size(self) -> float:
        return max(cell.size for cell in self.cells)


@dataclass(slots=True)
class _Page:
    """The text so far."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    anchors: list[Anchor] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def add_cell(self, cell: Cell, keep_hyphen: KeepHyphen) -> None:
        """Write a cell with all its lines."""
        last: Cell | None = None
        for part in (cell, *cell.below) if cell.text else ():
            if last is not None:
                self.glue(last, part, keep_hyphen)
            start = self.length
            self.add(part.text)
            self.anchors.append(Anchor(start, self.length, part.box))
            last = part

    def glue(self, last: Cell, first: Cell, keep_hyphen: KeepHyphen) -> None:
        """Join two lines of running text: a space, nothing in Chinese, and a cut word made whole."""
        cut = _LAST_WORD.search(last.text)
        next_word = _FIRST_WORD.match(first.text)
        if cut and next_word and next_word[1][0].islower():
            if not keep_hyphen(cut[1], next_word[1]):
                self.cut_hyphen()
        elif not _CLOSE.match(last.text[-1:] + first.text[:1]):
            self.add(" ")

    def cut_hyphen(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1
        last = self.anchors[-1]
        self.anchors[-1] = Anchor(last.start, self.length, last.box)


def page_text(cells: list[Cell], keep_hyphen: KeepHyphen) -> tuple[str, tuple[Anchor, ...]]:
    """The text of a page in reading order, and the box of each of its cells."""
    page = _Page()
    for cell in cells:
        cell.text = _SPREAD.sub(_closed_up, _BLANKS.sub("____", _LEADERS.sub(" … ", cell.text))).rstrip()
    for block in in_reading_order([cell for cell in cells if cell.text.strip()]):
        if page.length:
            page.add("\n" if isinstance(block, Row) else "\n\n")
        if isinstance(block, Row):
            _write_row(page, block, keep_hyphen)
        else:
            _write(page, _lines_of(block), keep_hyphen)
    return "".join(page.parts), tuple(page.anchors)


def _closed_up(spread: re.Match[str]) -> str:
    return spread[0].replace(" ", "")


def _lines_of(cells: list[Cell]) -> list[_Line]:
    """Cells of one height together, from top to bottom."""
    lines: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: -cell.middle):
        home = next((line for line in reversed(lines[-3:]) if _level(line[0], cell)), None)
        if home is None:
            lines.append([cell])
        else:
            home.append(cell)
    return _unwrapped([_Line(_merged(sorted(line, key=lambda cell: cell.x0))) for line in lines])


def _unwrapped(lines: list[_Line]) -> list[_Line]:
    """Put the further lines of a table's cells below the first ones, so that a row is one line of text."""
    whole: list[_Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before is not None and _wraps_label(before, line):
            head, first = before.cells[0], line.cells[0]
            head.below += [first, *first.below]
            whole[-1] = _Line([head, *line.cells[1:]])
        elif before is not None and (homes := _wrapped_into(before, line)):
            for home, cell in zip(homes, line.cells, strict=True):
                home.below.append(cell)
        else:
            whole.append(line)
    return whole


def _wraps_label(before: _Line, line: _Line) -> bool:
    """Whether a row's label began on the line above, which holds nothing else."""
    if before.is_row or not line.is_row or not _near(before, line):
        return False
    head, first = before.cells[0], line.cells[0]
    inset = first.x0 - head.x0
    goes_on = first.text[:1].islower() or first.text[:1].isdigit() or first.text[:1] in "(,"
    return -2 < inset < 2 * line.size and goes_on and not head.text.endswith((".", ":", "。", "："))


def _wrapped_into(before: _Line, line: _Line) -> list[Cell] | None:
    """The cells of the row above that this line's cells go on with; None when it is a line of its own."""
    if not before.is_row or not _near(before, line):
        return None
    if any(_FIGURES.fullmatch(cell.text) or _LABEL.match(cell.text) for cell in line.cells):
        return None
    homes = [
        next((home for home in before.cells[1:] if abs(home.x0 - cell.x0) < 2), None) for cell in line.cells
    ]
    found = [home for home in homes if home is not None]
    return found if len(found) == len(homes) and line.x0 > before.x0 + line.size else None


def _near(before: _Line, line: _Line) -> bool:
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


def _write_row(page: _Page, row: Row, keep_hyphen: KeepHyphen) -> None:
    for number, cells in enumerate(row.cells):
        if number:
            page.add(CELL_SEPARATOR)
        lines = _lines_of(cells)
        for at, line in enumerate(lines):
            if at:
                page.glue(lines[at - 1].cells[-1], line.cells[0], keep_hyphen)
            for position, cell in enumerate(line.cells):
                page.add(" " if position else "")
                page.add_cell(cell, keep_hyphen)


def _write(page: _Page, lines: list[_Line], keep_hyphen: KeepHyphen) -> None:
    right = _right_edge(lines)
    leading = _leading(lines)
    _align(lines)
    for number, line in enumerate(lines):
        if number:
            before = lines[number - 1]
            if _continues(before, line, right, leading):
                page.glue(before.cells[-1], line.cells[0], keep_hyphen)
            else:
                page.add("\n" if _tight(before, line, leading) else "\n\n")
        for position, cell in enumerate(line.cells):
            page.add(CELL_SEPARATOR if position else "")
            page.add_cell(cell, keep_hyphen)


def _align(lines: list[_Line]) -> None:
    """Bring the rows of each table into columns; a caption or two may stand between its rows."""
    table: list[list[Cell]] = []
    gap = 0
    for number, line in enumerate(lines):
        gap = 0 if line.is_row else gap + 1
        if gap > _CAPTIONS or (number and lines[number - 1].y0 - line.y1 > _TABLE_GAP * line.size):
            align(table)
            table = []
        if line.is_row:
            table.append(line.cells)
    align(table)


def _right_edge(lines: list[_Line]) -> float:
    """Where full lines end: the right edge of nearly all of them."""
    edges = sorted(line.x1 for line in lines if not line.is_row) or [0.0]
    return edges[min(len(edges) - 1, int(len(edges) * 0.95))]


def _leading(lines: list[_Line]) -> float:
    """The usual white between two lines of running text."""
    gaps = [a.y0 - b.y1 for a, b in pairwise(lines) if not a.is_row and not b.is_row]
    near = [gap for gap in gaps if gap < 1.2 * lines[0].size]
    return median(near) if near else 0.0


def _tight(before: _Line, line: _Line, leading: float) -> bool:
    if before.is_row and line.is_row:
        return before.y0 - line.y1 < 2.5 * line.size
    return not before.is_row and not line.is_row and before.y0 - line.y1 < leading + 0.6 * line.size


def _continues(before: _Line, line: _Line, right: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if before.is_row or line.is_row or not _alike(before, line, leading):
        return False
    ended = bool(_SENTENCE_END.search(before.cells[-1].text))
    text = line.cells[0].text
    if _begins_item(text, ended) or (ended and _HEADWORD.match(text)):
        return False
    if text[:1].islower() and not ended:
        return before.x1 > before.x0 + 0.5 * (right - before.x0)
    return before.x1 + _first_word_width(line) > right - 0.5 * line.size


def _alike(before: _Line, line: _Line, leading: float) -> bool:
    """Whether two lines are of one size, close together, and the second is not set in."""
    size = line.size
    near = before.y0 - line.y1 <= leading + _PARAGRAPH_GAP * size
    inset = line.x0 > before.x0 + _INDENT * size and not _LABEL.match(before.cells[0].text)
    return near and not inset and 0.85 < size / before.size < 1.18


def _begins_item(text: str, ended: bool) -> bool:
    """Whether a line begins with a label; "21.7" or "U.S." in a sentence that has not ended is none."""
    return bool(_LABEL.match(text)) and (ended or not _WEAK_LABEL.match(text))


def _first_word_width(line: _Line) -> float:
    """The room that the line's first word would have needed on the line before."""
    cell = line.cells[0]
    word = cell.text[:2] if _CJK.match(cell.text) else cell.text.split(" ", 1)[0]
    return (cell.x1 - cell.x0) * len(word) / max(len(cell.text), 1)
