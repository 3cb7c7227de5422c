"""The tables of review: who looks at which answer, and what people said of its claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from core.types import AnswerId, Decision, Level, Verdict

if TYPE_CHECKING:  # core.store.migrations imports this module, and the library imports the migrations
    from core.store.database import Library


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An answer as the queue sees it. ``sample_rate`` is None where every answer of its kind waits, else
    the probability with which this one was to be drawn when it was written.
    """

    id: AnswerId
    created_at: str
    question: str | None
    level: Level
    risk: float
    decision: Decision
    sample_rate: float | None
    assigned_to: str | None


@dataclass(frozen=True, slots=True)
class ClaimLabel:
    """What a person said of one claim (numbered from 0) and what Touchstone had shown; ``at`` is ISO 8601
    in UTC.
    """

    answer_id: AnswerId
    claim: int
    shown: Verdict
    risk: float
    verdict: Verdict
    who: str
    at: str

    @property
    def overruled(self) -> bool:
        """Whether the person disagreed."""
        return self.verdict is not self.shown


_SCHEMA = (
    "alter table answers add column sample_rate real",
    """create table assignments (
        answer_id text primary key, who text not null, at text not null) without rowid""",
    """create table claim_labels (
        answer_id text not null, claim integer not null, shown text not null, risk real not null,
        verdict text not null, who text not null, at text not null, primary key (answer_id, claim))
        without rowid""",
)


def m0005_reviews(db: Database) -> None:
    """Create labels of claims and assignments, and remember the chance of a passed answer to be looked at."""
    for statement in _SCHEMA:
        db.execute(statement)


_ROW = """select a.id, a.created_at, a.question, a.level, a.risk, a.decision, a.sample_rate,
    s.who as assigned_to from answers a left join assignments s on s.answer_id = a.id where a.erased = 0 """


def review_rows(library: Library) -> tuple[ReviewRow, ...]:
    """Every answer whose texts are still there, the oldest first."""
    return tuple(_row(row) for row in library.db.query(_ROW + "order by a.created_at, a.rowid"))


def review_row(library: Library, answer_id: AnswerId) -> ReviewRow | None:
    """One answer as the queue sees it; None when it is unknown or erased."""
    return next((_row(row) for row in library.db.query(_ROW + "and a.id = ?", [answer_id])), None)


def assign(library: Library, answer_id: AnswerId, who: str | None, at: str) -> None:
    """Give an answer to a reviewer, or with None to nobody."""
    library.db.execute("delete from assignments where answer_id = ?", [answer_id])
    if who is not None:
        library.db.execute(
            "insert into assignments (answer_id, who, at) values (?, ?, ?)", [answer_id, who, at]
        )


def put_label(library: Library, label: ClaimLabel) -> None:
    """Keep what a person said of a claim, in place of what was said before."""
    library.db.execute(
        """insert or replace into claim_labels (answer_id, claim, shown, risk, verdict, who, at)
        values (?, ?, ?, ?, ?, ?, ?)""",
        [
            *(label.answer_id, label.claim, label.shown.value, label.risk),
            *(label.verdict.value, label.who, label.at),
        ],
    )


def labels(library: Library, answer_id: AnswerId | None = None) -> tuple[ClaimLabel, ...]:
    """All labels, or those of one answer, by answer and claim."""
    query = """select l.* from claim_labels l
        join answers a on a.id = l.answer_id where ? is null or l.answer_id = ?
        order by a.created_at, l.answer_id, l.claim"""
    return tuple(_label(row) for row in library.db.query(query, [answer_id, answer_id]))


def _row(row: Mapping[str, Any]) -> ReviewRow:
    return ReviewRow(
        id=AnswerId(row["id"]),
        created_at=row["created_at"],
        question=row["question"],
        level=Level(row["level"]),
        risk=row["risk"],
        decision=Decision(row["decision"]),
        sample_rate=row["sample_rate"],
        assigned_to=row["assigned_to"],
    )


def _label(row: Mapping[str, Any]) -> ClaimLabel:
    return ClaimLabel(
        answer_id=AnswerId(row["answer_id"]),
        claim=row["claim"],
        shown=Verdict(row["shown"]),
        risk=row["risk"],
        verdict=Verdict(row["verdict"]),
        who=row["who"],
        at=row["at"],
    )
