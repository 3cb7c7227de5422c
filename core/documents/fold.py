"""One spelling for search and comparison, character by character, so that offsets keep their meaning.

Traditional characters become Simplified, full-width letters, digits and signs half-width, the radicals and
compatibility forms that PDF files use in place of characters the characters themselves, odd spaces plain
ones, and letters lower-case. Chinese punctuation stays as it is, and so does whatever would change length.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_HAN = ((0x2E80, 0x2FE0), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
_END = 0x323B0
_CHINESE_PUNCTUATION = frozenset("！（），：；？")
_SIGNS = dict(zip("￠￡￢￥￦", "¢£¬¥₩", strict=True))
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def fold(text: str) -> str:
    """Return ``text`` in one spelling; ``len(fold(text)) == len(text)`` and folding twice changes nothing."""
    return text.lower() if text.isascii() else text.translate(_table())


def simplified(text: str) -> str:
    """``text`` with Simplified characters for Traditional ones, of equal length and else as it was."""
    return text if text.isascii() else text.translate(_script())


@cache
def _script() -> list[str]:
    table = [chr(code) for code in range(_END)]
    for code, character in _simplified().items():
        table[ord(code)] = character
    return table


@cache
def _table() -> list[str]:
    """Code point -> character. A list, because ``str.translate`` raises inside for each miss of a dict."""
    table = [_plain(chr(code)) for code in range(_END)]
    simplified = _simplified()
    for code, character in enumerate(table):
        table[code] = simplified.get(character, character)
    return table


def _plain(character: str) -> str:
    """The half-width, lower-case form of one character."""
    code = ord(character)
    if character in _CHINESE_PUNCTUATION:
        return character
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0).lower()
    if character in _SPACES:
        return " "
    if character in _SIGNS:
        return _SIGNS[character]
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2F800 <= code < 0x2FA20:
        return _if_one(unicodedata.normalize("NFKC", character), character)
    return _if_one(character.lower(), character)


def _if_one(changed: str, character: str) -> str:
    return changed if len(changed) == 1 else character


@cache
def _simplified() -> dict[str, str]:
    """Traditional character -> Simplified, for every ideograph; one that maps twice goes to its end."""
    characters = [chr(code) for first, after in _HAN for code in range(first, after)]
    # One call for all of them; the line breaks keep OpenCC from reading neighbours as a phrase.
    import opencc  # noqa: PLC0415 - wanted with the first Chinese text only

    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    simplified = {before: after for before, after in pairs if before != after and len(after) == 1}
    return {before: simplified.get(after, after) for before, after in simplified.items()}
