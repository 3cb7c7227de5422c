"""Text from documents, models and people, made safe to look at: nothing in it may hide or reorder words."""

from __future__ import annotations

import unicodedata

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens, joiners: they change nothing that is read
_HIDING = ("Cc", "Cf", "Cs")


def visible(text: str) -> str:
    """The text with control characters and marks that turn the reading direction spelled out.

    ``resources/report/verify.py`` does the same to compare a page with the data.
    """
    if text.isprintable():  # the common case, told quickly: printable text holds none of them
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in UNSEEN:
        return ""
    hides = unicodedata.category(char) in _HIDING and not char.isspace()
    return f"[U+{ord(char):04X}]" if hides else char
