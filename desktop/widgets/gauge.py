"""The risk gauge: a bar with the estimated risk on it, in number and length."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.types import Level
from desktop.colors import level_color
from desktop.text import percent
from desktop.theme import Kind, colors, font, space


class RiskGauge(QWidget):
    """How likely it is that something in the answer is wrong, as the check estimates it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._risk, self._level = 0.0, Level.LOW
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The number that is shown."""
        return percent(self._risk)

    def show_risk(self, risk: float, level: Level) -> None:
        """Show a risk in the colour of its level."""
        self._risk, self._level = risk, level
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Say it to the eye (tool tip) and to a screen reader."""
        words = self.tr("Estimated risk: {risk}").format(risk=percent(self._risk))
        self.setAccessibleName(words)
        self.setToolTip(
            words
            + ". "
            + self.tr("How likely it is that at least one claim is not borne out by the documents.")
        )

    def sizeHint(self) -> QSize:
        """A short bar and its number."""
        return QSize(space(24) + space(2) + self._number_width(), QFontMetrics(font(Kind.STRONG)).height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Track, filled part, number."""
        of = colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick, middle = space(2), self.height() / 2
        track = QRectF(0, middle - thick / 2, self.width() - space(2) - self._number_width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(of.border))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        filled = QRectF(track)
        filled.setWidth(max(thick, track.width() * self._risk))
        painter.setBrush(QColor(level_color(self._level, of)))
        painter.drawRoundedRect(filled, thick / 2, thick / 2)
        painter.setFont(font(Kind.STRONG))
        painter.setPen(QColor(of.text))
        number = QRectF(track.right() + space(2), 0, self._number_width() + 1, self.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, percent(self._risk))

    def _number_width(self) -> int:
        return QFontMetrics(font(Kind.STRONG)).horizontalAdvance(percent(1.0))
