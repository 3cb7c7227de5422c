"""The queue: what waits for a person, the riskiest and oldest first, with a sample of what had passed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from core import audit
from core.audit import RecordKind
from core.errors import DecisionError
from core.review.sampling import draw_secret, drawn, hides_level, uniform
from core.store import answers, audit_log, reviews
from core.store.answers import canonical
from core.store.database import Library
from core.store.reviews import ReviewRow
from core.types import AnswerId, Decision, Level

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An answer that waits. ``level`` and ``risk`` are None where they are hidden: for everything that was
    drawn from the passed ones, and for some of the held ones, so that nobody can tell them apart.
    """

    answer_id: AnswerId
    created_at: str
    question: str | None
    level: Level | None
    risk: float | None
    age_hours: float
    assigned_to: str | None


def queue(
    library: Library,
    *,
    level: Level | None = None,
    assigned_to: str | None = None,
    text: str = "",
    at: datetime | None = None,
) -> tuple[QueueItem, ...]:
    """What waits for a decision, by risk × age, the most pressing first.

    ``level`` leaves only those that show this level, ``assigned_to`` those of this reviewer (empty: of
    nobody), ``text`` those whose question holds it. ``at`` is the present by default.
    """
    secret, moment = draw_secret(library), at or datetime.now(UTC)
    closed = closed_by_four_eyes(library)
    waiting = [row for row in reviews.review_rows(library) if _waits(secret, row) or row.id in closed]
    risks = sorted(row.risk for row in waiting if row.level is not Level.LOW)
    pressing = [
        (_risk(secret, row, risks) * (_age(row, moment) + 1), _item(secret, row, moment)) for row in waiting
    ]
    pressing.sort(key=lambda pair: (-pair[0], pair[1].created_at, pair[1].answer_id))
    return tuple(item for _, item in pressing if _wanted(item, level, assigned_to, text))


def assign(library: Library, answer_id: str, who: str | None, *, by: str) -> AnswerId:
    """Give an answer to a reviewer, or with None to nobody; recorded under the name of ``by``.

    Raises LibraryError for an unknown answer, DecisionError without a name.
    """
    if not by.strip() or (who is not None and not who.strip()):
        raise DecisionError("decision_name")
    row = answers.find_row(library, answer_id)
    name = who.strip() if who is not None else None
    with library.writing():
        reviews.assign(library, row.id, name, audit.now())
        texts = {"assignment": canonical({"who": name, "by": by.strip()})}
        audit.record_event(library, RecordKind.ASSIGNMENT, {"assigned": name is not None}, texts, row.id)
    return row.id


def closed_by_four_eyes(library: Library) -> frozenset[AnswerId]:
    """What had passed, or was released unsigned, before four eyes were asked for: it waits anew."""
    if not answers.four_eyes(library):
        return frozenset()
    signed = {
        record.answer_id: json.loads(record.body).get("key") is not None
        for record in audit_log.records_of(library, RecordKind.DECISION)
    }
    open_before = (Decision.USABLE, Decision.RELEASED)
    rows = (row for row in reviews.review_rows(library) if row.decision in open_before)
    return frozenset(row.id for row in rows if not signed.get(row.id, False))


def _waits(secret: bytes, row: ReviewRow) -> bool:
    return row.decision is Decision.HELD or (row.decision is Decision.USABLE and drawn(secret, row))


def _risk(secret: bytes, row: ReviewRow, risks: list[float]) -> float:
    """The risk that orders an answer; a low one borrows that of a held one, or its place would tell."""
    if row.level is not Level.LOW:
        return row.risk
    chance = uniform(secret, "order", row.id)
    return risks[int(chance * len(risks))] if risks else chance


def _age(row: ReviewRow, moment: datetime) -> float:
    return max(0.0, (moment - datetime.fromisoformat(row.created_at)).total_seconds() / _HOUR)


def _item(secret: bytes, row: ReviewRow, moment: datetime) -> QueueItem:
    hidden = hides_level(secret, row)
    return QueueItem(
        row.id,
        row.created_at,
        row.question,
        None if hidden else row.level,
        None if hidden else row.risk,
        _age(row, moment),
        row.assigned_to,
    )


def _wanted(item: QueueItem, level: Level | None, assigned_to: str | None, text: str) -> bool:
    return (
        (level is None or item.level is level)
        and (assigned_to is None or (item.assigned_to or "").casefold() == assigned_to.casefold())
        and text.casefold() in (item.question or "").casefold()
    )
