"""A row of widgets that breaks where the width ends, as words in a paragraph do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import space


class Flow(QWidget):
    """Places its widgets itself, at their own sizes; hidden ones take no room.

    It is a widget and not a QLayout: a layout in Python shares its items with Qt, which deletes them.
    """

    def __init__(self, gap: float = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, *parts: QWidget) -> None:
        """Take widgets at the end."""
        for part in parts:
            part.setParent(self)
            self._parts.append(part)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as it must be at the present width."""
        return QSize(self.minimumSizeHint().width(), self._arrange(max(1, self.width()), move=False))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of its widgets."""
        sizes = [part.sizeHint() for part in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the widgets anew."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """A widget was shown, hidden or has other words."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        """Place the widgets and be as high as they need: not every layout asks for a height by width."""
        high = self._arrange(self.width(), move=True)
        if high != self.height():
            self.setFixedHeight(high)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _arrange(self, width: int, *, move: bool) -> int:
        gap = space(self._gap)
        x = y = high = 0
        for part in self._shown():
            size = part.sizeHint()
            if x and x + size.width() > width:
                x, y, high = 0, y + high + gap, 0
            if move:
                part.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            high = max(high, size.height())
        return y + high
