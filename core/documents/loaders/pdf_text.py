"""Cells in reading order into text with anchors: lines, rows, paragraphs, hyphens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from core.documents.loaders.pdf_chars import Cell
from core.documents.loaders.pdf_columns import Row, in_reading_order
from core.documents.loaders.pdf_lines import CJK, LABEL, Line, first_word_width, lines_of
from core.documents.loaders.pdf_table import align
from core.documents.tidy import CELL_SEPARATOR
from core.types import Anchor

_WEAK_LABEL = re.compile(r"[a-zA-Z\d第]")  # may be a figure or an initial that happens to begin a line
_LEADERS = re.compile(r"(?:\s?[.·…]){6,}\s?")
_SPREAD = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff](?![^ ])")  # letter-spaced Chinese
_BLANKS = re.compile(r"_{5,}")
_CLOSE = re.compile(rf"{CJK.pattern}(?:{CJK.pattern}|[\d(（])|[\d%％)]{CJK.pattern}")  # no space between
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
            _write(page, lines_of(block), keep_hyphen)
    return "".join(page.parts), tuple(page.anchors)


def _closed_up(spread: re.Match[str]) -> str:
    return spread[0].replace(" ", "")


def _write_row(page: _Page, row: Row, keep_hyphen: KeepHyphen) -> None:
    for number, cells in enumerate(row.cells):
        if number:
            page.add(CELL_SEPARATOR)
        lines = lines_of(cells)
        for at, line in enumerate(lines):
            if at:
                page.glue(lines[at - 1].cells[-1], line.cells[0], keep_hyphen)
            for position, cell in enumerate(line.cells):
                page.add(" " if position else "")
                page.add_cell(cell, keep_hyphen)


def _write(page: _Page, lines: list[Line], keep_hyphen: KeepHyphen) -> None:
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


def _align(lines: list[Line]) -> None:
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


def _right_edge(lines: list[Line]) -> float:
    """Where full lines end: the right edge of nearly all of them."""
    edges = sorted(line.x1 for line in lines if not line.is_row) or [0.0]
    return edges[min(len(edges) - 1, int(len(edges) * 0.95))]


def _leading(lines: list[Line]) -> float:
    """The usual white between two lines of running text."""
    gaps = [a.y0 - b.y1 for a, b in pairwise(lines) if not a.is_row and not b.is_row]
    near = [gap for gap in gaps if gap < 1.2 * lines[0].size]
    return median(near) if near else 0.0


def _tight(before: Line, line: Line, leading: float) -> bool:
    if before.is_row and line.is_row:
        return before.y0 - line.y1 < 2.5 * line.size
    return not before.is_row and not line.is_row and before.y0 - line.y1 < leading + 0.6 * line.size


def _continues(before: Line, line: Line, right: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if before.is_row or line.is_row or not _alike(before, line, leading):
        return False
    ended = bool(_SENTENCE_END.search(before.cells[-1].text))
    text = line.cells[0].text
    if _begins_item(text, ended) or (ended and _HEADWORD.match(text)):
        return False
    if text[:1].islower() and not ended:
        return before.x1 > before.x0 + 0.5 * (right - before.x0)
    return before.x1 + first_word_width(line.cells[0]) > right - 0.5 * line.size


def _alike(before: Line, line: Line, leading: float) -> bool:
    """Whether two lines are of one size, close together, and the second is not set in."""
    size = line.size
    near = before.y0 - line.y1 <= leading + _PARAGRAPH_GAP * size
    inset = line.x0 > before.x0 + _INDENT * size and not LABEL.match(before.cells[0].text)
    return near and not inset and 0.85 < size / before.size < 1.18


def _begins_item(text: str, ended: bool) -> bool:
    """Whether a line begins with a label; "21.7" or "U.S." in a sentence that has not ended is none."""
    return bool(LABEL.match(text)) and (ended or not _WEAK_LABEL.match(text))
