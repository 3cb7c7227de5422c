"""The matrix of a run as pages of A4 across: questions against models, then every table of figures.

A level is a word and a sign that differs by its filling, so that it survives a print in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.pilot.spreadsheet import Cell
from core.pilot.tables import Table, tables
from core.pilot.types import Run, RunRow
from core.report.drawing import Drawing, Line, Polygon, Rect, Shape, Text
from core.report.lines import Breaker, Span
from core.report.pdf import Metadata, font_widths, write_pdf
from core.report.typeset import GREY, RULE
from core.types import Language, Level
from core.words import say

WIDTH, HEIGHT = 841.89, 595.28  # A4 across, in points
_EDGE, _SIZE, _LEADING = 42.5, 8.0, 11.5
_ROOM = WIDTH - 2 * _EDGE
_INK = "#1f2328"
_SIGN = 7.0
_IN_PDF = ("figures", "comparisons", "stability", "speed", "repeat")
_NARROW, _WIDE = 13, 90  # characters of a column's texts that decide how wide it is


@dataclass(slots=True)
class _Sheets:
    """Pages under construction: rows of wrapped cells, the header repeated on each page."""

    breaker: Breaker
    done: list[list[Shape]] = field(default_factory=lambda: [[]])
    y: float = _EDGE

    def heading(self, text: str, size: float) -> None:
        """A line of its own, never the last of a page."""
        self._room(size * 2 + 3 * _LEADING)
        self._text(text, _EDGE, size, bold=True, color=_INK)
        self.y += size * 1.9

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Cell | RunRow | None]],
        parts: Sequence[float],
        language: Language,
    ) -> None:
        """Rows whose columns have these parts of the width; an answer is shown as its level."""
        total = sum(parts)
        widths = [_ROOM * part / total for part in parts]
        self._row(header, widths, language, bold=True)
        for cells in rows:
            before = len(self.done)
            height = self._height(cells, widths, language)
            self._room(height)
            if len(self.done) > before:
                self._row(header, widths, language, bold=True)
            self._row(cells, widths, language)
        self.y += _LEADING

    def _height(
        self, cells: Sequence[Cell | RunRow | None], widths: Sequence[float], language: Language
    ) -> float:
        lines = [
            len(self._lines(_words(cell, language), width)) for cell, width in zip(cells, widths, strict=True)
        ]
        return min(max(1, *lines) * _LEADING + 5, HEIGHT - 2 * _EDGE - 3 * _LEADING)

    def _lines(self, text: str, width: float) -> list[str]:
        broken = self.breaker.lines([Span(text, _SIZE)], width - 10 - _SIGN)
        return ["".join(atom.text for atom in line) for line in broken]

    def _row(
        self,
        cells: Sequence[Cell | RunRow | None],
        widths: Sequence[float],
        language: Language,
        *,
        bold: bool = False,
    ) -> None:
        """One row, over as many pages as its longest cell takes."""
        columns = [
            self._lines(_words(cell, language), width) for cell, width in zip(cells, widths, strict=True)
        ]
        self._room(_LEADING + 5)
        for at in range(max(1, *map(len, columns))):
            self._room(_LEADING)
            x = _EDGE
            for cell, lines, width in zip(cells, columns, widths, strict=True):
                if at == 0 and isinstance(cell, RunRow) and cell.level is not None:
                    self.done[-1].extend(_sign(cell.level, x, self.y + 1.5))
                if at < len(lines):
                    self._text(
                        lines[at],
                        x + (_SIGN + 4 if isinstance(cell, RunRow) else 0),
                        _SIZE,
                        bold=bold,
                        color=GREY if bold else _INK,
                    )
                x += width
            self.y += _LEADING
        self.done[-1].append(Line(((_EDGE, self.y + 1), (_EDGE + _ROOM, self.y + 1)), RULE, 0.5))
        self.y += 5

    def _text(self, text: str, x: float, size: float, *, bold: bool, color: str) -> None:
        for part, along in self.breaker.placed(text, size):
            self.done[-1].append(Text(x + along, self.y + size, part, size, color, bold=bold))

    def _room(self, height: float) -> None:
        if self.y + height > HEIGHT - _EDGE and self.done[-1]:
            self.done.append([])
            self.y = _EDGE


def run_pdf(run: Run, language: Language) -> bytes:
    """The PDF of a run in a language; the same run gives the same bytes."""
    sheets = _Sheets(Breaker(font_widths()))
    title = say("pilot_pdf.title", language, {"set": run.plan.set_name})
    sheets.heading(title, 15)
    names = [model.name for model in run.models]
    answers = {(row.model, row.question): row for name in names for row in run.of(name)}
    header = ["#", say("pilot_head.question", language), say("pilot_head.expected", language), *names]
    rows: list[list[Cell | RunRow | None]] = [
        [
            question.number,
            question.text,
            question.expected or "",
            *(answers.get((name, question.number)) for name in names),
        ]
        for question in run.questions
    ]
    sheets.table(header, rows, [0.35, 4.5, 2.5, *([1.6] * len(names))], language)
    for table in tables(run, language):
        if table.name in _IN_PDF and table.rows:
            sheets.heading(say(f"pilot_sheet.{table.name}", language), 11)
            sheets.table(table.header, table.rows, _parts(table), language)
    return write_pdf(_finished(sheets, title, language), Metadata(title, language.value))


def _parts(table: Table) -> list[float]:
    """Columns as wide as their texts, within bounds."""
    columns = zip(table.header, *table.rows, strict=True)
    return [float(min(_WIDE, max(_NARROW, *(_width(str(cell)) for cell in cells)))) for cells in columns]


def _width(text: str) -> int:
    """Characters, Chinese ones twice."""
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def _words(cell: Cell | RunRow | None, language: Language) -> str:
    if not isinstance(cell, RunRow):
        return "" if cell is None else str(cell)
    if cell.level is None:
        return say("pilot_chart.failed", language)
    level = say(f"level.{cell.level.value}", language)
    return say("pilot_pdf.refused", language, {"level": level}) if cell.refused else level


def _sign(level: Level, x: float, y: float) -> Iterator[Shape]:
    """Empty, half filled, filled."""
    if level is Level.MEDIUM:
        yield Polygon(((x, y + _SIGN), (x + _SIGN, y + _SIGN), (x + _SIGN, y)), _INK, None)
    yield Rect(x, y, _SIGN, _SIGN, _INK if level is Level.HIGH else None, _INK)


def _finished(sheets: _Sheets, title: str, language: Language) -> list[Drawing]:
    count, made = len(sheets.done), []
    for number, shapes in enumerate(sheets.done, start=1):
        counted = say("report.page_of", language, {"page": number, "pages": count})
        foot = _Sheets(sheets.breaker, y=HEIGHT - 30)
        foot._text(f"{title} · {counted}", _EDGE, 7.0, bold=False, color=GREY)
        made.append(Drawing(WIDTH, HEIGHT, title, (*shapes, *foot.done[0])))
    return made
