"""An empty state that says what to do: an icon, a sentence, an explanation and room for buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import icons
from desktop.theme import colors, space
from desktop.widgets.basic import column, label


class Empty(QWidget):
    """Shown where there is nothing yet."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._mark = label()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = label(kind="title", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = label(kind="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.extra: QVBoxLayout = column(gap=2)
        layout = column(self, margin=6, gap=2)
        layout.addStretch(2)
        for part in (self._mark, self.title, self.words):
            layout.addWidget(part)
        layout.addSpacing(space(2))
        layout.addLayout(self.extra)
        layout.addStretch(3)
        self._draw()

    def say(self, title: str, words: str) -> None:
        """Set the sentence and the explanation."""
        self.title.setText(title)
        self.words.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self._mark.setPixmap(icons.pixmap(self._icon, colors().muted, space(12), self.devicePixelRatioF()))
