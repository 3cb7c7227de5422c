"""Cells in reading order into text with anchors: lines, rows, paragraphs, hyphens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from core.documents.loaders.pdf_chars import Cell
from core.documents.loaders.pdf_columns import Row, in_reading_order
from core.documents.tidy import CELL_SEPARATOR
from core.types import Anchor

_LABEL = re.compile(
    r"(?:[•●○▪■◦‣·*–—\-→✓❖➢]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、．]|[①-⑳]|第.{1,6}[条章节]|【)"
)
_LONE_LABEL = re.compile(rf"(?:{_LABEL.pattern})$")
_CURRENCY = re.compile(r"(?:US|HK|C|A)?[$€£¥￥]")
_LATE_CURRENCY = re.compile(rf"(.*\S)\s+({_CURRENCY.pattern})$")
_TAIL = re.compile(r"[)%）％]{1,2}$")
_LEADERS = re.compile(r"(?:\s?[.·…]){6,}\s?")
_BLANKS = re.compile(r"_{5,}")
_CJK = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65“”‘’—…]")
_LAST_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"([^\W\d_]+)")
_HEADWORD = re.compile(r"[\u4e00-\u9fff]{2,6}：")
_SENTENCE_END = re.compile(r"[。！？；：]$")
_INDENT = 1.2
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
        return min(cell.y0 for cell in self.cells)

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

    def add_cell(self, cell: Cell) -> None:
        start = self.length
        self.add(cell.text)
        self.anchors.append(Anchor(start, self.length, cell.box))

    def cut_hyphen(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1
        last = self.anchors[-1]
        self.anchors[-1] = Anchor(last.start, self.length, last.box)


def page_text(cells: list[Cell], keep_hyphen: KeepHyphen) -> tuple[str, tuple[Anchor, ...]]:
    """The text of a page in reading order, and the box of each of its cells."""
    page = _Page()
    for cell in cells:
        cell.text = _BLANKS.sub("____", _LEADERS.sub(" … ", cell.text)).rstrip()
    for block in in_reading_order([cell for cell in cells if cell.text.strip()]):
        if page.length:
            page.add("\n" if isinstance(block, Row) else "\n\n")
        if isinstance(block, Row):
            _write_row(page, block, keep_hyphen)
        else:
            _write(page, _lines_of(block), keep_hyphen)
    return "".join(page.parts), tuple(page.anchors)


def _lines_of(cells: list[Cell]) -> list[_Line]:
    """Cells of one height together, from top to bottom."""
    lines: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: -cell.middle):
        home = next((line for line in reversed(lines[-3:]) if _level(line[0], cell)), None)
        if home is None:
            lines.append([cell])
        else:
            home.append(cell)
    return [_Line(_merged(sorted(line, key=lambda cell: cell.x0))) for line in lines]


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
        elif _CURRENCY.fullmatch(last.text) or _LONE_LABEL.match(last.text):
            _join(last, cell, " ")
        else:
            if late := _LATE_CURRENCY.match(last.text):
                last.text, cell.text = late[1], f"{late[2]} {cell.text}"
            merged.append(cell)
    return merged


def _join(last: Cell, cell: Cell, between: str) -> None:
    last.text += between + cell.text
    last.x1, last.hyphen = max(last.x1, cell.x1), cell.hyphen
    last.y0, last.y1 = min(last.y0, cell.y0), max(last.y1, cell.y1)


def _write_row(page: _Page, row: Row, keep_hyphen: KeepHyphen) -> None:
    for number, cells in enumerate(row.cells):
        if number:
            page.add(CELL_SEPARATOR)
        lines = _lines_of(cells)
        for at, line in enumerate(lines):
            if at:
                _glue(page, lines[at - 1], line, keep_hyphen)
            for position, cell in enumerate(line.cells):
                page.add(" " if position else "")
                page.add_cell(cell)


def _write(page: _Page, lines: list[_Line], keep_hyphen: KeepHyphen) -> None:
    right = _right_edge(lines)
    leading = _leading(lines)
    for number, line in enumerate(lines):
        if number:
            before = lines[number - 1]
            if _continues(before, line, right, leading):
                _glue(page, before, line, keep_hyphen)
            else:
                page.add("\n" if _tight(before, line, leading) else "\n\n")
        for position, cell in enumerate(line.cells):
            page.add(CELL_SEPARATOR if position else "")
            page.add_cell(cell)


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
    size = line.size
    if before.is_row or line.is_row or _LABEL.match(line.cells[0].text):
        return False
    if _HEADWORD.match(line.cells[0].text) and _SENTENCE_END.search(before.cells[-1].text):
        return False
    if not 0.85 < size / before.size < 1.18:
        return False
    if before.y0 - line.y1 > leading + _PARAGRAPH_GAP * size:
        return False
    labelled = bool(_LABEL.match(before.cells[0].text))
    if line.x0 > before.x0 + _INDENT * size and not labelled:
        return False
    return before.x1 + _first_word_width(line) > right - 0.5 * size


def _first_word_width(line: _Line) -> float:
    """The room that the line's first word would have needed on the line before."""
    cell = line.cells[0]
    word = cell.text[:2] if _CJK.match(cell.text) else cell.text.split(" ", 1)[0]
    return (cell.x1 - cell.x0) * len(word) / max(len(cell.text), 1)


def _glue(page: _Page, before: _Line, line: _Line, keep_hyphen: KeepHyphen) -> None:
    last, first = before.cells[-1], line.cells[0]
    cut = _LAST_WORD.search(last.text)
    next_word = _FIRST_WORD.match(first.text)
    if cut and next_word and next_word[1][0].islower():
        if not keep_hyphen(cut[1], next_word[1]):
            page.cut_hyphen()
    elif not (_CJK.match(last.text[-1:]) and _CJK.match(first.text[:1])):
        page.add(" ")
