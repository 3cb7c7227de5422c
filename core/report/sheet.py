"""What charts are put together from: rows with labels, legends, axes, curves, numbers on parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.report.drawing import Anchor, Drawing, Line, Point, Rect, Shape, Text, shorten, text_width, wrap
from core.report.hatch import Palette, Tone, area, dash, mark

SIZE, SMALL, TITLE = 13.0, 11.0, 15.0  # font sizes in pixels
EDGE = 14.0  # free on all sides
BAR = 22.0  # height of a bar
PITCH = 38.0  # from one bar to the next
_MARKS = 8  # about so many on a curve of many points
_BELOW_MIDDLE = 0.36  # from the middle of a text to its baseline, in font sizes

Format = Callable[[float], str]


def number_words(value: float) -> str:
    """A number with up to three digits that count, whole from 100 on: 0.125, 12.5, 1,250."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def percent_words(value: float) -> str:
    """A share as whole per cent: 0.5 is ``50 %``."""
    return f"{100 * value:.0f} %"


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows, and from where to where; equal ends are widened."""

    label: str
    low: float = 0.0
    high: float = 1.0
    show: Format = number_words

    def share(self, value: float) -> float:
        """Where a value lies on the axis, 0..1; what lies outside is put at the end."""
        span = self.high - self.low
        return min(1.0, max(0.0, (value - self.low) / span)) if span > 0 else 0.5


def place(frame: Rect, x: Axis, y: Axis, point: Point) -> Point:
    """A point of the axes in pixels."""
    return frame.x + frame.width * x.share(point[0]), frame.y + frame.height * (1 - y.share(point[1]))


def ticks(axis: Axis, count: int = 5) -> tuple[float, ...]:
    """Round numbers along an axis, about as many as asked."""
    span = axis.high - axis.low
    if span <= 0:
        return (axis.low,)
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.ceil(axis.low / step - 1e-9)
    return tuple(step * number for number in range(first, math.floor(axis.high / step + 1e-9) + 1))


class Sheet:
    """Collects shapes from top to bottom; ``y`` is where the next row begins."""

    def __init__(self, title: str, palette: Palette, width: float) -> None:
        self._title, self._palette, self._width = title, palette, width
        self._shapes: list[Shape] = []
        self.y = EDGE
        for text in wrap(title, TITLE, width - 2 * EDGE, 2) if title else ():
            self.text(EDGE, self.y + TITLE * 0.9, text, size=TITLE, bold=True)
            self.y += TITLE * 1.4
        self.y += 8 if title else 0
        self.top = self.y

    def add(self, *shapes: Shape) -> None:
        """Paint over what is there."""
        self._shapes.extend(shapes)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        color: str = "",
        anchor: Anchor = Anchor.START,
        bold: bool = False,
        upright: bool = False,
    ) -> None:
        """Write one line, in the palette's text colour unless told otherwise."""
        if text:
            self.add(Text(x, y, text, size, color or self._palette.text, anchor, bold, upright))

    def beside_bar(self, x: float, text: str, *, bold: bool = False) -> None:
        """Write at the height of the row's bar."""
        self.text(x, self.y + BAR / 2 + SIZE * _BELOW_MIDDLE, text, bold=bold)

    def finished(self, note: str) -> Drawing:
        """Close the sheet with a note beneath, over a ground of the palette's surface."""
        for text in wrap(note, SMALL, self._width - 2 * EDGE, 4) if note else ():
            self.text(EDGE, self.y + SMALL, text, size=SMALL, color=self._palette.muted)
            self.y += SMALL * 1.45
        height = math.ceil(self.y + EDGE)
        ground = Rect(0, 0, self._width, height, self._palette.surface)
        return Drawing(self._width, height, self._title, (ground, *self._shapes))

    def label_room(self, labels: Sequence[str]) -> float:
        """Where bars begin: after the widest label, at most two fifths of the width."""
        widest = max((text_width(label, SIZE) for label in labels), default=0.0)
        return EDGE + min(widest * 1.06, self._width * 0.4) + 10

    def row_label(self, label: str, left: float) -> None:
        """The name of a row, on one or two lines that end before the bars."""
        rows = wrap(label, SIZE, left - EDGE - 10, 2)
        base = self.y + BAR / 2 + SIZE * _BELOW_MIDDLE - (len(rows) - 1) * SIZE * 0.58
        for number, row in enumerate(rows):
            self.text(left - 10, base + number * SIZE * 1.16, row, anchor=Anchor.END)

    def whisker(self, low: float, high: float) -> None:
        """An interval over the row's bar, from pixel to pixel: a thin line with ends."""
        middle = self.y + BAR / 2
        self._stroked(((low, middle), (high, middle)))
        for x in (low, high):
            self._stroked(((x, middle - 5), (x, middle + 5)))

    def _stroked(self, points: tuple[Point, ...]) -> None:
        """A line that is seen on a filled bar as well as beside it."""
        self.add(Line(points, self._palette.surface, 4.0), Line(points, self._palette.text, 1.5))

    def legend(self, entries: Sequence[tuple[str, Tone]]) -> None:
        """What the areas mean."""
        for x, label, tone in self._flow(entries):
            self.add(*area(Rect(x, self.y, 18, 13, None), tone, self._palette))
            self.text(x + 24, self.y + 11, label, size=SMALL)
        self.y += 24

    def curve_legend(self, entries: Sequence[tuple[str, Tone]]) -> None:
        """What the curves mean."""
        for number, (x, label, tone) in enumerate(self._flow(entries)):
            color, middle = self._palette.of(tone), self.y + 6.5
            self.add(Line(((x, middle), (x + 22, middle)), color, 2.0, dash(number)))
            self.add(mark(number, x + 11, middle, color, self._palette.surface))
            self.text(x + 28, self.y + 11, label, size=SMALL)
        self.y += 24

    def _flow(self, entries: Sequence[tuple[str, Tone]]) -> Iterator[tuple[float, str, Tone]]:
        """Entries from left to right, each with its x; ``y`` steps down where a row is full."""
        x, most = EDGE, self._width - 2 * EDGE - 30
        for name, tone in entries:
            label = shorten(name, SMALL, most)
            taken = 28 + text_width(label, SMALL) * 1.08 + 16
            if x > EDGE and x + taken > self._width - EDGE:
                x = EDGE
                self.y += 19
            yield x, label, tone
            x += taken

    def parts(self, left: float, widths: Sequence[float], tones: Sequence[Tone]) -> float:
        """The parts of a stacked bar one after the other; gives back where the bar ends."""
        for width, tone in zip(widths, tones, strict=True):
            if width > 0:
                self.add(*area(Rect(left, self.y, width, BAR, None), tone, self._palette))
            left += width
        return left

    def part_numbers(self, left: float, widths: Sequence[float], numbers: Sequence[str]) -> None:
        """The number of each part on a ground of its own; above the bar where the part is too narrow."""
        free = left
        for width, number in zip(widths, numbers, strict=True):
            room = text_width(number, SMALL) * 1.1 + 6
            middle = left + width / 2
            if width >= room + 4:
                ground = Rect(middle - room / 2, self.y + 3.5, room, BAR - 7, self._palette.surface)
                self.add(ground)
                self.text(middle, self.y + BAR / 2 + 4, number, size=SMALL, anchor=Anchor.MIDDLE, bold=True)
            elif width > 0:
                x = max(middle, free + room / 2)
                self.text(x, self.y - 3, number, size=SMALL, anchor=Anchor.MIDDLE, bold=True)
                free = x + room / 2
            left += width

    def axes(self, x: Axis, y: Axis, height: float) -> Rect:
        """The frame of a plot with its grid, numbers and names; ``y`` steps below all of it."""
        numbers = max(text_width(y.show(value), SMALL) for value in ticks(y))
        left = EDGE + numbers + 10 + (SMALL + 9 if y.label else 0)
        frame = Rect(left, self.y + 6, self._width - EDGE - 16 - left, height, None)
        self._grid(frame, x, y)
        low = frame.y + height
        self.add(Line(((left, frame.y), (left, low), (left + frame.width, low)), self._palette.strong))
        self._axis_names(frame, x.label, y.label)
        self.y = low + 22 + (SMALL + 9 if x.label else 0)
        return frame

    def _grid(self, frame: Rect, x: Axis, y: Axis) -> None:
        low, muted = frame.y + frame.height, self._palette.muted
        for value in ticks(y):
            _, at = place(frame, x, y, (x.low, value))
            self.add(Line(((frame.x, at), (frame.x + frame.width, at)), self._palette.border))
            self.text(frame.x - 7, at + 4, y.show(value), size=SMALL, color=muted, anchor=Anchor.END)
        for value in ticks(x):
            at, _ = place(frame, x, y, (value, y.low))
            self.add(Line(((at, low), (at, low + 4)), self._palette.strong))
            self.text(at, low + 17, x.show(value), size=SMALL, color=muted, anchor=Anchor.MIDDLE)

    def _axis_names(self, frame: Rect, x_label: str, y_label: str) -> None:
        low, middle = frame.y + frame.height, frame.y + frame.height / 2
        across = shorten(x_label, SMALL, frame.width)
        self.text(frame.x + frame.width / 2, low + 35, across, size=SMALL, anchor=Anchor.MIDDLE)
        along = shorten(y_label, SMALL, frame.height)
        self.text(EDGE + SMALL * 0.8, middle, along, size=SMALL, anchor=Anchor.MIDDLE, upright=True)

    def curve(self, points: Sequence[Point], number: int, color: str) -> None:
        """A curve through pixels, with its number's dash and mark; of many points only some get a mark."""
        if len(points) > 1:
            self.add(Line(tuple(points), color, 2.0, dash(number)))
        for x, y in points[:: max(1, len(points) // _MARKS)]:
            self.add(mark(number, x, y, color, self._palette.surface))

    def upright_interval(self, x: float, high: float, low: float) -> None:
        """An interval around a point of a plot: a standing line with ends."""
        for ends in (((x, high), (x, low)), ((x - 4, high), (x + 4, high)), ((x - 4, low), (x + 4, low))):
            self.add(Line(ends, self._palette.muted, 1.2))

    def beside_point(self, at: Point, text: str, frame: Rect) -> None:
        """Words beside a point, on the side that has room, over a ground of their own."""
        text = shorten(text, SMALL, frame.width / 2 - 16)
        room = text_width(text, SMALL) * 1.08 + 4
        left = at[0] + 9 if at[0] + 9 + room <= frame.x + frame.width + 14 else at[0] - 9 - room
        y = min(max(at[1] + 14, frame.y + 12), frame.y + frame.height - 4)
        self.add(Rect(left, y - SMALL, room, SMALL + 4, self._palette.surface))
        self.text(left + 2, y, text, size=SMALL)

    def flag(self, at: Point, text: str, frame: Rect) -> None:
        """A named point: a line down to the axis, a ring, its words beneath the curve if there is room."""
        low = frame.y + frame.height
        self.add(Line((at, (at[0], low)), self._palette.strong, 1.2, (3, 3)))
        self.add(mark(4, at[0], at[1], self._palette.text, self._palette.surface))
        beneath = low - at[1] > 40
        self.beside_point((at[0], (at[1] + low) / 2 - 8 if beneath else at[1] - 26), text, frame)
