"""The report on a period, as a page of HTML and as pages of A4, from one list of parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.report.answer import environment, picture
from core.report.charts import Bar, Stack, bars, stacked_bars
from core.report.drawing import Drawing
from core.report.hatch import Tone
from core.report.period import Period
from core.types import Decision, Language, Level, Param, Verdict
from core.words import say

_LEVELS = ((Level.LOW, Tone.SUPPORTED), (Level.MEDIUM, Tone.NOT_FOUND), (Level.HIGH, Tone.CONTRADICTED))
_VERDICTS = (
    (Verdict.SUPPORTED, Tone.SUPPORTED),
    (Verdict.CONTRADICTED, Tone.CONTRADICTED),
    (Verdict.CONFLICTING, Tone.CONFLICTING),
    (Verdict.NOT_FOUND, Tone.NOT_FOUND),
    (Verdict.COULD_NOT_CHECK, Tone.UNCHECKED),
)
_MOST_MODELS = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: a heading, figures by name, a chart where there is something to draw."""

    heading: str
    rows: tuple[tuple[str, str], ...] = ()
    chart: Drawing | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The whole report in words: a title, what stands under it, and the sections."""

    title: str
    under: str
    sections: tuple[Section, ...]


def period_report(
    period: Period, language: Language, *, head: str, made_at: str, found: Section | None = None
) -> PeriodReport:
    """The report in words. ``head`` is the audit log's head hash; ``made_at`` when it was made; ``found`` is
    what review found of misses and false alarms.
    """
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    title = say("report.period", language, days)
    under = say("report.period_under", language, {"at": made_at[:19], "head": head})
    return PeriodReport(title, under, tuple(_sections(period, language, found)))


def period_page(report: PeriodReport, language: Language) -> str:
    """The page of HTML; it stands alone."""
    template = environment().get_template("period.html")
    charts = [picture(part.chart) if part.chart else "" for part in report.sections]
    return template.render(
        report=report, parts=list(zip(report.sections, charts, strict=True)), language=language
    )


def _sections(period: Period, language: Language, found: Section | None) -> Iterator[Section]:
    def told(code: str, **params: Param) -> str:
        return say(f"report.{code}", language, params)

    yield Section(told("period_volume"), tuple(_totals(period, language)), _volume(period, language))
    yield Section(
        told("period_verdicts"), chart=_verdicts(period, language), note=told("period_verdicts_note")
    )
    yield Section(told("period_review"), tuple(_review(period, language)))
    if found is not None:
        yield found
    overruled = tuple(
        (
            f"{say(f'verdict.{item.shown}', language)} → {say(f'verdict.{item.said}', language)}",
            str(item.count),
        )
        for item in period.overruled
    )
    yield Section(told("period_overruled"), overruled, note="" if overruled else told("period_none"))
    topics = tuple((f"{topic.count} ×", topic.question) for topic in period.topics)
    yield Section(told("period_topics"), topics, note=told("period_topics_note" if topics else "period_none"))


def _totals(period: Period, language: Language) -> Iterator[tuple[str, str]]:
    yield say("report.period_answers", language), str(period.answers)
    yield say("report.period_refused", language), str(period.refused)
    for decision in Decision:
        yield say(f"report.now_{decision.value}", language), str(period.decisions.get(decision, 0))
    for model, count in sorted(period.models.items(), key=lambda item: (-item[1], item[0]))[:_MOST_MODELS]:
        yield model or say("report.no_model", language), str(count)


def _volume(period: Period, language: Language) -> Drawing | None:
    if not period.answers:
        return None
    legend = [(say(f"level.{level.value}", language), tone) for level, tone in _LEVELS]
    stacks = [
        Stack(part.label, tuple(float(part.levels.get(level, 0)) for level, _ in _LEVELS))
        for part in period.slices
    ]
    return stacked_bars(say("report.period_by_level", language), legend, stacks, shares=False)


def _verdicts(period: Period, language: Language) -> Drawing | None:
    if not any(period.verdicts.values()):
        return None
    items = [
        Bar(say(f"verdict.{verdict.value}", language), float(period.verdicts.get(verdict, 0)), tone=tone)
        for verdict, tone in _VERDICTS
    ]
    return bars(say("report.period_claims", language), items)


def _review(period: Period, language: Language) -> Iterator[tuple[str, str]]:
    median = "—" if period.median_minutes is None else f"{period.median_minutes:.1f}"
    figures = {
        "period_released": str(period.released),
        "period_rejected": str(period.rejected),
        "period_edited": str(period.edited),
        "period_minutes": f"{period.minutes:.1f}",
        "period_median": median,
        "period_labelled": str(period.labelled),
    }
    for code, figure in figures.items():
        yield say(f"report.{code}", language), figure
