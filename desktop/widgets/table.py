"""A table with our look: whole rows, no grid, elided text, Enter opens."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from desktop.jobs import in_a_hurry
from desktop.models.tables import Role, Row, RowsModel, row_height
from desktop.theme import space
from desktop.widgets.basic import tip


class Table(QTableView, Generic[Row]):
    """Shows a model.

    Signals:
        picked: the core dataclass of the row that is selected, None when there is none
        opened: the core dataclass of the row that was double-clicked or entered
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(
        self, model: RowsModel[Row], stretch: int, widths: dict[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._steps = widths
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(space(4), space(4)))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.fit_columns()
        model.headerDataChanged.connect(self.fit_columns)
        self.selectionModel().selectionChanged.connect(self._selected)
        model.modelReset.connect(self._selected)
        self.doubleClicked.connect(self._open)

    @property
    def row(self) -> Row | None:
        """The core dataclass of the selected row."""
        indexes = self.selectionModel().selectedRows()
        found: Row | None = indexes[0].data(Role.ROW) if indexes else None
        return found

    @Slot()
    def fit_columns(self) -> None:
        """Each column as wide as planned, and never narrower than its title in the language of the window."""
        header = self.horizontalHeader()
        for column, steps in self._steps.items():
            header.resizeSection(column, max(space(steps), header.sectionSizeHint(column)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A worker does not hold it up."""
        with in_a_hurry():
            super().paintEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole text of a cell that is too narrow for it, under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(index.data()) if index.isValid() and self._is_cut(index) else ""
            QToolTip.showText(event.globalPos(), tip(text) if text else "", self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the selected row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row is not None:
            self.opened.emit(self.row)
            return
        super().keyPressEvent(event)

    def _is_cut(self, index: QModelIndex) -> bool:
        return self.sizeHintForIndex(index).width() > self.visualRect(index).width()

    @Slot()
    def _selected(self) -> None:
        self.picked.emit(self.row)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(Role.ROW))
