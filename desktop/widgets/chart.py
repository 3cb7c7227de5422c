"""Shows a chart of the core, drawn anew in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.report.charts import DARK, LIGHT, Drawing, Palette
from desktop.theme import colors

Draw = Callable[[Palette], Drawing]


class Chart(QWidget):
    """A drawing at its own proportions, as wide as there is room up to ``widest`` pixels.

    ``words`` says in a sentence what the chart shows, for those who cannot see it.
    """

    def __init__(self, widest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._draw: Draw | None = None
        self._drawing: Drawing | None = None
        self._renderer = QSvgRenderer(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chart(self, draw: Draw, words: str) -> None:
        """Show what a function draws in a palette; it is called again when the theme changes."""
        self._draw = draw
        self.setAccessibleName(words)
        self._load()

    def sizeHint(self) -> QSize:
        """The drawing's size, scaled to the width that is allowed."""
        if self._drawing is None:
            return QSize(0, 0)
        scale = min(1.0, self._widest / self._drawing.width)
        return QSize(round(self._drawing.width * scale), round(self._drawing.height * scale))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it at the left, no larger than there is room for."""
        if self._drawing is None:
            return
        size = self.sizeHint().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(0, 0, size.width(), size.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._load()

    def _load(self) -> None:
        if self._draw is None:
            return
        self._drawing = self._draw(DARK if colors().dark else LIGHT)
        self._renderer.load(QByteArray(self._drawing.to_svg().encode()))
        self.updateGeometry()
        self.update()
