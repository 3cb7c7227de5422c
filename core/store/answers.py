"""Answers as they were checked: a row to list them by, and their whole content as an audited text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.errors import DecisionError, LibraryError
from core.settings import load_settings
from core.signing import fingerprint_of
from core.store import users
from core.store.audit_log import text_of
from core.store.content import apply_decision, canonical, content_digest, decode, encode, encode_decision
from core.store.database import Library
from core.store.facts import fact, set_fact
from core.types import Answer, AnswerId, Decision, Level

__all__ = [
    "AnswerRow",
    "canonical",
    "content_digest",
    "decode",
    "encode",
    "encode_decision",
    "erase_answer",
    "find_row",
    "four_eyes",
    "insert_answer",
    "list_answers",
    "load_answer",
    "own_four_eyes",
    "set_four_eyes",
    "update_decision",
]
_FOUR_EYES = "four_eyes"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of the history. ``question`` is None for a supplied text without one, or when erased."""

    id: AnswerId
    created_at: str
    question: str | None
    level: Level
    risk: float
    coverage: float
    decision: Decision
    refused: bool
    model: str | None
    decided_by: str | None
    erased: bool


def four_eyes(library: Library) -> bool:
    """Whether the policy lets nothing out without the signature of a second person: that of the library, or
    this user's settings.
    """
    return own_four_eyes(library) or load_settings().four_eyes


def own_four_eyes(library: Library) -> bool:
    """Whether it is the library's own policy, whatever the settings of whoever opens it say."""
    return fact(library, _FOUR_EYES) == "1"


def set_four_eyes(library: Library, on: bool) -> None:
    """Switch that policy; the caller records it."""
    set_fact(library, _FOUR_EYES, "1" if on else "0")


def insert_answer(library: Library, answer: Answer, sample_rate: float | None = None) -> None:
    """Add the row of a new answer; its content is stored by the audit log in the same transaction.

    ``sample_rate`` is the share of its kind that a reviewer looks at all the same; None where all wait.
    """
    library.db.table("answers").insert(_row(answer) | {"sample_rate": sample_rate})


def update_decision(library: Library, answer: Answer, previous: Decision = Decision.HELD) -> None:
    """Write a decision into the row of an answer, in place of the ``previous`` one.

    Raises DecisionError when somebody else has decided it meanwhile.
    """
    changed = library.db.execute(
        "update answers set decision = ?, decided_by = ?, decided_at = ? where id = ? and decision = ?",
        [answer.decision.value, answer.decided_by, answer.decided_at, answer.id, previous.value],
    )
    if changed.rowcount != 1:
        raise DecisionError("decision_not_held", decision=find_row(library, answer.id).decision.value)


def erase_answer(library: Library, answer_id: AnswerId) -> None:
    """Forget what an answer's row says in words; figures and the decision stay."""
    library.db.table("answers").update(answer_id, {"question": None, "erased": 1})


def list_answers(
    library: Library,
    *,
    decision: Decision | None = None,
    level: Level | None = None,
    limit: int = 1000,
    offset: int = 0,
) -> tuple[AnswerRow, ...]:
    """The newest answers first, filtered where asked."""
    query = (
        "select * from answers where (:decision is null or decision = :decision)"
        " and (:level is null or level = :level)"
        " order by created_at desc, rowid desc limit :limit offset :offset"
    )
    params = {"decision": decision, "level": level, "limit": limit, "offset": offset}
    return tuple(_answer_row(row) for row in library.db.query(query, params))


def find_row(library: Library, answer_id: str) -> AnswerRow:
    """The row of one answer, by its id or an unambiguous beginning of it (8 characters or more).

    Raises LibraryError when there is none, or more than one.
    """
    if len(answer_id) < 8:
        raise LibraryError("answer_unknown", id=answer_id)
    query = "select * from answers where substr(id, 1, ?) = ? limit 2"
    rows = list(library.db.query(query, [len(answer_id), answer_id]))
    if len(rows) != 1:
        raise LibraryError("answer_unknown", id=answer_id)
    return _answer_row(rows[0])


def load_answer(library: Library, answer_id: str) -> Answer:
    """The answer as it was checked, with its latest decision.

    Raises LibraryError when it is unknown, was erased, or its stored text is damaged.
    """
    row = find_row(library, answer_id)
    if row.erased:
        raise LibraryError("answer_erased", id=row.id)
    content = text_of(library, row.id, "content")
    if content is None:
        raise LibraryError("answer_damaged")
    answer = decode(content)
    decided = text_of(library, row.id, "decision")
    if decided is not None:
        answer = _known_signature(library, apply_decision(answer, decided))
    return replace(answer, four_eyes=answer.four_eyes or four_eyes(library))


def _known_signature(library: Library, answer: Answer) -> Answer:
    """Without its signature where the key is not that of a reviewer of this name at that time."""
    if answer.signature is None:
        return answer
    key = users.find_key(library, fingerprint_of(bytes.fromhex(answer.signature.key)))
    good = key is not None and key.may_sign(answer.decided_by or "", answer.decided_at or "")
    return answer if good else replace(answer, signature=None)


def _row(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.id,
        "created_at": answer.created_at,
        "question": answer.question,
        "level": answer.check.level.value,
        "risk": answer.check.risk,
        "coverage": answer.check.coverage,
        "decision": answer.decision.value,
        "refused": int(answer.refused),
        "model": answer.model.name if answer.model else None,
        "decided_by": answer.decided_by,
        "decided_at": answer.decided_at,
        "erased": 0,
    }


def _answer_row(row: Mapping[str, Any]) -> AnswerRow:
    return AnswerRow(
        id=AnswerId(row["id"]),
        created_at=row["created_at"],
        question=row["question"],
        level=Level(row["level"]),
        risk=row["risk"],
        coverage=row["coverage"],
        decision=Decision(row["decision"]),
        refused=bool(row["refused"]),
        model=row["model"],
        decided_by=row["decided_by"],
        erased=bool(row["erased"]),
    )
