"""Setting text and charts on A4 pages.

Pages are drawings (``core.report.drawing``) whose lengths are points: the PDF writer paints shapes and
knows nothing of text. Marks under words differ by shape and not by colour alone, for black and white prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.report.drawing import Drawing, Line, Shape, Text, moved
from core.report.lines import Atom, Breaker, Mark, Span

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
LEFT, TOP, BOTTOM = 56.7, 56.7, 62.4  # 20 mm, 20 mm, 22 mm
ROOM = WIDTH - 2 * LEFT
GREY, RULE = "#57606a", "#c9d1d9"
LEADING = 1.5


@dataclass(slots=True)
class Pages:
    """Pages under construction; ``breaker`` knows the font."""

    breaker: Breaker
    title: str = ""
    _done: list[list[Shape]] = field(default_factory=lambda: [[]])
    _y: float = TOP

    def paragraph(
        self, spans: Iterable[Span], *, indent: float = 0.0, gap: float = 4.0, bar: str | None = None
    ) -> None:
        """Set a paragraph and leave a gap after it; ``bar`` draws a line of this colour at its left."""
        for line in self.breaker.lines(spans, ROOM - indent):
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
            self._put(moved(shape, LEFT, self._y, scale))
        self._y += drawing.height * scale + gap

    def table(self, rows: Sequence[tuple[str, str]], first: float = 130.0, size: float = 8.5) -> None:
        """Two columns: names and values, values wrapped."""
        for name, value in rows:
            lines = list(self.breaker.lines([Span(value, size)], ROOM - first))
            names = list(self.breaker.lines([Span(name, size, GREY)], first - 8))
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
            for line in self.breaker.lines([Span(footer(number, count), 7.5, GREY)], ROOM):
                shapes.extend(self._line_shapes(line, LEFT, y))
                y += 11
        return tuple(Drawing(WIDTH, HEIGHT, self.title, tuple(shapes)) for shapes in self._done)

    def _put(self, shape: Shape) -> None:
        self._done[-1].append(shape)

    def _make_room(self, height: float) -> None:
        if self._y + height > HEIGHT - BOTTOM and self._done[-1]:
            self._done.append([])
            self._y = TOP

    def _set_line(self, line: Sequence[Atom], x: float, baseline: float) -> None:
        self._done[-1].extend(self._line_shapes(line, x, baseline))

    def _line_shapes(self, line: Sequence[Atom], x: float, baseline: float) -> Iterator[Shape]:
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
        """The text at its place."""
        y = baseline - (0.35 * span.size if span.raised else 0.0)
        for part, along in self.breaker.placed(text, span.size):
            yield Text(x + along, y, part, span.size, span.color, bold=span.bold)


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
