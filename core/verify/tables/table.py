"""The tables of a text as rows, columns and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

_SEPARATOR = re.compile(r"[|\t]")
_RULE = re.compile(r"[\s|:\-+=]*")
# Every stretch is bounded: a cell of a document may be anything. Blanks are squeezed before it is read.
_NUMBER = re.compile(
    r"(?P<open>\()? ?(?P<sign>[-–−])? ?[$€£¥￥]? ?(?P<inner>\()? ?(?P<sign2>[-–−])?"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)"
    r" ?(?P<unit>%|[a-z]{1,3}|[万亿元个人次天年])? ?\)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTAL = re.compile(r"^(?:sub-?|grand )?totals?\b|合计|总计|小计|总额")
_MAX_ROWS = 1000
_MAX_HEADERS = 3
_MOSTLY = 0.6


@dataclass(frozen=True)
class Table:
    """``columns`` are the headers, ``rows`` the cells below them, each row as long as ``columns``. ``cut``: a
    row was left out, so that nothing may be counted over all of them.

    Without slots, so that what is asked for again with every claim is read once.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False

    @cached_property
    def names(self) -> int:
        """The column that rows are called by: the first of words that tell most rows apart."""
        worded = [
            column
            for column in range(len(self.columns))
            if column not in self.numeric
            and len({row[column] for row in self.rows}) > _MOSTLY * len(self.rows)
        ]
        return worded[0] if worded else 0

    @cached_property
    def body(self) -> frozenset[int]:
        """The rows that are no totals of others."""
        return frozenset(at for at, row in enumerate(self.rows) if not _TOTAL.search(row[self.names].lower()))

    @cached_property
    def numbers(self) -> tuple[Mapping[int, Fraction], ...]:
        """For each column: row -> number, of the cells that hold one."""
        return tuple(self._numbers(column) for column in range(len(self.columns)))

    def _numbers(self, column: int) -> Mapping[int, Fraction]:
        """Nothing where the units differ (5000万, 1.2亿)."""
        cells = {at: row[column] for at, row in enumerate(self.rows)}
        found = {at: number for at, cell in cells.items() if (number := number_of(cell)) is not None}
        return found if len({unit_of(cells[at]) for at in found}) <= 1 else {}

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """The columns that are mostly numbers."""
        filled = [
            sum(bool(row[column].strip(" -–—")) for row in self.rows) for column in range(len(self.columns))
        ]
        return tuple(
            column
            for column, count in enumerate(filled)
            if count and len(self.numbers[column]) >= max(2, _MOSTLY * count)
        )


def number_of(cell: str) -> Fraction | None:
    """The number that a cell holds, with a currency or a short unit at most beside it; brackets: negative.

    The unit is left out: numbers compare only where ``unit_of`` is the same.
    """
    found = _read(cell)
    if found is None:
        return None
    negative = any(found[name] for name in ("open", "sign", "inner", "sign2"))
    amount = Fraction(found["digits"].replace(",", ""))
    return -amount if negative else amount


def unit_of(cell: str) -> str | None:
    """The short unit behind the number of a cell."""
    found = _read(cell)
    return found["unit"] if found else None


def _read(cell: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(" ".join(cell.split()).lower())


def year_of(header: str) -> int | None:
    """The only year that a header names."""
    years = set(_YEAR.findall(header))
    return int(years.pop()) if len(years) == 1 else None


@lru_cache(maxsize=64)
def tables(text: str) -> tuple[Table, ...]:
    """The tables of a text: runs of lines cut into cells by bars or tabs."""
    return tuple(table for block in _blocks(text) if (table := _table(block)) is not None)


def _blocks(text: str) -> Iterator[list[tuple[str, ...]]]:
    block: list[tuple[str, ...]] = []
    for line in text.splitlines():
        if _SEPARATOR.search(line):
            if not _RULE.fullmatch(line.replace("\t", "x")):
                block.append(_cells(line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cells(line: str) -> tuple[str, ...]:
    line = line.strip(" ")
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        line = line[1:-1]
    return tuple(cell.strip(" *_`") for cell in _SEPARATOR.split(line))


def _table(block: list[tuple[str, ...]]) -> Table | None:
    """The rows of the usual length below their headers; None where there are fewer than two."""
    usual = Counter(len(row) for row in block).most_common(1)[0][0]
    first = next(at for at, row in enumerate(block) if len(row) == usual)
    below = block[first:]
    block = [row for row in below if len(row) == usual][:_MAX_ROWS]
    heads = 1
    while heads < min(_MAX_HEADERS, len(block)) and _heads(block[heads], over=block[0]):
        heads += 1
    rows = block[heads:]
    if usual < 2 or len(rows) < 2:
        return None
    columns = tuple(
        " ".join(dict.fromkeys(filter(None, cells))) for cells in zip(*block[:heads], strict=True)
    )
    return Table(columns, tuple(rows), cut=len(block) < len(below))


def _heads(row: tuple[str, ...], over: tuple[str, ...]) -> bool:
    """Whether a row below the first goes on naming columns: years and words only, where one of the two has no
    name of its own.
    """
    plain_numbers = any(number_of(cell) is not None and year_of(cell) is None for cell in row[1:])
    return not plain_numbers and not (row[0] and over[0])
