"""Charts as drawings: bars, stacked bars, curves, the reliability diagram, the risk-coverage curve.

Every word comes in from the caller in the reader's language; every bar carries its number, and areas and
curves also differ by hatch, dash and mark, so that a black and white print can be read. ``.to_svg()`` of
the result goes into the window and into HTML; a PDF writer walks ``.shapes``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.report.drawing import Drawing, Line, Point, Rect, shorten, text_width
from core.report.hatch import DARK, LIGHT, Palette, Tone, area
from core.report.sheet import (
    BAR,
    EDGE,
    PITCH,
    SIZE,
    SMALL,
    Axis,
    Format,
    Sheet,
    number_words,
    percent_words,
    place,
)

__all__ = [
    "DARK",
    "LIGHT",
    "Axis",
    "Bar",
    "Bin",
    "Curve",
    "Drawing",
    "Palette",
    "Stack",
    "Tone",
    "bars",
    "line",
    "number_words",
    "percent_words",
    "reliability_diagram",
    "risk_coverage",
    "stacked_bars",
]

_TONES = (Tone.ACCENT, Tone.NOT_FOUND, Tone.SUPPORTED, Tone.CONFLICTING, Tone.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``low`` and ``high`` draw its interval, ``text`` stands in place of the formatted value."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    text: str = ""
    tone: Tone = Tone.ACCENT


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of parts, as many as the legend has; ``text`` stands at its end, such as ``n = 60``."""

    label: str
    parts: tuple[float, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a curve in the order in which they are joined."""

    label: str
    points: tuple[Point, ...]
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about one predicted risk: the mean of the predictions, the share that was wrong, how many.

    ``low`` and ``high`` bound the share that was wrong.
    """

    predicted: float
    observed: float
    count: int
    low: float | None = None
    high: float | None = None


def bars(
    title: str,
    items: Sequence[Bar],
    *,
    limit: float | None = None,
    show: Format = number_words,
    note: str = "",
    palette: Palette = LIGHT,
    width: float = 640.0,
) -> Drawing:
    """Lying bars with their numbers. ``limit`` is the value at full length (1.0 for shares), else the largest
    value; ``note`` says beneath what the thin line of an interval means. Values below zero count as zero.
    """
    numbers = [shorten(bar.text or show(bar.value), SIZE, width * 0.3) for bar in items]
    sheet = Sheet(title, palette, width)
    left = sheet.label_room([bar.label for bar in items])
    right = width - EDGE - max((text_width(number, SIZE) * 1.12 for number in numbers), default=0.0) - 12
    largest = max((max(bar.value, bar.high or 0.0) for bar in items), default=0.0)
    axis = Axis("", 0.0, limit or max(largest, 0.0) or 1.0)
    for bar, number in zip(items, numbers, strict=True):
        sheet.row_label(bar.label, left)
        end, low, high = (left + (right - left) * axis.share(value) for value in _ends(bar))
        sheet.add(*area(Rect(left, sheet.y, end - left, BAR, None), bar.tone, palette))
        if bar.low is not None and bar.high is not None:
            sheet.whisker(low, high)
        sheet.beside_bar(max(end, high) + 8, number, bold=True)
        sheet.y += PITCH
    sheet.add(Line(((left, sheet.top - 4), (left, sheet.y - PITCH + BAR + 4)), palette.strong))
    return sheet.finished(note)


def stacked_bars(
    title: str,
    legend: Sequence[tuple[str, Tone]],
    items: Sequence[Stack],
    *,
    show: Format = number_words,
    shares: bool = True,
    note: str = "",
    palette: Palette = LIGHT,
    width: float = 640.0,
) -> Drawing:
    """Lying bars of parts with the number in each part, above it where the part is too narrow.

    ``shares`` draws every bar at full length; else the length tells the sum.
    """
    sheet = Sheet(title, palette, width)
    sheet.legend(legend)
    ends = [shorten(item.text, SIZE, width * 0.25) for item in items]
    room = max((text_width(text, SIZE) * 1.12 for text in ends), default=0.0)
    left = sheet.label_room([item.label for item in items])
    length = width - EDGE - room - (12 if room else 0) - left
    longest = max((sum(item.parts) for item in items), default=0.0) or 1.0
    for item, text in zip(items, ends, strict=True):
        sheet.y += 8  # room for numbers above narrow parts
        sheet.row_label(item.label, left)
        scale = length / ((sum(item.parts) or 1.0) if shares else longest)
        widths = [part * scale for part in item.parts]
        end = sheet.parts(left, widths, [tone for _, tone in legend])
        sheet.part_numbers(left, widths, [show(part) for part in item.parts])
        sheet.beside_bar(end + 8, text)
        sheet.y += PITCH
    return sheet.finished(note)


def line(
    title: str,
    curves: Sequence[Curve],
    x: Axis,
    y: Axis,
    *,
    marked: Sequence[tuple[Point, str]] = (),
    note: str = "",
    palette: Palette = LIGHT,
    width: float = 640.0,
    height: float = 300.0,
) -> Drawing:
    """Curves over two axes, told apart by tone, dash and mark, with a legend where there are several.

    ``marked`` are points with a name.
    """
    sheet = Sheet(title, palette, width)
    toned = [(curve, curve.tone or _TONES[number % len(_TONES)]) for number, curve in enumerate(curves)]
    if len(curves) > 1:
        sheet.curve_legend([(curve.label, tone) for curve, tone in toned])
    frame = sheet.axes(x, y, height)
    for number, (curve, tone) in enumerate(toned):
        points = [place(frame, x, y, point) for point in curve.points]
        sheet.curve(points, number, palette.of(tone))
    for point, name in marked:
        sheet.flag(place(frame, x, y, point), name, frame)
    return sheet.finished(note)


def reliability_diagram(
    title: str,
    bins: Sequence[Bin],
    *,
    x_label: str,
    y_label: str,
    ideal: str,
    note: str = "",
    counts: bool = True,
    palette: Palette = LIGHT,
    width: float = 480.0,
) -> Drawing:
    """Predicted risk against the share that was wrong; beside each point, how many answers stand behind it
    (``counts``; where they are alike, say so in the ``note`` instead).

    ``ideal`` names the diagonal, on which a calibrated risk lies.
    """
    sheet = Sheet(title, palette, width)
    x, y = Axis(x_label, show=percent_words), Axis(y_label, show=percent_words)
    frame = sheet.axes(x, y, width * 0.75)
    diagonal = (place(frame, x, y, (0.0, 0.0)), place(frame, x, y, (1.0, 1.0)))
    sheet.add(Line(diagonal, palette.strong, 1.2, (5, 4)))
    sheet.add(Line(((frame.x + 8, frame.y + 10), (frame.x + 34, frame.y + 10)), palette.strong, 1.2, (5, 4)))
    sheet.text(
        frame.x + 40, frame.y + 14, shorten(ideal, SMALL, frame.width - 48), size=SMALL, color=palette.muted
    )
    filled = [item for item in bins if item.count > 0]
    points = [place(frame, x, y, (item.predicted, item.observed)) for item in filled]
    for item, (at, _) in zip(filled, points, strict=True):
        if item.low is not None and item.high is not None:
            ends = (place(frame, x, y, (item.predicted, end))[1] for end in (item.high, item.low))
            sheet.upright_interval(at, *ends)
    sheet.curve(points, 0, palette.accent)
    for item, point in zip(filled if counts else (), points if counts else (), strict=True):
        sheet.beside_point(point, f"n={item.count}", frame)
    return sheet.finished(note)


def risk_coverage(
    title: str,
    curves: Sequence[Curve],
    *,
    x_label: str,
    y_label: str,
    marked: Sequence[tuple[Point, str]] = (),
    note: str = "",
    palette: Palette = LIGHT,
    width: float = 640.0,
) -> Drawing:
    """How many of the answers that are let through are wrong, by the share that is let through.

    ``marked`` are points with a name, such as the chosen thresholds.
    """
    worst = max((y for curve in curves for _, y in curve.points), default=0.0)
    top = min(1.0, math.ceil(worst * 10 - 1e-9) / 10) or 0.1
    x, y = Axis(x_label, show=percent_words), Axis(y_label, 0.0, top, percent_words)
    return line(title, curves, x, y, marked=marked, note=note, palette=palette, width=width)


def _ends(bar: Bar) -> tuple[float, float, float]:
    """The value and the ends of its interval, which are the value itself where there is none."""
    has = bar.low is not None and bar.high is not None
    return (bar.value, bar.low or 0.0, bar.high or 0.0) if has else (bar.value,) * 3
