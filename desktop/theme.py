"""Colours, the type scale and the spacing scale: one calm look in light and dark.

Widgets take their colours from the palette, or from ``colors(palette)`` for what Qt has no role for.
Every text colour stands at 4.5:1 or more on the surfaces it is used on, and nothing is said by colour
alone: verdicts and levels also have a word, an icon and an underline style.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.settings import Theme
from core.types import Level, Verdict
from desktop.stylesheet import stylesheet


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme, as ``#rrggbb``."""

    dark: bool
    window: str
    surface: str
    rail: str
    raised: str
    border: str
    strong_border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_tint: str
    supported: str
    contradicted: str
    conflicting: str
    not_found: str
    unchecked: str
    match: str


LIGHT = Colors(
    dark=False,
    window="#f5f6f7",
    surface="#ffffff",
    rail="#ebedf0",
    raised="#f0f2f4",
    border="#dde1e6",
    strong_border="#8a95a1",
    text="#1a2027",
    muted="#53606d",
    accent="#235a8c",
    on_accent="#ffffff",
    accent_tint="#e3edf6",
    supported="#00665a",
    contradicted="#b3190f",
    conflicting="#74389a",
    not_found="#8a4b00",
    unchecked="#4f5b67",
    match="#ffe9a8",
)

DARK = Colors(
    dark=True,
    window="#15181c",
    surface="#1d2126",
    rail="#101317",
    raised="#262b31",
    border="#333a42",
    strong_border="#727e8b",
    text="#e7eaed",
    muted="#a3aeb9",
    accent="#86b8e6",
    on_accent="#0d1a26",
    accent_tint="#223344",
    supported="#5ccdb9",
    contradicted="#ff8f80",
    conflicting="#d0a6f2",
    not_found="#f0b060",
    unchecked="#b0bac5",
    match="#5a4a12",
)

_FAMILIES = {
    # The first that is installed; Chinese glyphs come from the later ones where the first has none.
    "latin": ("Segoe UI", "SF Pro Text", "Inter", "Noto Sans", "Noto Sans CJK SC", "Source Sans 3", "Cantarell"),
    "chinese": ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"),
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


def verdict_color(verdict: Verdict, of: Colors) -> str:
    """The text colour of a verdict."""
    return {
        Verdict.SUPPORTED: of.supported,
        Verdict.CONTRADICTED: of.contradicted,
        Verdict.CONFLICTING: of.conflicting,
        Verdict.NOT_FOUND: of.not_found,
        Verdict.COULD_NOT_CHECK: of.unchecked,
        Verdict.NO_CLAIM: of.muted,
    }[verdict]


def level_color(level: Level, of: Colors) -> str:
    """The text colour of a risk level."""
    return {Level.LOW: of.supported, Level.MEDIUM: of.not_found, Level.HIGH: of.contradicted}[level]


def blend(front: str, back: str, share: float) -> str:
    """``share`` of the front colour over the back colour."""
    a, b = QColor(front), QColor(back)
    mixed = (
        round(share * x + (1 - share) * y)
        for x, y in zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    )
    return QColor(*mixed).name()


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2, 1..21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    color = QColor(name)
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(blend(of.muted, of.surface, 0.75)))
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
    return max(3, round(QFontMetrics(QApplication.font()).height() / 4.6))


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


def apply(app: QApplication, theme: Theme, scale: float, *, chinese: bool) -> None:
    """Put a theme on the application; ``Theme.AUTO`` follows the system."""
    dark = theme is Theme.DARK or (theme is Theme.AUTO and _system_is_dark())
    of = DARK if dark else LIGHT
    app.setFont(base_font(scale, chinese=chinese))
    app.setPalette(palette_of(of))
    app.setStyleSheet(stylesheet(of, {kind.value: size for kind, size in SCALE.items()}, app.font(), unit()))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
