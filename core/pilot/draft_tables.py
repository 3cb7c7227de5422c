"""Drafted questions from tables: one cell, or the same cell of two files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.language import detect_language
from core.pilot.draft_sentences import asked, name_of
from core.pilot.types import Question
from core.types import Language, Passage

_CELLS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table by the names of its row and column."""

    document: str
    row: str
    column: str
    value: str
    language: Language


def _cells(passages: Sequence[Passage], language: Language) -> Iterator[_Cell]:
    """Cells of tables whose header is known; the first cell names the row. Not of PDFs, whose tables are
    pieced together from places on the page: a row there may pass for a header.
    """
    for passage in passages:
        if passage.place.page is not None:
            continue
        header: list[str] = []
        lines = [*(passage.header or "").splitlines()[-1:], *passage.text.splitlines()]
        for line in lines:
            cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
            if len(cells) < 3:
                header = []
            elif not header:
                header = cells
            elif len(cells) == len(header) and detect_language(" ".join(header)) is language:
                for column, value in zip(header[1:], cells[1:], strict=True):
                    if (
                        len(cells[0]) > 1
                        and "http" not in cells[0]
                        and _is_name(column)
                        and _is_figure(value)
                    ):
                        yield _Cell(name_of(passage), cells[0], column, value, language)


def _is_name(column: str) -> bool:
    """Whether a header's cell names something: a row of figures under a lost header is no header."""
    return sum(char.isalpha() for char in column) > 1


def _is_figure(value: str) -> bool:
    """Whether a cell holds something short with a digit: what can be asked for and compared."""
    return len(value) <= 30 and any(char.isdigit() for char in value)


def tables(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """For one cell."""
    for cell in _unambiguous(passages, language):
        yield asked("cell", language, cell.document, cell.value, column=cell.column, row=cell.row)


def _unambiguous(passages: Sequence[Passage], language: Language) -> list[_Cell]:
    """Cells whose row and column name only one value within their document."""
    held: dict[tuple[str, str, str], set[_Cell]] = {}
    for cell in _cells(passages, language):
        held.setdefault((cell.document, cell.row, cell.column), set()).add(cell)
    return [next(iter(cells)) for cells in held.values() if len(cells) == 1]


def two(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """The same row and column in two files with different values."""
    held: dict[tuple[str, str], list[_Cell]] = {}
    for cell in _unambiguous(passages, language):
        held.setdefault((cell.row, cell.column), []).append(cell)
    for (row, column), cells in held.items():
        if len(cells) == 2 and cells[0].value != cells[1].value:
            one, other = sorted(cells, key=lambda cell: cell.document)
            expected = f"{one.document}: {one.value}; {other.document}: {other.value}"
            params = {"row": row, "column": column, "second": other.document}
            yield asked("two", language, one.document, expected, **params)
