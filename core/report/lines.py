"""Breaking text into lines: Latin words kept whole, Chinese broken where a Chinese typesetter would."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.report.text import visible

INK = "#1d2329"
_NO_START = frozenset("，。、；：！？）》」』】〉〕％%…‥’”.,;:!?)]}»›·—～")
_NO_END = frozenset("（《「『【〈〔“‘([{«‹$€£¥￥")
_MISSING = "□"
# The font's quotation marks and middle dot are as wide as a Chinese character. Between Latin letters they are
# set narrow: (advance, how far to the left it is drawn), in thousandths of an em, under a private character.
_NARROW = {"“": (420, 590), "”": (420, 0), "‘": (240, 770), "’": (240, 0), "·": (340, 330)}
_PRIVATE = {char: chr(0xE000 + at) for at, char in enumerate(_NARROW)}
_PUBLIC = {private: char for char, private in _PRIVATE.items()}
_ADVANCES = {private: float(_NARROW[char][0]) for private, char in _PUBLIC.items()}
_ANY_PRIVATE = re.compile(f"([{''.join(_PUBLIC)}])")


class Mark(StrEnum):
    """A line under words."""

    SOLID = "solid"
    DOUBLE = "double"
    WAVY = "wavy"
    DASHED = "dashed"
    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style. ``raised`` is for numbers of notes."""

    text: str
    size: float = 10.0
    color: str = INK
    bold: bool = False
    raised: bool = False
    mark: Mark | None = None
    mark_color: str = INK


@dataclass(frozen=True, slots=True)
class Atom:
    """What is not broken: a word, a Chinese character with the marks that cling to it, a space."""

    text: str
    width: float
    span: Span


@dataclass(frozen=True, slots=True)
class Breaker:
    """Breaks text for a font. ``widths`` are its advances per code point, in thousandths of an em; what is
    not among them is shown as a box.
    """

    widths: Mapping[int, float]

    def lines(self, spans: Iterable[Span], room: float) -> Iterator[list[Atom]]:
        """Break at spaces and between Chinese characters; a word that is too long is cut."""
        line: list[Atom] = []
        used = 0.0
        for atom in self._atoms(spans, room):
            if atom.text == "\n":
                yield line
                line, used = [], 0.0
            elif atom.text.isspace() and not line:
                continue
            elif used + atom.width <= room or ((atom.text.isspace() or atom.span.raised) and line):
                line.append(atom)
                used += atom.width
            else:
                yield line
                line, used = [atom], atom.width
        if line:
            yield line

    def _atoms(self, spans: Iterable[Span], room: float) -> Iterator[Atom]:
        for span in spans:
            for piece in _pieces(self._shown(span.text)):
                width = self.width(piece, span.size)
                if width <= room or piece == "\n":
                    yield Atom(piece, width, span)
                else:
                    yield from self._cut(piece, span, room)

    def _cut(self, piece: str, span: Span, room: float) -> Iterator[Atom]:
        start, used = 0, 0.0
        for at, char in enumerate(piece):
            width = self.width(char, span.size)
            if used + width > room and at > start:
                yield Atom(piece[start:at], used, span)
                start, used = at, 0.0
            used += width
        yield Atom(piece[start:], used, span)

    def _shown(self, text: str) -> str:
        """Text that the font can show: hidden marks spelled out, missing characters as boxes."""
        text = unicodedata.normalize("NFC", visible(text)).replace("\t", "    ")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        widths = self.widths
        known = "".join(
            char if ord(char) in widths or char == "\n" else " " if char.isspace() else _MISSING
            for char in text
        )
        if not any(char in known for char in _NARROW):
            return known
        return "".join(_narrowed(known, at) for at in range(len(known)))

    def placed(self, text: str, size: float) -> Iterator[tuple[str, float]]:
        """The parts of a text from ``lines`` as they are painted, each with how far from its start; narrow
        signs stand alone, moved to where their ink belongs.
        """
        x = 0.0
        for part in filter(None, _ANY_PRIVATE.split(text)):
            char = _PUBLIC.get(part, part)
            yield char, x - (_NARROW[char][1] * size / 1000 if part in _PUBLIC else 0.0)
            x += self.width(part, size)

    def width(self, text: str, size: float) -> float:
        """The length of a text from ``lines`` in this size."""
        widths = self.widths
        return sum(_ADVANCES.get(char) or widths.get(ord(char), 0.0) for char in text) * size / 1000


def _narrowed(text: str, at: int) -> str:
    """The character there, its narrow form where no Chinese one stands beside it."""
    char = text[at]
    if char not in _NARROW or any(map(_is_wide, text[max(0, at - 1) : at] + text[at + 1 : at + 2])):
        return char
    return _PRIVATE[char]


def _pieces(text: str) -> Iterator[str]:
    """Words, spaces, new lines, and Chinese characters with the punctuation that may not part from them."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _may_break(text[at - 1], text[at]):
            if at > start:
                yield text[start:at]
            start = at


def _may_break(before: str, after: str) -> bool:
    if before == "\n" or after == "\n":
        return True
    if before.isspace() != after.isspace():
        return True
    before, after = _PUBLIC.get(before, before), _PUBLIC.get(after, after)
    if after in _NO_START or before in _NO_END:
        return False
    return _is_wide(before) or _is_wide(after) or before in "-/_"


def _is_wide(char: str) -> bool:
    return char >= "\u2e80" and unicodedata.east_asian_width(char) in "WF"
