"""Words whose ligature the font does not explain: the glyph for "fi" in "first" has a width but no letters.

Some printing programs leave the table from glyphs to letters incomplete for just these five. English tells
which one stands there: by the glyph's width, and by the letters around it.
"""

from __future__ import annotations

import re

NARROW, WIDE = "\ue000", "\ue001"
_WIDE_FROM = 0.8  # times the height of the line
_WORD = re.compile(f"([A-Za-z]*)([{NARROW}{WIDE}])([A-Za-z]*)")
_DOUBLE = re.compile(r"(?:\b|in|un|dis)[ae]$|\b(?:o|su|di|bu|co|sta|stu|tari|cli|pu|dro)$", re.IGNORECASE)
_FI_BEFORE_E = re.compile(r"e(?:ld|rce|nd|d\b|s\b|rs?\b)")


def stand_in(width: float, height: float) -> str:
    """The sign kept in place of a glyph without letters until its word is whole."""
    return WIDE if width > _WIDE_FROM * height else NARROW


def mend(text: str) -> str:
    """The text with its ligatures spelt out; a glyph that stands in no word is dropped."""
    if NARROW not in text and WIDE not in text:
        return text
    while _WORD.search(text):
        text = _WORD.sub(lambda m: m[1] + _letters(m[1], m[2] == WIDE, m[3]) + m[3], text, count=1)
    return text


def _letters(before: str, wide: bool, after: str) -> str:
    following = after[:1].lower()
    if not before and not after:
        return ""
    if wide:
        return "ffl" if following in ("e", "u") else "ffi"
    if before and after in ("", "s"):  # staff, tariffs, write-off
        return "ff"
    if before.lower() == "o" or (following in tuple("aeio") and _DOUBLE.search(before)):
        return "ff"
    if following == "e":
        return "fi" if _FI_BEFORE_E.match(after) else "fl"
    return "fl" if following in tuple("aiouy") else "fi"
