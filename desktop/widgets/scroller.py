"""A page that is scrolled, by keys too."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class Scroller(QScrollArea):
    """Tab stops at it, so that the arrow keys scroll what holds nothing to press; it says so itself."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scroller")
        self.setWidgetResizable(True)
        self.setWidget(page)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Page that the arrow keys scroll"))
