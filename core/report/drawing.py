"""A drawing as a list of plain shapes: the one form of a chart for the window, HTML and PDF.

Only what SVG Tiny, HTML and a PDF canvas all can do: no styles, no clipping, no patterns, no gradients. A
hatch is made of lines. Lengths are pixels at 96 to the inch, y grows downwards, the y of a text is its
baseline. Labels may come from documents, models or people: they are escaped when written.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]
FONT = "Noto Sans, Segoe UI, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_LATIN = 0.56  # mean width of a letter in ems; a Chinese character takes one em
_NARROW, _WIDE = frozenset("iljtfrI.,:;|!'()[] "), frozenset("MWmw%@")


class Anchor(StrEnum):
    """Which part of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box; a colour of None draws nothing."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    stroke: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Straight pieces from point to point; ``dash`` are lengths of stroke and gap, empty for a whole line."""

    points: tuple[Point, ...]
    color: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed area."""

    points: tuple[Point, ...]
    fill: str | None
    stroke: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``upright`` turns it a quarter to the left (for the y axis)."""

    x: float
    y: float
    text: str
    size: float
    color: str
    anchor: Anchor = Anchor.START
    bold: bool = False
    upright: bool = False


Shape = Rect | Line | Polygon | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are painted. ``title`` is read out where nobody sees the picture."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]

    def to_svg(self) -> str:
        """The drawing as SVG text that stands alone or inside a page of HTML; it loads nothing."""
        title = clean(self.title)
        size = f'width="{_n(self.width)}" height="{_n(self.height)}"'
        view = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} role="img" aria-label={_q(title)}>'
        lines = [head, f"<title>{escape(title)}</title>", *map(_svg, self.shapes), "</svg>"]
        return "\n".join(lines)


def beside(drawings: Sequence[Drawing], gap: float = 12.0) -> Drawing:
    """Drawings as one, two in a row."""
    shapes: list[Shape] = []
    top = width = 0.0
    for at in range(0, len(drawings), 2):
        left = 0.0
        for drawing in drawings[at : at + 2]:
            shapes += [moved(shape, left, top) for shape in drawing.shapes]
            left += drawing.width + gap
        width = max(width, left - gap)
        top += max(drawing.height for drawing in drawings[at : at + 2]) + gap
    return Drawing(
        width, max(0.0, top - gap), "; ".join(drawing.title for drawing in drawings), tuple(shapes)
    )


def moved(shape: Shape, x: float, y: float, scale: float = 1.0) -> Shape:
    """The shape, made larger or smaller, then so far to the right and down."""
    match shape:
        case Line():
            dash = tuple(length * scale for length in shape.dash)
            points = _moved_points(shape.points, x, y, scale)
            return replace(shape, points=points, width=shape.width * scale, dash=dash)
        case Polygon():
            return replace(shape, points=_moved_points(shape.points, x, y, scale))
        case Rect():
            left, top = x + shape.x * scale, y + shape.y * scale
            return replace(shape, x=left, y=top, width=shape.width * scale, height=shape.height * scale)
        case Text():
            return replace(shape, x=x + shape.x * scale, y=y + shape.y * scale, size=shape.size * scale)


def _moved_points(points: Sequence[Point], x: float, y: float, scale: float) -> tuple[Point, ...]:
    return tuple((x + px * scale, y + py * scale) for px, py in points)


def clean(text: str) -> str:
    """The text without characters that XML forbids or that would turn the reading direction."""
    kept = (" " if char.isspace() else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def text_width(text: str, size: float) -> float:
    """About how wide a text is in pixels; fonts differ, so layouts leave some room."""
    return size * sum(_ems(char) for char in text)


def shorten(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    text = clean(text)
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The text on at most so many lines; the last one is shortened."""
    text = clean(text).strip()
    out: list[str] = []
    while text and len(out) < lines - 1 and text_width(text, size) > room:
        cut = _break(text, size, room)
        out.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return (*out, shorten(text, size, room)) if text or not out else tuple(out)


def _break(text: str, size: float, room: float) -> int:
    """Where to break: after the last space, hyphen or Chinese character that fits, else in the word."""
    fits = next((at for at in range(len(text), 0, -1) if text_width(text[:at], size) <= room), 1)
    at = fits
    while at > 1 and not (text[at - 1] in " -_/" or _ems(text[at - 1]) >= 1 or text[at : at + 1] == " "):
        at -= 1
    return at if at > 1 else fits


def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    return 0.32 if char in _NARROW else 0.87 if char in _WIDE else _LATIN


def _svg(shape: Shape) -> str:
    match shape:
        case Rect():
            box = " ".join(f'{name}="{_n(getattr(shape, name))}"' for name in ("x", "y", "width", "height"))
            return f"<rect {box}{_paint(shape.fill, shape.stroke)}/>"
        case Polygon():
            return f'<polygon points="{_points(shape.points)}"{_paint(shape.fill, shape.stroke)}/>'
        case Line():
            dash = f' stroke-dasharray="{",".join(map(_n, shape.dash))}"' if shape.dash else ""
            stroke = f'fill="none" stroke={_q(shape.color)} stroke-width="{_n(shape.width)}"{dash}'
            return f'<polyline points="{_points(shape.points)}" {stroke}/>'
        case Text():
            return _svg_text(shape)


def _svg_text(shape: Text) -> str:
    weight = ' font-weight="bold"' if shape.bold else ""
    turn = f' transform="rotate(-90 {_n(shape.x)} {_n(shape.y)})"' if shape.upright else ""
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" text-anchor="{shape.anchor.value}"{turn}'
    font = f'font-family={_q(FONT)} font-size="{_n(shape.size)}"{weight} fill={_q(shape.color)}'
    return f"<text {place} {font}>{escape(clean(shape.text))}</text>"


def _paint(fill: str | None, stroke: str | None) -> str:
    return f" fill={_q(fill or 'none')}" + (f" stroke={_q(stroke)}" if stroke else "")


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _q(text: str) -> str:
    return quoteattr(text)


def _n(value: float) -> str:
    """A length with at most two decimals. Raises ValueError for one that is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"a drawing cannot hold {value}")
    return f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"
