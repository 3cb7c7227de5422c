"""What names the columns of a table, so that a passage from its middle can carry it along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.tidy import CELL_SEPARATOR, is_row, weight
from core.types import Page

_FIGURES = re.compile(
    r"(?:[(\[]?[-+−]?(?:[A-Z]{0,3}[$€£¥￥])?\s*\(?\d[\d,.]*\)?\s*(?:%|元|万元|亿元)?[)\]]?\s*)+$|[—–-]$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|年度)?$")
_SENTENCE = re.compile(r"[.。！？!?；;]$")
_HEADER_ROWS = 4
_CAPTIONS = 2  # so many captions may stand between rows of one table
_CAPTION = 100
_LONGEST = 400

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table's header begins, where its rows begin and end, and the header."""

    header_start: int
    start: int
    end: int
    header: str


def header_for(tables: list[Table], start: int, end: int) -> str | None:
    """The header that a passage from ``start`` to ``end`` needs: it holds rows of a table, not its top."""
    for table in tables:
        if table.header_start < start < table.end and end > table.start:
            return table.header
    return None


def find_tables(page: Page) -> list[Table]:
    """The tables of a page: runs of rows with nothing but a caption or two between them."""
    tables: list[Table] = []
    above: list[Span] = []
    rows: list[Span] = []
    captions: list[Span] = []
    for start, end in lines_of(page.text):
        line = page.text[start:end]
        if is_row(line):
            if not rows or len(captions) > _CAPTIONS or (captions and not page.header and _names(line)):
                tables += _table(page, above, rows)
                above, rows = captions[-3:], []
            rows.append((start, end))
            captions = []
        elif is_caption(line):
            captions.append((start, end))
        elif line:
            tables += _table(page, above, rows)
            above, rows, captions = [], [], []
    return tables + _table(page, above, rows)


def _table(page: Page, above: list[Span], rows: list[Span]) -> list[Table]:
    """The table of these rows, if something names its columns: the page's header or its own first rows."""
    if not rows:
        return []
    lines = [page.text[start:end] for start, end in rows]
    if page.header is not None:
        named = lines.index(page.header) if page.header in lines else -1
        top = rows[named][0] if named >= 0 else rows[0][0] - 1
        return [Table(top, rows[max(named, 0)][0], rows[-1][1], page.header)]
    figures = next((at for at, line in enumerate(lines) if not _names(line)), None)
    named = 1 if figures is None else figures  # in a table of words only, the first row names the others
    if not 0 < named <= _HEADER_ROWS:
        return []
    top, bottom = rows[0][0], rows[named - 1][1]
    if above and page.section is None and bottom - above[0][0] < _LONGEST:
        top = above[0][0]  # "Nine Months Ended", "(in millions)"
    header = re.sub("\n+", "\n", page.text[top:bottom])
    return [Table(top, bottom, rows[-1][1], header)] if len(header) < _LONGEST * 2 else []


def _names(line: str) -> bool:
    """Whether a row could name columns: it holds no figures but years."""
    cells = [cell.strip() for cell in line.split(CELL_SEPARATOR)]
    return not any(_FIGURES.match(cell) and not _YEAR.match(cell) for cell in cells)


def is_caption(line: str) -> bool:
    """Whether a line names what follows: short, no row, and no sentence."""
    return bool(line) and weight(line) < _CAPTION and not is_row(line) and not _SENTENCE.search(line)


def lines_of(text: str) -> Iterator[Span]:
    """Start and end of every line, without spaces around; a row keeps its empty first cells."""
    at = 0
    for line in text.split("\n"):
        lead = 0 if is_row(line) else len(line) - len(line.lstrip())
        yield at + lead, at + max(len(line.rstrip()), lead)
        at += len(line) + 1
