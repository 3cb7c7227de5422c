"""A sheet with the cells of a quote marked, opened at them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.documents.grid import cells_of, grid_of
from core.types import Page
from desktop.models.sheet import SheetModel
from desktop.theme import space

_LOOKED_AT = 60  # rows that decide how wide a column is
_WIDEST = 60  # steps of the spacing scale


class SheetView(QTableView):
    """Shows one page of a sheet; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.sheet = SheetModel(self)
        self.setModel(self.sheet)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(space(7))
        self.horizontalHeader().setResizeContentsPrecision(_LOOKED_AT)
        self.horizontalHeader().setMaximumSectionSize(space(_WIDEST))
        self.setMinimumHeight(space(40))
        self.retranslate()

    def show_sheet(self, page: Page, cells: str | None = None) -> None:
        """Show a sheet; ``cells`` ("B4:C6") are marked and brought into view."""
        self.sheet.set_grid(grid_of(page), cells_of(cells) if cells else None)
        self.resizeColumnsToContents()
        first = self.sheet.first_marked()
        if first.isValid():
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.scrollToTop()

    def retranslate(self) -> None:
        """Name the table for a screen reader."""
        self.setAccessibleName(self.tr("The sheet as it was read; the quoted cells are marked"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        """Room for the rows around the quote."""
        return QSize(space(80), space(56))
