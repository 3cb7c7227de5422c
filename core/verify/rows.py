"""Rows of tables in different documents about the same thing: same key, same column, another value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.documents.fold import fold
from core.verify.evidence import Window
from core.verify.rules import Aligned
from core.verify.rules.values import Kind, Value, values

_LEAST_CELLS = 3
_LEAST_KEY = 3
_CELLS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row whose key (its first cell) the claim names. ``start`` counts in the window's text."""

    window: int
    start: int
    text: str
    cells: tuple[str, ...]
    columns: tuple[str, ...]  # the header's cells, empty where it has another number of them


def row_pairs(claim: str, windows: Sequence[Window]) -> Iterator[tuple[list[Aligned], list[Aligned]]]:
    """For each value of the claim that stands in such a row: the rows with it, and those with another value
    in the same column.
    """
    rows = [row for at, window in enumerate(windows) for row in _rows(fold(claim), at, window)]
    if len({row.window for row in rows}) < 2:
        return
    for value in values(claim):
        if value.kind is Kind.CODE:
            continue
        for row in rows:
            column = _column(row, value)
            if column is not None:
                yield _split(value, row, column, rows)
                break


def _rows(claim: str, at: int, window: Window) -> Iterator[_Row]:
    header = _header(window.header or "")
    start = 0
    for line in window.text.splitlines(keepends=True):
        text = line.rstrip("\r\n")
        cells = tuple(_CELLS.split(text.strip(" |")))
        key = fold(cells[0]).strip()
        if len(cells) >= _LEAST_CELLS and len(key) >= _LEAST_KEY and _stands(claim, key):
            yield _Row(at, start, text, cells, header if len(header) == len(cells) else ())
        start += len(line)


def _header(text: str) -> tuple[str, ...]:
    lines = [line for line in text.splitlines() if "|" in line]
    return tuple(fold(cell) for cell in _CELLS.split(lines[-1].strip(" |"))) if lines else ()


def _stands(claim: str, key: str) -> bool:
    """Whether the claim names the key as a whole: KT-110 is not KT-110-F."""
    return re.search(rf"(?a)(?<![\w-]){re.escape(key)}(?![\w-])", claim) is not None


def _column(row: _Row, value: Value) -> int | None:
    """The column of a row that holds a value of the claim."""
    return next((at for at, cell in enumerate(row.cells) if at and _says(cell, value)), None)


def _split(
    value: Value, found: _Row, column: int, rows: Sequence[_Row]
) -> tuple[list[Aligned], list[Aligned]]:
    agreeing, differing = [], []
    for row in rows:
        if (
            len(row.cells) != len(found.cells)
            or row.cells[0] != found.cells[0]
            or not _same(row, found, column)
        ):
            continue
        if _says(row.cells[column], value):
            agreeing.append(_aligned(row))
        elif _comparable(row.cells[column], value) is not None:
            differing.append(_aligned(row))
    return agreeing, differing


def _same(row: _Row, other: _Row, column: int) -> bool:
    """Whether a column means the same in both tables, as far as their headers tell."""
    return not row.columns or not other.columns or row.columns[column] == other.columns[column]


def _says(cell: str, value: Value) -> bool:
    found = _comparable(cell, value)
    return found is not None and found.number == value.number


def _comparable(cell: str, value: Value) -> Value | None:
    """The one value of a cell that can be held against the claim's: of its kind, or a bare number, whose unit
    the column's header or the sheet tells.
    """
    held = values(cell)
    if len(held) != 1:
        return None
    return held[0] if held[0].group in ("", value.group) or not value.group else None


def _aligned(row: _Row) -> Aligned:
    return Aligned(row.window, row.start, row.start + len(row.text), row.text, 1.0)
