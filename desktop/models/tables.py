"""The base of the item models: rows are core dataclasses, columns are declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QIcon

from desktop import icons
from desktop.theme import space

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Our own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # the core dataclass
    SORT = Qt.ItemDataRole.UserRole + 2
    FILTER = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title and what it shows of a row. ``sort`` is what it is sorted by."""

    title: Callable[[], str]
    text: Callable[[Row], str]
    sort: Callable[[Row], Any]
    icon: Callable[[Row], tuple[str, str] | None] | None = None  # icon and tone
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows a tuple of dataclasses; subclasses declare the columns and what a filter looks at."""

    columns: Sequence[Column[Row]]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._icons: dict[tuple[str, str], QIcon] = {}

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def filter_text(self, row: Row) -> str:
        """What the filter box looks at."""
        return " ".join(column.text(row) for column in self.columns)

    def retranslate(self) -> None:
        """The words have changed."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are."""
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
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; texts of documents are plain, tool tips are left to the views."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        shown: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: column.text(row),
            Qt.ItemDataRole.AccessibleTextRole: lambda: column.text(row),
            Qt.ItemDataRole.DecorationRole: lambda: self._icon(column, row),
            Qt.ItemDataRole.TextAlignmentRole: lambda: _alignment(column),
            Role.SORT: lambda: column.sort(row),
            Role.FILTER: lambda: self.filter_text(row),
            Role.ROW: lambda: row,
        }
        found = shown.get(role)
        return found() if found else None

    def _icon(self, column: Column[Row], row: Row) -> QIcon | None:
        wanted = column.icon(row) if column.icon else None
        if wanted is None:
            return None
        return self._icons.setdefault(wanted, icons.icon(*wanted))


class Filtered(QSortFilterProxyModel):
    """Sorts and filters a RowsModel. The filter is the words typed, all of which must occur."""

    def __init__(self, source: RowsModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSourceModel(source)
        self.setSortRole(Role.SORT)

    def set_words(self, text: str) -> None:
        """Show only the rows that hold every word."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether a row is shown."""
        index = self.sourceModel().index(row, 0, parent)
        text = str(index.data(Role.FILTER)).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare by what the column is sorted by."""
        return bool(left.data(Role.SORT) < right.data(Role.SORT))


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def row_height() -> int:
    """The height of a table row on the spacing scale."""
    return space(10)
