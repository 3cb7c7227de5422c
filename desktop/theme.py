"""The palette, the type scale and the spacing scale: one calm look in light and dark.

Widgets take their colours from the palette, or from ``colors()`` for what Qt has no role for.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.settings import Theme
from desktop.colors import DARK, LIGHT, Colors, disabled
from desktop.stylesheet import stylesheet

_FAMILIES = {
    # The first that is installed; Chinese glyphs come from the later ones where the first has none.
    "latin": (
        "Segoe UI",
        "SF Pro Text",
        "Inter",
        "Noto Sans",
        "Noto Sans CJK SC",
        "Source Sans 3",
        "Cantarell",
    ),
    "chinese": (
        "Microsoft YaHei UI",
        "PingFang SC",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "WenQuanYi Micro Hei",
    ),
}


class Kind(StrEnum):
    """The type scale: what a text is, not how large it is. Labels carry it as the property ``kind``."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    ANSWER = "answer"
    TITLE = "title"
    DISPLAY = "display"


SCALE = {
    Kind.CAPTION: 0.88,
    Kind.BODY: 1.0,
    Kind.STRONG: 1.0,
    Kind.ANSWER: 1.12,
    Kind.TITLE: 1.22,
    Kind.DISPLAY: 1.7,
}


def colors(palette: QPalette | None = None) -> Colors:
    """The colours that go with a palette (the application's where none is given)."""
    palette = palette or QGuiApplication.palette()
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def palette_of(of: Colors) -> QPalette:
    """The Qt palette of a theme."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: of.window,
        QPalette.ColorRole.WindowText: of.text,
        QPalette.ColorRole.Base: of.surface,
        QPalette.ColorRole.AlternateBase: of.raised,
        QPalette.ColorRole.Text: of.text,
        QPalette.ColorRole.Button: of.surface,
        QPalette.ColorRole.ButtonText: of.text,
        QPalette.ColorRole.BrightText: of.contradicted,
        QPalette.ColorRole.ToolTipBase: of.raised,
        QPalette.ColorRole.ToolTipText: of.text,
        QPalette.ColorRole.PlaceholderText: of.muted,
        QPalette.ColorRole.Highlight: of.accent,
        QPalette.ColorRole.HighlightedText: of.on_accent,
        QPalette.ColorRole.Link: of.accent,
        QPalette.ColorRole.Accent: of.accent,
        QPalette.ColorRole.Light: of.surface,
        QPalette.ColorRole.Midlight: of.raised,
        QPalette.ColorRole.Mid: of.border,
        QPalette.ColorRole.Dark: of.strong_border,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled(of)))
    return palette


def base_font(scale: float, *, chinese: bool) -> QFont:
    """The body font: a family made for screens where one is installed, at the system's size times
    ``scale``, never under ten points at scale 1.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    installed = set(QFontDatabase.families())
    order = ("chinese", "latin") if chinese else ("latin", "chinese")
    families = [name for key in order for name in _FAMILIES[key] if name in installed]
    font = QFont(system)
    if families:
        font.setFamilies(list(dict.fromkeys([*families, *system.families()])))
    font.setPointSizeF(max(system.pointSizeF(), 10.0) * scale)
    return font


def unit() -> int:
    """The step of the spacing scale in pixels, from the size of the text: about 4 at ten points."""
    return max(3, round(QFontInfo(QApplication.font()).pixelSize() * 0.3))


def space(steps: float) -> int:
    """So many steps of the spacing scale in pixels; use 1, 2, 3, 4, 6 and 8."""
    return round(steps * unit())


def font(kind: Kind) -> QFont:
    """A font of the type scale, for what paints its own text."""
    scaled = QFont(QApplication.font())
    scaled.setPointSizeF(scaled.pointSizeF() * SCALE[kind])
    if kind in (Kind.STRONG, Kind.TITLE, Kind.DISPLAY):
        scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


def prepare(app: QApplication, theme: Theme, scale: float, *, chinese: bool) -> None:
    """A theme's text size and colours without its style sheet. Before a window is built this is enough, and
    quicker: under a style sheet every widget is polished anew whenever it is moved into another.
    """
    body = base_font(scale, chinese=chinese)
    if app.font() != body:
        app.setFont(body)
    app.setPalette(palette_of(_colors_of(theme)))


def apply(app: QApplication, theme: Theme, scale: float, *, chinese: bool) -> None:
    """Put a theme on the application; ``Theme.AUTO`` follows the system."""
    body = base_font(scale, chinese=chinese)
    if app.font() != body:
        app.setFont(body)
    sizes = {kind.value: size for kind, size in SCALE.items()}
    of = _colors_of(theme)
    sheet = stylesheet(of, sizes, app.font(), unit())
    if app.styleSheet() != sheet:  # every widget is polished anew, which takes a while: only when needed
        app.setPalette(palette_of(of))
        app.setStyleSheet(sheet)


def _colors_of(theme: Theme) -> Colors:
    dark = theme is Theme.DARK or (theme is Theme.AUTO and _system_is_dark())
    return DARK if dark else LIGHT


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
