"""A chart of the core, drawn by Qt's SVG renderer in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.report.charts import DARK, LIGHT, Drawing, Palette
from desktop.theme import colors


class ChartView(QWidget):
    """Shows a drawing at its own shape, as wide as there is room; it is drawn anew when the theme changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw: Callable[[Palette], Drawing] | None = None
        self._drawn: tuple[bool, Drawing, QSvgRenderer] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_chart(self, draw: Callable[[Palette], Drawing]) -> None:
        """Show what ``draw`` makes of a palette."""
        self._draw, self._drawn = draw, None
        drawing = self._now()[0]
        self.setAccessibleName(drawing.title)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The drawing's own size, made smaller to the width that there is."""
        if self._draw is None:
            return QSize(0, 0)
        drawing, _ = self._now()
        scale = min(1.0, self.width() / drawing.width) if self.isVisible() else 1.0
        return QSize(round(drawing.width * scale), round(drawing.height * scale))

    def minimumSizeHint(self) -> QSize:
        """Charts may be made smaller, but not too small to be read."""
        hint = self.sizeHint()
        return QSize(hint.width() // 2, hint.height() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the drawing at the top left, keeping its shape."""
        if self._draw is None:
            return
        drawing, renderer = self._now()
        scale = min(self.width() / drawing.width, self.height() / drawing.height, 1.25)
        renderer.render(QPainter(self), QRectF(0, 0, drawing.width * scale, drawing.height * scale))

    def _now(self) -> tuple[Drawing, QSvgRenderer]:
        """The drawing in the colours of now."""
        assert self._draw is not None
        dark = colors().dark
        if self._drawn is None or self._drawn[0] is not dark:
            drawing = self._draw(DARK if dark else LIGHT)
            self._drawn = dark, drawing, QSvgRenderer(QByteArray(drawing.to_svg().encode("utf-8")))
        return self._drawn[1:]
