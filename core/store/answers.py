"""Answers as they were checked: a row to list them by, and their whole content as an audited text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import cattrs
from cattrs.strategies import configure_union_passthrough

from core.errors import DecisionError, LibraryError
from core.store.audit_log import text_of
from core.store.database import Library
from core.types import Answer, AnswerId, Decision, Level

_converter = cattrs.Converter(forbid_extra_keys=True)
configure_union_passthrough(str | int | float, _converter)


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


def encode(answer: Answer) -> str:
    """The answer as canonical JSON: sorted keys, no spaces, so that equal answers give equal text."""
    return canonical(_converter.unstructure(answer))


def decode(text: str) -> Answer:
    """The answer that ``encode`` wrote. Raises LibraryError when the text is not one."""
    try:
        stored = json.loads(text)
        if not isinstance(stored, dict):
            raise LibraryError("answer_damaged")
        return _converter.structure(stored, Answer)
    except (ValueError, cattrs.BaseValidationError) as error:
        raise LibraryError("answer_damaged") from error


def canonical(value: object) -> str:
    """JSON with one spelling for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def insert_answer(library: Library, answer: Answer) -> None:
    """Add the row of a new answer; its content is stored by the audit log in the same transaction."""
    library.db.table("answers").insert(_row(answer))


def update_decision(library: Library, answer: Answer) -> None:
    """Write a decision into the row of an answer that is still held.

    Raises DecisionError when somebody else has decided it meanwhile.
    """
    changed = library.db.execute(
        "update answers set decision = ?, decided_by = ?, decided_at = ? where id = ? and decision = ?",
        [answer.decision.value, answer.decided_by, answer.decided_at, answer.id, Decision.HELD.value],
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
    decided = text_of(library, row.id, "decision")
    return decode(content) if decided is None else _decided(decode(content), json.loads(decided))


def _decided(answer: Answer, decision: Mapping[str, Any]) -> Answer:
    return replace(
        answer,
        decision=Decision(decision["decision"]),
        decided_by=decision["who"],
        decided_at=decision["at"],
        decision_reason=decision["reason"],
        final_text=decision["final_text"],
        caveats=tuple(decision["caveats"]),
    )


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
