"""Setting wide tables and charts on pages of A4 across: columns as wide as needed, headers on each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.report.drawing import Drawing, Line, Shape, Text, beside, moved
from core.report.lines import INK, Breaker, Span
from core.report.typeset import GREY, HEIGHT, LEADING, RULE, WIDTH

ACROSS, DOWN = HEIGHT, WIDTH  # A4 turned, in points
_EDGE, _FOOT = 42.5, 30.0
ROOM = ACROSS - 2 * _EDGE
_SIZE, _SMALL, _PAD = 8.0, 6.8, 9.0
_KEPT = 130.0  # a column that needs no more than this gets what it needs
_LEAST, _SMALLEST = 34.0, 50.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, with a sign before it and a smaller line beneath; ``sign`` is drawn for the point (0, 0)."""

    text: str
    note: str = ""
    sign: tuple[Shape, ...] = ()
    sign_width: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of each cell of a row, with where they begin in it."""

    cells: tuple[Cell, ...]
    lines: tuple[tuple[tuple[str, float, str], ...], ...]  # text, size, colour
    bold: bool = False

    @property
    def count(self) -> int:
        return max(1, *map(len, self.lines))


@dataclass(slots=True)
class AcrossPages:
    """Pages under construction; ``breaker`` knows the font."""

    breaker: Breaker
    _done: list[list[Shape]] = field(default_factory=lambda: [[]])
    _y: float = _EDGE

    def heading(self, text: str, size: float) -> None:
        """A line of its own; some lines of what comes next fit beneath."""
        self._y += 8 if self._done[-1] else 0
        self._room(LEADING * size + 7 * LEADING * _SIZE)
        self._line(text, _EDGE, size, INK, bold=True)
        self._y += LEADING * size + 3

    def paragraph(self, text: str, size: float = _SIZE, color: str = INK) -> None:
        """A text over the whole width."""
        for line in self.breaker.lines([Span(text, size)], ROOM):
            self._room(LEADING * size)
            self._line("".join(atom.text for atom in line), _EDGE, size, color)
            self._y += LEADING * size
        self._y += 3

    def legend(self, items: Sequence[Cell]) -> None:
        """Signs with their words in one line."""
        self._room(LEADING * _SIZE + 4)
        x = _EDGE
        for item in items:
            self._sign(item, x)
            self._line(item.text, x + item.sign_width, _SIZE, GREY)
            x += item.sign_width + self.breaker.width(item.text, _SIZE) + 16
        self._y += LEADING * _SIZE + 4

    def table(self, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows under a header that stands again on each page."""
        widths = self._widths(header, rows)
        head = self._laid([Cell(name) for name in header], widths, bold=True)
        laid = [self._laid(cells, widths) for cells in rows]
        first = laid[0].count if laid else 0
        self._room((head.count + min(first, 12)) * LEADING * _SIZE + 10)
        self._row(head, widths, None)
        for row in laid:
            if row.count <= 24 and self._full(row.count * LEADING * _SIZE + 5):
                self._turn(head, widths)
            self._row(row, widths, head)
        self._y += LEADING * _SIZE

    def drawings(self, heading: str, drawings: Sequence[Drawing]) -> None:
        """Charts under a heading, two abreast; nothing at all without charts."""
        for at in range(0, len(drawings), 2):
            pair = beside(drawings[at : at + 2], 24.0)
            scale = min(0.75, ROOM / pair.width)  # drawings count in pixels, 96 to the inch
            self._room(pair.height * scale + (0 if at else 40))
            if not at:
                self.heading(heading, 11)
            self._done[-1].extend(moved(shape, _EDGE, self._y, scale) for shape in pair.shapes)
            self._y += pair.height * scale + 10

    def new_page(self) -> None:
        """What follows begins a page, unless this one is empty."""
        if self._done[-1]:
            self._done.append([])
        self._y = _EDGE

    def finished(self, title: str, footer: Callable[[int, int], str]) -> tuple[Drawing, ...]:
        """The pages, each with a footer of its number and their count."""
        count = len(self._done)
        made = []
        for number, shapes in enumerate(self._done, 1):
            foot = AcrossPages(self.breaker, _y=DOWN - _FOOT)
            foot._line(footer(number, count), _EDGE, 7.0, GREY)
            made.append(Drawing(ACROSS, DOWN, title, (*shapes, *foot._done[0])))
        return tuple(made)

    def _widths(self, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
        """What each column needs; where that is too much, the wide ones share what the others leave."""
        needed = [self._needed(name, [row[at] for row in rows]) for at, name in enumerate(header)]
        grow = sum(width for width in needed if width > _SMALLEST)
        if sum(needed) <= ROOM and grow:  # numbers stay beside what they count; the others share what is left
            factor = 1 + (ROOM - sum(needed)) / grow
            return [width * factor if width > _SMALLEST else width for width in needed]
        kept = sum(width for width in needed if width <= _KEPT)
        wide = sum(width**0.5 for width in needed if width > _KEPT)
        if wide and ROOM - kept >= _KEPT * sum(width > _KEPT for width in needed) * 0.6:
            return [w if w <= _KEPT else (ROOM - kept) * w**0.5 / wide for w in needed]
        floor = _LEAST * len(needed)
        over = sum(max(0.0, width - _LEAST) for width in needed)
        return [_LEAST + max(0.0, width - _LEAST) * (ROOM - floor) / over for width in needed]

    def _needed(self, name: str, cells: Sequence[Cell]) -> float:
        """The header's longest word, and the longest line of the texts."""
        words = [atom.width for line in self.breaker.lines([Span(name, _SIZE)], ROOM) for atom in line]
        texts = [
            cell.sign_width + sum(atom.width for atom in line)
            for cell in cells
            for text, size in ((cell.text, _SIZE), (cell.note, _SMALL))
            for line in self.breaker.lines([Span(text, size)], 4 * ROOM)
        ]
        return max(_LEAST - _PAD, 1.08 * max(words, default=0.0), *texts, 0.0) + _PAD

    def _laid(self, cells: Sequence[Cell], widths: Sequence[float], *, bold: bool = False) -> _Row:
        lines = tuple(self._cell(cell, width, bold) for cell, width in zip(cells, widths, strict=True))
        return _Row(tuple(cells), lines, bold)

    def _cell(self, cell: Cell, width: float, bold: bool) -> tuple[tuple[str, float, str], ...]:
        room = width - _PAD - cell.sign_width + 0.1
        found = []
        for text, size, color in ((cell.text, _SIZE, GREY if bold else INK), (cell.note, _SMALL, GREY)):
            for line in self.breaker.lines([Span(text, size)], room):
                found.append(("".join(atom.text for atom in line), size, color))
        return tuple(found)

    def _row(self, row: _Row, widths: Sequence[float], head: _Row | None) -> None:
        """One row, over as many pages as its longest cell takes."""
        for at in range(row.count):
            if head is not None and self._full(LEADING * _SIZE + 5):
                self._turn(head, widths)
            x = _EDGE
            for cell, lines, width in zip(row.cells, row.lines, widths, strict=True):
                if at == 0:
                    self._sign(cell, x)
                if at < len(lines):
                    text, size, color = lines[at]
                    self._line(text, x + cell.sign_width, size, color, bold=row.bold)
                x += width
            self._y += LEADING * _SIZE
        self._done[-1].append(Line(((_EDGE, self._y + 1), (_EDGE + ROOM, self._y + 1)), RULE, 0.5))
        self._y += 4

    def _turn(self, head: _Row, widths: Sequence[float]) -> None:
        """The next page, with the table's header."""
        self.new_page()
        self._row(head, widths, None)

    def _sign(self, cell: Cell, x: float) -> None:
        self._done[-1].extend(moved(shape, x, self._y + 2.5) for shape in cell.sign)

    def _line(self, text: str, x: float, size: float, color: str, *, bold: bool = False) -> None:
        for part, along in self.breaker.placed(text, size):
            self._done[-1].append(Text(x + along, self._y + 1.08 * size, part, size, color, bold=bold))

    def _full(self, height: float) -> bool:
        return self._y + height > DOWN - _EDGE

    def _room(self, height: float) -> None:
        if self._full(height):
            self.new_page()
