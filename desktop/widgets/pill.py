"""A pill: an icon and a word in one tone. The risk badge, verdict counts and states are pills."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.types import Decision, Level, Verdict
from desktop import icons
from desktop.colors import blend
from desktop.text import decision_word, level_word, verdict_word
from desktop.theme import Kind, colors, font, space


class Pill(QWidget):
    """Icon and word on a tint of their colour; ``strong`` is larger, for the one badge that matters."""

    def __init__(self, *, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._strong = strong
        self._icon = "no_claim"
        self._text = ""
        self._tone = "muted"

    @property
    def text(self) -> str:
        """The word that is shown."""
        return self._text

    def set(self, icon: str, text: str, tone: str) -> None:
        """Show an icon and a word; ``tone`` names a colour of the theme."""
        self._icon, self._text, self._tone = icon, text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the icon, the word and the rounding."""
        metrics = QFontMetrics(self._font())
        height = metrics.height() + space(2 if self._strong else 1)
        return QSize(
            self._edge() * 2 + self._side() + space(1.5) + metrics.horizontalAdvance(self._text), height
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the tint, the icon and the word."""
        of = colors()
        color = getattr(of, self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(blend(color, of.surface, 0.35)), 1))
        painter.setBrush(QColor(blend(color, of.surface, 0.1)))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        side = self._side()
        icons.paint(painter, self._icon, color, QRectF(self._edge(), (self.height() - side) / 2, side, side))
        painter.setFont(self._font())
        painter.setPen(QColor(color))
        left = self._edge() + side + space(1.5)
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text
        )

    def _font(self) -> QFont:
        return font(Kind.STRONG if self._strong else Kind.CAPTION)

    def _side(self) -> int:
        return space(4.5 if self._strong else 3.5)

    def _edge(self) -> int:
        return space(3 if self._strong else 2)


def risk_pill(level: Level, pill: Pill) -> None:
    """Show a risk level: shield, triangle or octagon, with its word."""
    tone = {Level.LOW: "supported", Level.MEDIUM: "not_found", Level.HIGH: "contradicted"}[level]
    pill.set(level.value, level_word(level), tone)


def verdict_tone(verdict: Verdict) -> str:
    """The name of a verdict's colour in the theme."""
    return {
        Verdict.SUPPORTED: "supported",
        Verdict.CONTRADICTED: "contradicted",
        Verdict.CONFLICTING: "conflicting",
        Verdict.NOT_FOUND: "not_found",
        Verdict.COULD_NOT_CHECK: "unchecked",
        Verdict.NO_CLAIM: "muted",
    }[verdict]


def verdict_pill(verdict: Verdict, pill: Pill) -> None:
    """Show a verdict."""
    pill.set(verdict.value, verdict_word(verdict), verdict_tone(verdict))


def decision_pill(decision: Decision, pill: Pill) -> None:
    """Show what the gate says."""
    icon = {
        Decision.USABLE: "done",
        Decision.HELD: "held",
        Decision.RELEASED: "release",
        Decision.REJECTED: "reject",
    }
    tone = {
        Decision.USABLE: "supported",
        Decision.HELD: "not_found",
        Decision.RELEASED: "accent",
        Decision.REJECTED: "contradicted",
    }
    pill.set(icon[decision], decision_word(decision), tone[decision])
