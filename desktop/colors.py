"""The colours of the two themes, and arithmetic on them.

Every text colour stands at 4.5:1 or more on the surfaces it is used on; the tones of the verdicts stay
apart for colour-blind readers, and each also has an icon, a word and an underline style.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from core.types import Level, Verdict


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


def disabled(of: Colors) -> str:
    """The colour of what cannot be used now."""
    return blend(of.muted, of.surface, 0.75)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2, 1..21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(name: str) -> float:
    color = QColor(name)
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
