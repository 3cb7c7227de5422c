"""Shows a chart of the core, drawn anew in the theme's colours."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.report.charts import DARK, LIGHT, Drawing, Palette
from core.report.drawing import FONT
from desktop.theme import colors

Draw = Callable[[Palette], Drawing]


class Chart(QWidget):
    """A drawing at its own proportions, as wide as there is room: no wider than it was drawn, nor than
    ``widest`` pixels.
    """

    def __init__(self, widest: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._draw: Draw | None = None
        self._words = ""
        self._drawing: Drawing | None = None
        self._renderer = QSvgRenderer(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, draw: Draw, words: str = "") -> None:
        """Show what a function draws in a palette; it is called again when the theme changes.

        ``words`` says in a sentence what the chart shows, for those who cannot see it; by default its title.
        """
        self._draw, self._words = draw, words
        self._load()

    def sizeHint(self) -> QSize:
        """The drawing's own size, scaled to the width that is allowed."""
        return self._size(math.inf)

    def minimumSizeHint(self) -> QSize:
        """A chart may be made smaller, but not too small to be read."""
        return self.sizeHint() / 2

    def heightForWidth(self, width: int) -> int:
        """The height that keeps the proportions."""
        return self._size(width).height()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it at the top left."""
        size = self._size(self.width())
        self._renderer.render(QPainter(self), QRectF(0, 0, size.width(), size.height()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and its font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._load()

    def _size(self, room: float) -> QSize:
        """The size on the screen, where there is room for so many pixels of width."""
        if self._drawing is None:
            return QSize(0, 0)
        widest = math.inf if self._widest is None else self._widest
        scale = min(1.0, room / self._drawing.width, widest / self._drawing.width)
        return QSize(round(self._drawing.width * scale), round(self._drawing.height * scale))

    def _load(self) -> None:
        if self._draw is None:
            return
        self._drawing = self._draw(DARK if colors().dark else LIGHT)
        # QtSvg takes a list of families for one name that it does not find, and then any font.
        svg = self._drawing.to_svg().replace(FONT, self.font().family())
        self._renderer.load(QByteArray(svg.encode()))
        self.setAccessibleName(self._words or self._drawing.title)
        self.updateGeometry()
        self.update()
