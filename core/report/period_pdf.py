"""The report on a period as pages of A4."""

from __future__ import annotations

from core.report.lines import Breaker, Span
from core.report.pdf import Metadata, font_widths, write_pdf
from core.report.period_pages import PeriodReport, Section
from core.report.typeset import GREY, Pages
from core.types import Language
from core.words import say


def period_pdf(report: PeriodReport, language: Language) -> bytes:
    """The PDF of a report on a period."""
    pages = Pages(Breaker(font_widths()), report.title)
    pages.paragraph([Span(report.title, 16, bold=True)], gap=2)
    pages.paragraph([Span(report.under, 8, GREY)], gap=8)
    for section in report.sections:
        _write(pages, section)

    def footer(number: int, count: int) -> str:
        counted = say("report.page_of", language, {"page": number, "pages": count})
        return f"{report.title} · {counted}"

    return write_pdf(pages.finished(footer), Metadata(report.title, language.value))


def _write(pages: Pages, section: Section) -> None:
    pages.keep_together(90)
    pages.rule(10)
    pages.paragraph([Span(section.heading, 12.5, bold=True)], gap=6)
    if section.rows:
        counts = all(len(name) < 10 for name, _ in section.rows)  # questions with how often they were asked
        pages.table(section.rows, first=50.0 if counts else 210.0, size=9.5)
    if section.chart is not None:
        pages.drawing(section.chart)
    if section.note:
        pages.paragraph([Span(section.note, 8.5, GREY)])
    pages.paragraph([], gap=8)
