"""What a claim asks of a table: which columns, rows and cells it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.fold import fold
from core.language import detect_language
from core.types import Language
from core.verify.tables.table import Table, number_of, year_of
from core.verify.text import keys

WORDS = {
    Language.EN: {
        "rows": "rows", "of": "of", "highest": "highest", "lowest": "lowest", "then": "then", "sum": "sum",
        "average": "average", "difference": "difference", "change": "change", "share": "share",
        "above": "above", "below": "below", "row": "row",
    },
    Language.ZH: {
        "rows": "行数", "of": "共", "highest": "最高", "lowest": "最低", "then": "其次", "sum": "合计",
        "average": "平均", "difference": "相差", "change": "变动", "share": "占比",
        "above": "高于", "below": "低于", "row": "行",
    },
}  # fmt: skip
MOST_COLUMNS, MOST_ROWS = 2, 2
_ROW_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A table, what is asked of it, and what of it is named: columns, rows, and cells as (row, column)."""

    table: Table
    said: str
    words: dict[str, str]
    columns: list[int]
    rows: list[int]
    cells: list[tuple[str, int]]

    def name(self, row: int) -> str:
        """What a row is called by."""
        return self.table.rows[row][self.table.names]

    def holding(self, cell: str, column: int) -> list[int]:
        """The rows with a cell in a column."""
        return [at for at, row in enumerate(self.table.rows) if fold(row[column]) == cell]


def asked_of(table: Table, said: str) -> Asked:
    """Find what the folded words of claim and question name in a table."""
    wanted = keys(said)
    numeric = [column for column in table.numeric if column != table.names]
    named = [column for column in numeric if keys(table.columns[column]) & wanted]
    cells = list(_named_cells(table, wanted))
    asked = Asked(
        table=table,
        said=said,
        words=WORDS[detect_language(" ".join(table.columns + table.rows[0]))],
        columns=named or (numeric if len(numeric) <= MOST_COLUMNS else []),
        rows=[],
        cells=cells,
    )
    alone = [asked.holding(cell, column) for cell, column in cells]
    alone = [rows for rows in alone if len(rows) == 1]
    asked.rows.extend(dict.fromkeys([*_named_rows(table, wanted), *(row for rows in alone for row in rows)]))
    return asked


def _named_rows(table: Table, wanted: frozenset[str]) -> list[int]:
    """The rows whose name is said, best first."""
    held = {at: keys(row[table.names]) for at, row in enumerate(table.rows)}
    shares = {at: len(name & wanted) / len(name) for at, name in held.items() if name}
    best = [at for at in shares if shares[at] >= _ROW_NAMED]
    best.sort(key=lambda at: (-shares[at], -len(held[at]), at))
    return best[: 2 * MOST_ROWS]


def _named_cells(table: Table, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(cell, column) of what the claim takes from the table, the fullest first, none inside another."""
    texts = {(fold(row[column]), column) for row in table.rows for column in range(len(table.columns))}
    held = [(keys(cell), cell, column) for cell, column in texts if number_of(cell) is None or _is_year(cell)]
    taken: set[str] = set()
    for mine, cell, column in sorted(held, key=lambda item: (-len(item[0]), item[2], item[1])):
        if mine and mine <= wanted and not mine <= taken:
            taken |= mine
            yield cell, column


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and year_of(cell) is not None
