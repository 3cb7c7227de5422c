"""A claim about a row of a table that takes a cell from another row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from core.documents.fold import fold
from core.verify.rules.hits import Rule, RuleHit
from core.verify.tables import tables
from core.verify.text import STOP_EN

_LEAST_COLUMNS = 3
_AGGREGATE = re.compile(
    r"\b(?:all|every|each|only|most|least|total|average|mean|more|less|fewer|than|highest|lowest|largest|smallest|times|both|"
    r"other|same|combined|sum|first|last|between|before|after|majority|never|no|not|none|any)\b|最|共|均|每|比|总|多|少|不|都|和"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell whose text stands in the claim at ``start``."""

    rows: frozenset[int]
    columns: frozenset[int]
    start: int
    end: int


def table_hits(claim: str, texts: Sequence[str]) -> Iterator[RuleHit]:
    """The cell that no row has together with the claim's other cells. Comparisons and sums are left alone."""
    said = fold(claim)
    if _AGGREGATE.search(said):
        return
    for text in texts:
        index = _cells(text)
        if not index:
            continue
        found = _in_claim(said, index)
        hit = _odd_one(found)
        if hit is not None:
            yield RuleHit(Rule.CELL_ELSEWHERE, hit.start, hit.end, {"claim": claim[hit.start : hit.end]})
            return


Places = frozenset[tuple[int, int]]


@lru_cache(maxsize=64)
def _cells(text: str) -> dict[str, Places]:
    """Cell text -> the rows and columns that hold it, over the text's tables of three columns or more."""
    index: dict[str, set[tuple[int, int]]] = {}
    rows = (row for table in tables(fold(text)) if len(table.columns) >= _LEAST_COLUMNS for row in table.rows)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if len(cell) >= 2 and cell not in STOP_EN:
                index.setdefault(cell, set()).add((number, column))
    return {cell: frozenset(held) for cell, held in index.items()}


def _in_claim(said: str, index: dict[str, Places]) -> list[_Found]:
    """The cells that the claim names as whole words, longest first, none inside another."""
    found: list[_Found] = []
    for cell in sorted(index, key=lambda cell: (-len(cell), cell)):
        at = said.find(cell)
        while at >= 0 and not _whole(said, at, at + len(cell)):
            at = said.find(cell, at + 1)
        if at >= 0 and not any(one.start < at + len(cell) and at < one.end for one in found):
            places = index[cell]
            rows, columns = frozenset(row for row, _ in places), frozenset(column for _, column in places)
            found.append(_Found(rows, columns, at, at + len(cell)))
    return found


def _whole(said: str, start: int, end: int) -> bool:
    before, after = said[start - 1 : start], said[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _odd_one(found: Sequence[_Found]) -> _Found | None:
    """The cell that keeps the others from sharing a row. Two cells of one column make a comparison."""
    if len(found) < 2 or frozenset.intersection(*(one.rows for one in found)):
        return None
    if any(one.columns & other.columns for one, other in combinations(found, 2)):
        return None
    for one in sorted(found, key=lambda one: -one.start):
        rest = [other.rows for other in found if other is not one]
        if frozenset.intersection(*rest):
            return one
    return None
