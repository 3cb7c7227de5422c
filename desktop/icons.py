"""Icons from ``resources/icons``, drawn in the colours of the theme at the moment they are painted."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.settings import RESOURCES
from desktop.colors import disabled
from desktop.theme import colors


@cache
def _source(name: str) -> bytes:
    return (RESOURCES / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """An icon as it was drawn before: a table paints the same few over and over."""
    return pixmap(name, color, size, ratio)


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", color.encode())))


def paint(painter: QPainter, name: str, color: str, rect: QRectF) -> None:
    """Draw an icon in one colour."""
    _renderer(name, color).render(painter, rect)


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of ``size`` logical pixels."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, color, QRectF(0, 0, size, size))
    painter.end()
    return picture


class _Engine(QIconEngine):
    """Draws one icon in the colours of the theme as it is now, so that a switch needs no new icons."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        of = colors()
        color = disabled(of) if mode is QIcon.Mode.Disabled else getattr(of, self._tone)
        size, ratio = min(rect.width(), rect.height()), painter.device().devicePixelRatio()
        spot = QRect(0, 0, size, size)
        spot.moveCenter(rect.center())
        painter.drawPixmap(spot, _drawn(self._name, color, size, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # Qt's own signature
        self,
        size: QSize,
        mode: QIcon.Mode,
        state: QIcon.State,
        scale: float,
    ) -> QPixmap:
        picture = QPixmap(size * scale)  # the size is in logical pixels, the picture in the screen's own
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


def icon(name: str, tone: str = "text") -> QIcon:
    """A themed icon for buttons and tables; ``tone`` names a colour of the theme."""
    return QIcon(_Engine(name, tone))


def logo() -> QIcon:
    """The application's own icon."""
    return QIcon(str(RESOURCES / "icons" / "touchstone.svg"))
