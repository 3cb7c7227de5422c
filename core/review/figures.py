"""The figures of review: bad answers among the passed, false alarms among the held, time, labels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from core.calibrate.intervals import Rate, rate
from core.review.queue import closed_by_four_eyes
from core.review.sampling import draw_secret, drawn, weights
from core.store import audit_log, reviews
from core.store.chain import RecordKind
from core.store.database import Library
from core.store.reviews import ReviewRow
from core.types import AnswerId, Decision, Level, Verdict

_BAD = (Verdict.CONTRADICTED, Verdict.CONFLICTING, Verdict.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Figures:
    """What review has found so far.

    ``missed`` is the rate of bad answers among those that passed as low, from those that people looked at
    (each weighted by the chance with which it came before them, see ``sampling.weights``); ``false_alarms``
    the rate of answers among the held ones that were released as they stood and with no claim found bad.
    Both with 95 % intervals.
    ``waiting`` are those that wait whatever was drawn: the held ones, and under four eyes also what had
    passed or been released unsigned before; ``sampled_waiting`` the drawn ones that nobody has looked at yet.
    ``minutes`` is all the time that was measured, ``median_minutes`` that of one decision.
    """

    missed: Rate
    false_alarms: Rate
    waiting: int
    sampled_waiting: int
    released: int
    rejected: int
    edited: int
    labelled: int
    overruled: int
    minutes: float
    median_minutes: float | None


def figures(library: Library, first: date | None = None, last: date | None = None) -> Figures:
    """The figures of all answers, or of those written from the day ``first`` to the day ``last`` (in UTC,
    both included); erased answers are left out.
    """
    rows = [row for row in reviews.review_rows(library) if _within(row, first, last)]
    secret, closed = draw_secret(library), closed_by_four_eyes(library)
    sampled = {row.id for row in rows if row.decision is Decision.USABLE and drawn(secret, row)}
    ids = {row.id for row in rows}
    decisions = {key: body for key, body in _last_decisions(library).items() if key in ids}
    labels = [label for label in reviews.labels(library) if label.answer_id in ids]
    bad_claims = {label.answer_id for label in labels if label.overruled and label.verdict in _BAD}
    contested = {label.answer_id for label in labels if label.verdict in _BAD}
    decided = [row for row in rows if row.id in decisions]
    passed = [row for row in decided if row.level is Level.LOW]
    held = [row for row in decided if row.level is not Level.LOW]
    stands_for = weights(secret, rows, {row.id for row in passed})
    missed = [row.decision is Decision.REJECTED or row.id in bad_claims for row in passed]
    false = [_stood(row, decisions[row.id]) and row.id not in contested for row in held]
    seconds = [body["seconds"] for body in decisions.values() if isinstance(body.get("seconds"), int | float)]
    return Figures(
        missed=rate(missed, [stands_for[row.id] for row in passed]),
        false_alarms=rate(false, [1.0] * len(held)),
        waiting=sum(row.decision is Decision.HELD or row.id in closed - sampled for row in rows),
        sampled_waiting=len(sampled),
        released=sum(row.decision is Decision.RELEASED for row in decided),
        rejected=sum(row.decision is Decision.REJECTED for row in decided),
        edited=sum(bool(body.get("edited")) for body in decisions.values()),
        labelled=len(labels),
        overruled=sum(label.overruled for label in labels),
        minutes=sum(seconds) / 60,
        median_minutes=median(seconds) / 60 if seconds else None,
    )


def _within(row: ReviewRow, first: date | None, last: date | None) -> bool:
    day = row.created_at[:10]
    return (first is None or first.isoformat() <= day) and (last is None or day <= last.isoformat())


def _last_decisions(library: Library) -> dict[AnswerId, dict[str, Any]]:
    found = {}
    for record in audit_log.records_of(library, RecordKind.DECISION):
        found[AnswerId(record.answer_id)] = json.loads(record.body)
    return found


def _stood(row: ReviewRow, body: Mapping[str, Any]) -> bool:
    return row.decision is Decision.RELEASED and not body.get("edited")
