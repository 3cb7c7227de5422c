"""Setting text on A4 pages: Latin words kept whole, Chinese broken where a Chinese typesetter would.

Pages are drawings (``core.report.drawing``) whose lengths are points: the PDF writer paints shapes and
knows nothing of text. Marks under words differ by shape and not by colour alone, for black and white prints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.report.drawing import Drawing, Line, Polygon, Rect, Shape, Text
from core.report.text import visible

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
LEFT, TOP, BOTTOM = 56.7, 56.7, 62.4  # 20 mm, 20 mm, 22 mm
ROOM = WIDTH - 2 * LEFT
INK, GREY, RULE = "#1d2329", "#57606a", "#c9d1d9"
LEADING = 1.5
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
class _Atom:
    """What is not broken: a word, a Chinese character with the marks that cling to it, a space."""

    text: str
    width: float
    span: Span


@dataclass(slots=True)
class Pages:
    """Pages under construction. ``widths`` are the font's advances per code point, in thousandths of an em;
    what is not among them is shown as a box.
    """

    widths: Mapping[int, float]
    title: str = ""
    _done: list[list[Shape]] = field(default_factory=lambda: [[]])
    _y: float = TOP

    def paragraph(
        self, spans: Iterable[Span], *, indent: float = 0.0, gap: float = 4.0, bar: str | None = None
    ) -> None:
        """Set a paragraph and leave a gap after it; ``bar`` draws a line of this colour at its left."""
        for line in self._lines(spans, ROOM - indent):
            height = LEADING * max((atom.span.size for atom in line if not atom.span.raised), default=10.0)
            self._make_room(height)
            if bar is not None:
                x = LEFT + indent - 7
                self._put(Line(((x, self._y), (x, self._y + height)), bar, 1.5))
            self._set_line(line, LEFT + indent, self._y + 0.72 * height)
            self._y += height
        self._y += gap

    def rule(self, gap: float = 8.0) -> None:
        """A thin line across the page."""
        self._make_room(gap)
        self._put(Line(((LEFT, self._y), (LEFT + ROOM, self._y)), RULE, 0.7))
        self._y += gap

    def keep_together(self, height: float) -> None:
        """Begin a new page unless so many points are left: no heading stands alone at the end of one."""
        self._make_room(height)

    def drawing(self, drawing: Drawing, gap: float = 10.0) -> None:
        """Put a chart, made smaller where it is wider than the page."""
        scale = min(0.75, ROOM / drawing.width)  # drawings count in pixels, 96 to the inch
        self._make_room(drawing.height * scale)
        for shape in drawing.shapes:
            self._put(_moved(shape, LEFT, self._y, scale))
        self._y += drawing.height * scale + gap

    def table(self, rows: Sequence[tuple[str, str]], first: float = 130.0, size: float = 8.5) -> None:
        """Two columns: names and values, values wrapped."""
        for name, value in rows:
            lines = list(self._lines([Span(value, size)], ROOM - first))
            names = list(self._lines([Span(name, size, GREY)], first - 8))
            for at in range(max(len(lines), len(names))):
                self._make_room(LEADING * size)
                for column, x in ((names, LEFT), (lines, LEFT + first)):
                    if at < len(column):
                        self._set_line(column[at], x, self._y + 0.72 * LEADING * size)
                self._y += LEADING * size
            self._y += 2

    def finished(self, footer: Callable[[int, int], str]) -> tuple[Drawing, ...]:
        """The pages, each with a footer of its number and their count."""
        count = len(self._done)
        for number, shapes in enumerate(self._done, 1):
            y = HEIGHT - BOTTOM + 18
            shapes.append(Line(((LEFT, y - 10), (LEFT + ROOM, y - 10)), RULE, 0.5))
            for line in self._lines([Span(footer(number, count), 7.5, GREY)], ROOM):
                shapes.extend(self._line_shapes(line, LEFT, y))
                y += 11
        return tuple(Drawing(WIDTH, HEIGHT, self.title, tuple(shapes)) for shapes in self._done)

    def _put(self, shape: Shape) -> None:
        self._done[-1].append(shape)

    def _make_room(self, height: float) -> None:
        if self._y + height > HEIGHT - BOTTOM and self._done[-1]:
            self._done.append([])
            self._y = TOP

    def _set_line(self, line: Sequence[_Atom], x: float, baseline: float) -> None:
        self._done[-1].extend(self._line_shapes(line, x, baseline))

    def _line_shapes(self, line: Sequence[_Atom], x: float, baseline: float) -> Iterator[Shape]:
        """One text a run of equal style, and the marks under it."""
        at = 0
        while at < len(line):
            span, start, text = line[at].span, x, ""
            while at < len(line) and line[at].span is span:
                text += line[at].text
                x += line[at].width
                at += 1
            yield from self._texts(text, span, start, baseline)
            if span.mark is not None:
                yield from _mark(span.mark, start, x, baseline + 2.2, span.mark_color)

    def _texts(self, text: str, span: Span, x: float, baseline: float) -> Iterator[Text]:
        """The text at its place; narrow signs stand alone, moved to where their ink belongs."""
        y = baseline - (0.35 * span.size if span.raised else 0.0)
        for part in filter(None, _ANY_PRIVATE.split(text)):
            char = _PUBLIC.get(part, part)
            back = _NARROW[char][1] * span.size / 1000 if part in _PUBLIC else 0.0
            yield Text(x - back, y, char, span.size, span.color, bold=span.bold)
            x += self._width(part, span.size)

    def _lines(self, spans: Iterable[Span], room: float) -> Iterator[list[_Atom]]:
        """Break at spaces and between Chinese characters; a word that is too long is cut."""
        line: list[_Atom] = []
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

    def _atoms(self, spans: Iterable[Span], room: float) -> Iterator[_Atom]:
        for span in spans:
            for piece in _pieces(self._shown(span.text)):
                width = self._width(piece, span.size)
                if width <= room or piece == "\n":
                    yield _Atom(piece, width, span)
                else:
                    yield from self._cut(piece, span, room)

    def _cut(self, piece: str, span: Span, room: float) -> Iterator[_Atom]:
        start, used = 0, 0.0
        for at, char in enumerate(piece):
            width = self._width(char, span.size)
            if used + width > room and at > start:
                yield _Atom(piece[start:at], used, span)
                start, used = at, 0.0
            used += width
        yield _Atom(piece[start:], used, span)

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

    def _width(self, text: str, size: float) -> float:
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


def _mark(mark: Mark, start: float, end: float, y: float, color: str) -> Iterator[Line]:
    match mark:
        case Mark.SOLID:
            yield Line(((start, y), (end, y)), color, 0.9)
        case Mark.DOUBLE:
            yield Line(((start, y - 0.4), (end, y - 0.4)), color, 0.6)
            yield Line(((start, y + 1.2), (end, y + 1.2)), color, 0.6)
        case Mark.DASHED:
            yield Line(((start, y), (end, y)), color, 0.9, (4.0, 2.2))
        case Mark.DOTTED:
            yield Line(((start, y), (end, y)), color, 1.1, (1.1, 1.9))
        case Mark.WAVY:
            count = max(2, round((end - start) / 1.8))
            step = (end - start) / count
            points = tuple((start + step * at, y + (0.9 if at % 2 else -0.5)) for at in range(count + 1))
            yield Line(points, color, 0.8)


def _moved(shape: Shape, x: float, y: float, scale: float) -> Shape:
    """The shape at another place, made larger or smaller."""

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (x + point[0] * scale, y + point[1] * scale)

    match shape:
        case Rect():
            left, top = at((shape.x, shape.y))
            return Rect(left, top, shape.width * scale, shape.height * scale, shape.fill, shape.stroke)
        case Line():
            dash = tuple(length * scale for length in shape.dash)
            return Line(tuple(map(at, shape.points)), shape.color, shape.width * scale, dash)
        case Polygon():
            return Polygon(tuple(map(at, shape.points)), shape.fill, shape.stroke)
        case Text():
            left, top = at((shape.x, shape.y))
            return Text(
                left,
                top,
                shape.text,
                shape.size * scale,
                shape.color,
                shape.anchor,
                shape.bold,
                shape.upright,
            )
