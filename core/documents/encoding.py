"""Bytes into characters without guessing blindly: what cannot be decided is said, not shown as mojibake."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import charset_normalizer

from core.documents.content import broken
from core.documents.fold import fold
from core.types import Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_SURE = 0.8
_MOST_DAMAGED = 0.002
_FEW, _LEAST_COMMON = 100, 0.03
_COMMONEST = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过民前面说产方"
    "后多定行学法所得经现家电理本月日元市县区省公司合规第条部员及其或应当须由与者将此等按照单位"
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_ODD_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and a reason where a few characters of it could not be read."""

    text: str
    reason: Reason | None = None


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises Unreadable when it is no text, or its encoding cannot be told."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return (name == "utf-8-sig" and _nearly_utf8(data)) or Decoded(_strictly(data, name))
    if b"\x00" in data:
        return Decoded(_unmarked_utf16(data))
    try:
        return Decoded(_no_binary(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _nearly_utf8(data) or Decoded(_no_binary(_legacy(data)))


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few damaged places, as of a file cut inside a character; None for anything else."""
    text = data.decode("utf-8-sig", "replace")
    damaged = text.count("\ufffd")
    beyond_ascii = sum(character >= "\x80" for character in text) - damaged
    if not damaged or damaged > len(text) * _MOST_DAMAGED or beyond_ascii < damaged * 10:
        return None
    return Decoded(_no_binary(text), Reason("file_bad_characters", {"count": damaged}))


def decode_html(data: bytes) -> Decoded:
    """Like ``decode``, believing what a page says of itself where that holds."""
    declared = _META.search(data[:4096])
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        name = declared[1].decode("ascii", "ignore").lower()
        try:
            return Decoded(_no_binary(data.decode(_CHINESE_NAMES.get(name, name))))
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration is common; the bytes decide
    return decode(data)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise broken("file_encoding_damaged", encoding=name.removesuffix("-sig").upper()) from error


def _unmarked_utf16(data: bytes) -> str:
    """Text with zero bytes is UTF-16 without a mark, or no text at all."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _looks_like_text(text):
            return text
    raise broken("file_binary")


def _looks_like_text(text: str) -> bool:
    """Whether nearly everything is letters, digits, punctuation and spaces of a few scripts."""
    sample = text[:_SAMPLE]
    common = sum(_common(character) for character in sample)
    return bool(sample) and common / len(sample) > 0.97


def _common(character: str) -> bool:
    code = ord(character)
    plain = 0x20 <= code < 0x250 or 0x4E00 <= code < 0xA000 or 0x2000 <= code < 0x2100
    return plain or character in "\n\r\t" or 0x3000 <= code < 0x3040 or 0xFF00 <= code < 0xFFF0


def _no_binary(text: str) -> str:
    controls = len(_ODD_CONTROLS.findall(text))
    if controls > 8 and controls > len(text) / 500:
        raise broken("file_binary")
    return text


def _legacy(data: bytes) -> str:
    """GB18030, Big5 or a Western code page, whichever reads as text; else what is sure beyond them."""
    scores = {name: _commonness(data, name) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _SURE:
        return data.decode(best)
    if _western(data):
        return data.decode("cp1252")
    guess = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if guess is None or guess.chaos > 0.1 or guess.coherence < 0.3:
        raise broken("file_encoding_unknown")
    return _strictly(data, guess.encoding)


def _commonness(data: bytes, name: str) -> float:
    """The share of letters that are everyday Chinese characters, Simplified or Traditional.

    Text read in the wrong encoding lands all over the tables; real text hardly leaves the 3,755 characters of
    GB 2312's first level. Korean read as Chinese does stay there, but never meets the commonest ones.
    """
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    letters = [c for c in fold(text[:_SAMPLE]) if ord(c) >= 0x80 and unicodedata.category(c)[0] in "LC"]
    if not letters:
        return 0.0
    if len(letters) > _FEW and sum(c in _COMMONEST for c in letters) < len(letters) * _LEAST_COMMON:
        return 0.0
    return sum(b"\xb0\xa1" <= c.encode("gb18030") <= b"\xd7\xf9" for c in letters) / len(letters)


def _western(data: bytes) -> bool:
    """Whether single bytes above ASCII stand between ASCII letters, as accents and dashes do."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    runs = re.findall(rb"[\x80-\xff]+", data[:_SAMPLE])
    single = sum(len(run) == 1 for run in runs)
    return single / len(runs) > 0.8 and sum(map(len, runs)) < len(data[:_SAMPLE]) * 0.25
