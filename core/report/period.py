"""What happened in a period: volumes, levels, decisions, overruled verdicts, review time, open questions."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from core.errors import LibraryError
from core.store import answers, audit_log, reviews
from core.store.answers import AnswerRow
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import Decision, Level, Verdict

_MOST_TOPICS = 20
_MOST_SLICES = 14  # rows of the chart of volumes that fit a page
_ALIKE = 0.6  # questions that share so much of their letter pairs are one topic
_NOT_COVERED = frozenset({Verdict.NOT_FOUND, Verdict.COULD_NOT_CHECK})


@dataclass(frozen=True, slots=True)
class Slice:
    """The answers of one day, week, month or year, which begins on ``start``; ``label`` names it."""

    start: date
    label: str
    levels: Mapping[Level, int]


@dataclass(frozen=True, slots=True)
class Overruled:
    """How often people said ``said`` where Touchstone had shown ``shown``."""

    shown: Verdict
    said: Verdict
    count: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that the documents could not answer, and how often it or one like it was asked."""

    question: str
    count: int


@dataclass(frozen=True, slots=True)
class Period:
    """The figures. ``first`` and ``last`` are days in UTC, both included.

    ``decisions`` are how the answers of the period stand now; ``released``, ``rejected``, ``edited`` and the
    minutes are of what people did in the period, whenever the answer was written. ``minutes`` sums the times
    that were measured.
    """

    first: date
    last: date
    answers: int
    refused: int
    levels: Mapping[Level, int]
    decisions: Mapping[Decision, int]
    verdicts: Mapping[Verdict, int]
    models: Mapping[str, int]
    slices: tuple[Slice, ...]
    released: int
    rejected: int
    edited: int
    minutes: float
    median_minutes: float | None
    labelled: int
    overruled: tuple[Overruled, ...]
    topics: tuple[Topic, ...]


def collect(library: Library, first: date, last: date) -> Period:
    """The figures of the days from ``first`` to ``last``; LibraryError when they are the wrong way round.

    Erased answers are counted; what they were about is gone.
    """
    if last < first:
        raise LibraryError("period_backwards", first=first.isoformat(), last=last.isoformat())
    with library.reading():
        rows = [
            row for row in answers.list_answers(library, limit=-1) if _within(row.created_at, first, last)
        ]
        bodies = _bodies(library, {row.id for row in rows})
        decided = list(_decided(library, first, last))
        labels = [label for label in reviews.labels(library) if _within(label.at, first, last)]
    seconds = [body["seconds"] for body in decided if isinstance(body.get("seconds"), int | float)]
    overruled = Counter((label.shown, label.verdict) for label in labels if label.overruled)
    verdicts = Counter(Verdict(claim["verdict"]) for body in bodies.values() for claim in body["claims"])
    return Period(
        first=first,
        last=last,
        answers=len(rows),
        refused=sum(row.refused for row in rows),
        levels=Counter(row.level for row in rows),
        decisions=Counter(row.decision for row in rows),
        verdicts={verdict: count for verdict, count in verdicts.items() if verdict is not Verdict.NO_CLAIM},
        models=Counter(row.model or "" for row in rows),
        slices=tuple(_slices(rows, first, last)),
        released=sum(body["decision"] == Decision.RELEASED for body in decided),
        rejected=sum(body["decision"] == Decision.REJECTED for body in decided),
        edited=sum(bool(body.get("edited")) for body in decided),
        minutes=sum(seconds) / 60,
        median_minutes=median(seconds) / 60 if seconds else None,
        labelled=len(labels),
        overruled=tuple(Overruled(*pair, count) for pair, count in overruled.most_common()),
        topics=_topics(row.question for row in rows if row.question and _uncovered(bodies.get(row.id))),
    )


def _within(moment: str, first: date, last: date) -> bool:
    """Whether a moment (ISO 8601, UTC) lies in the days."""
    return first.isoformat() <= moment[:10] <= last.isoformat()


def _bodies(library: Library, wanted: set[Any]) -> dict[str, dict[str, Any]]:
    found = audit_log.records_of(library, RecordKind.ANSWER)
    return {record.answer_id: json.loads(record.body) for record in found if record.answer_id in wanted}


def _decided(library: Library, first: date, last: date) -> Iterable[dict[str, Any]]:
    for record in audit_log.records_of(library, RecordKind.DECISION):
        if _within(record.at, first, last):
            yield json.loads(record.body)


def _uncovered(body: Mapping[str, Any] | None) -> bool:
    """Whether the documents did not answer: a refusal, or nothing of the answer stands in them."""
    if body is None:
        return False
    verdicts = {Verdict(claim["verdict"]) for claim in body["claims"]} - {Verdict.NO_CLAIM}
    return bool(body["refused"]) or (bool(verdicts) and verdicts <= _NOT_COVERED)


def _slices(rows: Iterable[AnswerRow], first: date, last: date) -> Iterable[Slice]:
    """The period in at most so many parts: days, else weeks, months, years."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for begin in (_day, _week, _month, _year):
        starts = sorted({max(begin(day), first) for day in days})
        if len(starts) <= _MOST_SLICES or begin is _year:
            break
    levels: dict[date, Counter[Level]] = {start: Counter() for start in starts}
    for row in rows:
        levels[max(begin(date.fromisoformat(row.created_at[:10])), first)][row.level] += 1
    form = {_month: "%Y-%m", _year: "%Y"}.get(begin, "%Y-%m-%d")
    return (Slice(start, start.strftime(form), levels[start]) for start in starts[-_MOST_SLICES:])


def _day(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


def _topics(questions: Iterable[str]) -> tuple[Topic, ...]:
    """The most frequent questions, those that say nearly the same counted as one under the first wording."""
    groups: list[tuple[str, frozenset[str], int]] = []
    for question, count in Counter(map(str.strip, questions)).most_common():
        pairs = _pairs(question)
        for at, (name, known, total) in enumerate(groups):
            if len(pairs & known) >= _ALIKE * max(1, len(pairs | known)):
                groups[at] = (name, known, total + count)
                break
        else:
            groups.append((question, pairs, count))
    best = sorted(groups, key=lambda group: -group[2])[:_MOST_TOPICS]
    return tuple(Topic(name, count) for name, _, count in best)


def _pairs(question: str) -> frozenset[str]:
    """Pairs of letters: they compare questions in any language."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    letters = "".join(char for char in folded if char.isalnum())
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1)) or frozenset({letters})
