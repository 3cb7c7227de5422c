"""A run as pages of A4 across: questions against models, charts, then every table of figures.

A level is a word and a sign that differs by its filling, so that it survives a print in black and white.
"""

from __future__ import annotations

from core.pilot.answer_tables import reason_text
from core.pilot.charts import charts
from core.pilot.matrix import answers_of, expected_text, level_text, notes
from core.pilot.table import Table
from core.pilot.tables import tables
from core.pilot.types import Question, Run, RunRow
from core.report.across import AcrossPages, Cell
from core.report.drawing import Polygon, Rect, Shape
from core.report.lines import INK, Breaker
from core.report.pdf import Metadata, font_widths, write_pdf
from core.report.typeset import GREY
from core.types import Language, Level, Param
from core.words import say

_SIGN, _SIGN_ROOM = 7.0, 11.0
_CHART = 480.0  # pixels of one chart; two stand side by side
_IN_PDF = ("figures", "comparisons", "stability", "speed", "passports", "repeat")


def run_pdf(run: Run, language: Language) -> bytes:
    """The PDF of a run in a language; the same run gives the same bytes."""
    pages = AcrossPages(Breaker(font_widths()))
    title = say("pilot_pdf.title", language, {"set": run.plan.set_name})
    _head(pages, run, title, language)
    _matrix(pages, run, language)
    pages.drawings(say("pilot_page.charts", language), charts(run, language, width=_CHART))
    for table in tables(run, language):
        if table.name in _IN_PDF and table.rows:
            _table(pages, table, language)

    def footer(number: int, count: int) -> str:
        counted = say("report.page_of", language, {"page": number, "pages": count})
        return f"{title} · {run.id} · {counted}"

    return write_pdf(pages.finished(title, footer), Metadata(title, language.value))


def _head(pages: AcrossPages, run: Run, title: str, language: Language) -> None:
    pages.heading(title, 15)
    params: dict[str, Param] = {
        "date": run.created_at[:10],
        "questions": len(run.questions),
        "models": " · ".join(model.name for model in run.models),
        "version": run.environment.touchstone,
    }
    pages.paragraph(say("pilot_pdf.made", language, params), 7.5, GREY)
    pages.paragraph(say("pilot_page.generated", language), 7.5, GREY)
    pages.legend(
        [
            Cell(say("pilot_pdf.level", language, {"level": _level(level, language)}), "", *_sign(level))
            for level in Level
        ]
    )


def _matrix(pages: AcrossPages, run: Run, language: Language) -> None:
    """Questions down, models across."""
    names = [model.name for model in run.models]
    answers = answers_of(run)
    heads = ("number", "question", "expected")
    header = [*(say(f"pilot_head.{code}", language) for code in heads), *names]
    rows = [
        [
            Cell(str(question.number)),
            Cell(question.text),
            Cell(expected_text(question, language)),
            *(_answer(question, answers.get((name, question.number)), language) for name in names),
        ]
        for question in run.questions
    ]
    pages.table(header, rows)
    pages.paragraph(say("pilot_page.wrong", language), 7, GREY)
    if run.plan.knockout:
        pages.paragraph(say("pilot_page.knockout", language), 7, GREY)


def _answer(question: Question, row: RunRow | None, language: Language) -> Cell:
    """The level of an answer, and beneath it what the set and the knock-out say."""
    text = level_text(row, language)
    if row is None or row.level is None:
        return Cell(text, reason_text(row, language) if row else "")
    return Cell(text, "\n".join(notes(question, row, language)), *_sign(row.level))


def _table(pages: AcrossPages, table: Table, language: Language) -> None:
    pages.heading(say(f"pilot_sheet.{table.name}", language), 11)
    if table.name == "figures":
        pages.paragraph(say("pilot_page.reading", language), 7.5, GREY)
    rows = [[Cell("" if cell is None else str(cell)) for cell in row] for row in table.rows]
    pages.table(table.header, rows)


def _level(level: Level, language: Language) -> str:
    return say(f"level.{level.value}", language)


def _sign(level: Level) -> tuple[tuple[Shape, ...], float]:
    """Empty, half filled, filled; and how far the word stands from its left."""
    frame = Rect(0.0, 0.0, _SIGN, _SIGN, INK if level is Level.HIGH else None, INK)
    if level is not Level.MEDIUM:
        return (frame,), _SIGN_ROOM
    half = Polygon(((0.0, _SIGN), (_SIGN, _SIGN), (_SIGN, 0.0)), INK, None)
    return (half, frame), _SIGN_ROOM
