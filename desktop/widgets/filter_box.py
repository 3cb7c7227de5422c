"""A line to filter a list by, with a button that clears it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget


class FilterBox(QLineEdit):
    """Its clear button has a name, which Qt leaves out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words that are its own."""
        self.setAccessibleName(self.tr("Filter"))
        for clear in self.findChildren(QToolButton):
            clear.setAccessibleName(self.tr("Clear the filter"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
