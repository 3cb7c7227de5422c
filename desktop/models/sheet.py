"""A sheet as a table with lettered columns and numbered rows, some of its cells marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from core.documents.grid import Cells, Grid
from core.documents.place import column_letters
from desktop.theme import colors

Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """Shows a grid; empty rows of the file are left out, their numbers show it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid(1, 0, ())
        self.marked: Cells | None = None

    def set_grid(self, grid: Grid, marked: Cells | None) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.grid, self.marked = grid, marked
        self.endResetModel()

    def first_marked(self) -> QModelIndex:
        """The cell at the upper left of the mark; an invalid index without one."""
        if self.marked is None:
            return QModelIndex()
        for at, (number, _) in enumerate(self.grid.rows):
            if number >= self.marked.top:
                return self.index(at, max(0, self.marked.left - self.grid.first_column))
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows that hold something."""
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns up to the last that holds something."""
        return 0 if parent.isValid() else self.grid.columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Letters above, the file's own row numbers at the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return column_letters(self.grid.first_column + section)
        return str(self.grid.rows[section][0]) if section < len(self.grid.rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell's text as it was read; marked cells stand out by colour and weight."""
        if not index.isValid():
            return None
        number, texts = self.grid.rows[index.row()]
        marked = self._marked(number, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()] if index.column() < len(texts) else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, number, marked=marked)
        if role == Qt.ItemDataRole.BackgroundRole and marked:
            return QColor(colors().match)
        if role == Qt.ItemDataRole.FontRole and (marked or number == self.grid.header):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _marked(self, number: int, column: int) -> bool:
        return self.marked is not None and self.marked.holds(self.grid.first_column + column, number)

    def _spoken(self, index: Index, number: int, *, marked: bool) -> str:
        name = f"{column_letters(self.grid.first_column + index.column())}{number}"
        text = f"{name}: {self.data(index)}"
        return self.tr("{text} (marked)").format(text=text) if marked else text
