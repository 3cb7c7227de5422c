"""CSV and its relatives: one page of rows, the delimiter told by which one gives even rows."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from statistics import mode

from core.documents.content import Loaded, with_text
from core.documents.encoding import decode
from core.documents.sheets import sheet_page
from core.documents.tidy import tidy

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 100
_LONGEST_CELL = 10_000_000


def load(data: bytes, suffix: str) -> Loaded:
    """Read a table in text form; ``.tsv`` prefers the tab."""
    csv.field_size_limit(_LONGEST_CELL)
    decoded = decode(data)
    text = tidy(decoded.text)
    delimiter = _delimiter(text, "\t" if suffix == ".tsv" else ",")
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True))
    while rows and not any(rows[-1]):
        rows.pop()
    return with_text((sheet_page(list(enumerate(rows, 1)), None),), decoded.reason)


def _delimiter(text: str, usual: str) -> str:
    """The delimiter under which most rows have the same number of cells, more than one."""
    lines = text.split("\n", _LOOKED_AT * 2)[: _LOOKED_AT * 2]
    scores = {delimiter: _evenness(lines, delimiter) for delimiter in (usual, *_DELIMITERS)}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > scores[usual] else usual


def _evenness(lines: list[str], delimiter: str) -> float:
    rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), _LOOKED_AT) if row]
    widths = [len(row) for row in rows]
    usual = mode(widths) if widths else 1
    if usual < 2:
        return 0.0
    return sum(width == usual for width in widths) / len(widths) + min(usual, 20) / 1000
