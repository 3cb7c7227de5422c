"""Small building blocks with one look: labels of the type scale, buttons, cards, rules."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import icons
from desktop.theme import colors, space

L = TypeVar("L", bound=QBoxLayout)


def label(text: str = "", kind: str = "body", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label that shows its text as it is: never as rich text, whatever a document holds."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def button(icon: str | None = None, look: str = "normal") -> QPushButton:
    """A push button; its words are set by the view's ``retranslate``. ``look``: normal, primary, plain."""
    made = QPushButton()
    made.setProperty("look", look)
    made.setAutoDefault(True)  # Enter presses the button that has the focus, also outside dialogs
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if look == "primary" else "text"))
        made.setIconSize(QSize(space(4), space(4)))
    return made


class Choice(QComboBox):
    """A combo box with our arrow, which scrolling the page over it does not change."""

    def set_words(self, words: Sequence[str], index: int | None = None) -> None:
        """Offer these choices without telling anyone; the chosen place stays, or becomes ``index``."""
        chosen = max(0, self.currentIndex()) if index is None else index
        self.blockSignals(True)
        self.clear()
        self.addItems(words)
        self.setCurrentIndex(chosen)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over what the style sheet draws."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = space(4)
        spot = QRectF(self.width() - side - space(2), (self.height() - side) / 2, side, side)
        icons.paint(painter, "next", colors().muted, spot)


class Whole(QSpinBox):
    """A whole number that scrolling the page does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Tick(QCheckBox):
    """A check box with our mark: the style sheet makes the box, mark and focus are drawn over it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark and the focus."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        spot = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        if self.isChecked():
            icons.paint(painter, "done", colors().on_accent, QRectF(spot))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors().text), 2))
            painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 3, 3)


def tool_button(icon: str) -> QToolButton:
    """A button with an icon only; give it an accessible name and a tool tip."""
    made = QToolButton()
    made.setProperty("look", "plain")
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(space(4.5), space(4.5)))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def name(widget: QWidget, text: str) -> None:
    """Say what an icon-only widget does, to the eye (tool tip) and to a screen reader."""
    widget.setToolTip(text)
    widget.setAccessibleName(text)


def captioned(words: str, field: QWidget, *, gap: float = 2) -> QVBoxLayout:
    """A field below its caption, which also names it to a screen reader."""
    caption = label(words, "strong", wrap=True)
    caption.setBuddy(field)
    field.setAccessibleName(words)
    layout = column(gap=gap)
    layout.addWidget(caption)
    layout.addWidget(field)
    return layout


def card() -> QFrame:
    """A surface that holds one thing."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


def notice() -> QFrame:
    """A tinted surface for a remark."""
    frame = QFrame()
    frame.setObjectName("notice")
    return frame


def tip(text: str) -> str:
    """A text for a tool tip, which would else take what looks like markup for markup."""
    return f"<p>{html.escape(text)}</p>"


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def column(parent: QWidget | None = None, *, margin: float = 0, gap: float = 2) -> QVBoxLayout:
    """A vertical layout on the spacing scale."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(layout, margin, gap)


def row(parent: QWidget | None = None, *, margin: float = 0, gap: float = 2) -> QHBoxLayout:
    """A horizontal layout on the spacing scale."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(layout, margin, gap)


def _spaced(layout: L, margin: float, gap: float) -> L:
    edge = space(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    layout.setSpacing(space(gap))
    return layout


def repolish(widget: QWidget) -> None:
    """Apply the style sheet again after a property that it reads has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
