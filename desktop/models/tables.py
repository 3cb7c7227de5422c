"""The base of the item models: rows are core dataclasses, columns are declared once.

A model filters and sorts its rows itself, in one pass over plain Python objects: a proxy model would call
back into Python for every row and every comparison, which takes a second for ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from desktop import icons
from desktop.theme import space

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """Our own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the core dataclass


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title and what it shows of a row. ``sort`` is what it is sorted by."""

    title: Callable[[], str]
    text: Callable[[Row], str]
    sort: Callable[[Row], Any]
    icon: Callable[[Row], tuple[str, str] | None] | None = None  # icon and tone
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows dataclasses; subclasses declare the columns and what a filter looks at.

    ``rows`` are those shown, in their order; ``all_rows`` those that there are.
    """

    columns: Sequence[Column[Row]]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all_rows: tuple[Row, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self._words: tuple[str, ...] = ()
        self._sorted_by: tuple[int, bool] | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}
        # Made when first needed, and kept: a key pressed in the filter box must not sort ten thousand rows.
        self._order: Sequence[int] | None = None
        self._texts: list[str] | None = None

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.all_rows = tuple(rows)
        self._order = self._texts = None
        self.arrange()

    def set_words(self, text: str) -> None:
        """Show only the rows that hold every word, in any order and case."""
        self._words = tuple(text.casefold().split())
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew."""
        self.beginResetModel()
        rows = self.all_rows
        shown: Iterable[int] = self._in_order()
        fits = self.bounds()
        if fits is not None:
            shown = [number for number in shown if fits(rows[number])]
        if self._words:
            texts, words = self._folded(), self._words
            shown = [number for number in shown if all(word in texts[number] for word in words)]
        self.rows = tuple(rows[number] for number in shown)
        self.endResetModel()

    def bounds(self) -> Callable[[Row], bool] | None:
        """What a row has to be to be shown, the words aside; None when that is nothing."""
        return None

    def filter_text(self, row: Row) -> str:
        """What the filter box looks at."""
        return " ".join(column.text(row) for column in self.columns)

    def retranslate(self) -> None:
        """The words have changed."""
        self._texts = None
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by what a column means, not by how it is written; -1 keeps the order of the core."""
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._order = None
        self.arrange()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title()
        return (_RIGHT if column.right else _LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; texts of documents are plain, tool tips are left to the views."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(column, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return row if role == Role.ROW else None

    def _in_order(self) -> Sequence[int]:
        """The numbers of all rows in the order that is asked for."""
        if self._order is None:
            self._order = range(len(self.all_rows))
            if self._sorted_by is not None:
                column, down = self._sorted_by
                keys = list(map(self.columns[column].sort, self.all_rows))
                self._order = sorted(self._order, key=keys.__getitem__, reverse=down)
        return self._order

    def _folded(self) -> list[str]:
        """What the filter looks at, row by row."""
        if self._texts is None:
            self._texts = [self.filter_text(row).casefold() for row in self.all_rows]
        return self._texts

    def _icon(self, column: Column[Row], row: Row) -> QIcon | None:
        wanted = column.icon(row) if column.icon else None
        if wanted is None:
            return None
        found = self._icons.get(wanted)
        if found is None:
            found = self._icons[wanted] = icons.icon(*wanted)
        return found


def row_height() -> int:
    """The height of a table row on the spacing scale."""
    return space(10)
