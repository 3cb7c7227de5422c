"""The rows of an HTML table, with cells that span several rows repeated in each of them."""

from __future__ import annotations

from collections.abc import Mapping

_MOST_SPAN = 200


class TableRows:
    """Collects the cells of one table while its nodes open and close."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._spans: dict[int, tuple[int, str]] = {}  # column -> rows still covered, text
        self._cell: list[str] | None = None
        self._size = (1, 1)

    def enter(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """A row or a cell opens."""
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            if not self._rows:
                self._rows.append([])
            self._cell = []
            self._size = (_span(attributes.get("colspan")), _span(attributes.get("rowspan")))

    def add(self, text: str) -> bool:
        """Take text into the open cell; False when none is open (a caption)."""
        if self._cell is None:
            return False
        self._cell.append(text)
        return True

    def leave(self, tag: str) -> None:
        """A cell or a row closes."""
        if tag in ("td", "th") and self._cell is not None:
            self._fill_spans()
            self._put(" ".join(self._cell))
            self._cell = None
        elif tag == "tr" and self._rows:
            self._fill_spans()

    def _put(self, text: str) -> None:
        row = self._rows[-1]
        columns, rows = self._size
        if rows > 1:
            self._spans[len(row)] = (rows - 1, text)
        row.append(text)
        row.extend([""] * (columns - 1))

    def _fill_spans(self) -> None:
        """Repeat what reaches down from the rows above."""
        row = self._rows[-1]
        while len(row) in self._spans:
            column = len(row)
            left, text = self._spans.pop(column)
            row.append(text)
            if left > 1:
                self._spans[column] = (left - 1, text)

    def rows(self) -> list[list[str]]:
        """All rows that hold text, without the columns that hold none (icons, margins)."""
        width = max(map(len, self._rows), default=0)
        used = [c for c in range(width) if any(c < len(row) and row[c].strip() for row in self._rows)]
        rows = [[row[c] for c in used if c < len(row)] for row in self._rows]
        return [row for row in rows if any(cell.strip() for cell in row)]


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPAN) if value and value.isdigit() and int(value) > 0 else 1
