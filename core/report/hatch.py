"""Areas that stay apart without colour: each tone is also a hatch, each curve also a mark and a dash."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from core.report.drawing import Line, Point, Polygon, Rect, Shape

_STEP = 6.0  # pixels between the lines of a hatch


class Tone(StrEnum):
    """What an area or a curve speaks of; the window's colours have the same names."""

    ACCENT = "accent"
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    NOT_FOUND = "not_found"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart, as ``#rrggbb``; a test holds both against the window's."""

    surface: str
    text: str
    muted: str
    border: str
    strong: str
    accent: str
    supported: str
    contradicted: str
    conflicting: str
    not_found: str
    unchecked: str

    def of(self, tone: Tone) -> str:
        """The colour of a tone."""
        color: str = getattr(self, tone.value)
        return color


LIGHT = Palette(
    surface="#ffffff",
    text="#1a2027",
    muted="#53606d",
    border="#dde1e6",
    strong="#8a95a1",
    accent="#235a8c",
    supported="#00665a",
    contradicted="#b3190f",
    conflicting="#74389a",
    not_found="#8a4b00",
    unchecked="#4f5b67",
)
DARK = Palette(
    surface="#1d2126",
    text="#e7eaed",
    muted="#a3aeb9",
    border="#333a42",
    strong="#727e8b",
    accent="#86b8e6",
    supported="#5ccdb9",
    contradicted="#ff8f80",
    conflicting="#d0a6f2",
    not_found="#f0b060",
    unchecked="#b0bac5",
)

# Lines of the hatch as slopes: 1 rises, -1 falls, 0 lies flat, None stands; an empty tuple is a full area.
_HATCHES: dict[Tone, tuple[int | None, ...]] = {
    Tone.ACCENT: (),
    Tone.SUPPORTED: (),
    Tone.NOT_FOUND: (1,),
    Tone.CONTRADICTED: (1, -1),
    Tone.CONFLICTING: (0,),
    Tone.UNCHECKED: (None,),
}
_DASHES: tuple[tuple[float, ...], ...] = ((), (7, 4), (2, 3), (9, 3, 2, 3), (4, 4))


def area(box: Rect, tone: Tone, palette: Palette) -> list[Shape]:
    """A box filled in a tone's colour and hatch; its own fill and stroke are not looked at."""
    color = palette.of(tone)
    slopes = _HATCHES[tone]
    if not slopes:
        return [Rect(box.x, box.y, box.width, box.height, color, color)]
    lines = [line for slope in slopes for line in _lines(box, slope, color)]
    frame = Rect(box.x, box.y, box.width, box.height, None, color)
    return [Rect(box.x, box.y, box.width, box.height, palette.surface), *lines, frame]


def dash(number: int) -> tuple[float, ...]:
    """The dash of the curve with this number, from 0."""
    return _DASHES[number % len(_DASHES)]


def mark(number: int, x: float, y: float, color: str, surface: str) -> Polygon:
    """The mark of the curve with this number: disc, square, triangle, diamond, ring."""
    sides, turn = ((14, 0.0), (4, math.pi / 4), (3, -math.pi / 2), (4, 0.0), (14, 0.0))[number % 5]
    radius = 4.0 if sides > 4 else 5.2
    angles = [turn + 2 * math.pi * corner / sides for corner in range(sides)]
    corners = tuple((x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles)
    return Polygon(corners, surface if number % 5 == 4 else color, color)


def _lines(box: Rect, slope: int | None, color: str) -> list[Line]:
    right, low = box.x + box.width, box.y + box.height
    if slope is None:
        return [_line((x, box.y), (x, low), color) for x in _steps(box.x, box.width)]
    if slope == 0:
        return [_line((box.x, y), (right, y), color) for y in _steps(box.y, box.height)]
    return [_slanted(box, slope, along, color) for along in _steps(0.0, box.width + box.height)]


def _steps(start: float, length: float) -> list[float]:
    return [start + _STEP * number for number in range(1, int(length // _STEP) + 1)]


def _slanted(box: Rect, slope: int, along: float, color: str) -> Line:
    """The line x + y = along within the box, mirrored for a falling one."""
    first = (min(along, box.width), max(0.0, along - box.width))
    last = (max(0.0, along - box.height), min(along, box.height))
    ends = [
        (box.x + x, box.y + y) if slope > 0 else (box.x + box.width - x, box.y + y) for x, y in (first, last)
    ]
    return _line(ends[0], ends[1], color)


def _line(first: Point, last: Point, color: str) -> Line:
    return Line((first, last), color, 1.2)
