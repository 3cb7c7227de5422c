"""Writing records of answers, decisions and erasures; any other event is ``record_event``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from core.errors import AuditError
from core.store import answers, audit_log
from core.store.answers import canonical
from core.store.chain import GENESIS, RecordKind, append
from core.store.database import Library
from core.types import Answer, AnswerId, Claim, Decision, Evidence


def new_answer_id() -> AnswerId:
    """A fresh id of 32 hexadecimal digits."""
    return AnswerId(secrets.token_hex(16))


def record_answer(
    library: Library,
    answer: Answer,
    *,
    prompt: str,
    context: Mapping[str, Any],
    sample_rate: float = 0.0,
) -> None:
    """Write a checked answer: its row, its texts and its record, or nothing at all.

    ``prompt`` is what the model read; ``context`` the settings and versions that a replay needs;
    ``sample_rate`` the share of passed answers that a reviewer is to look at all the same.
    """
    texts = {"content": answers.encode(answer), "prompt": prompt}
    with library.writing():
        passed = answer.decision is Decision.USABLE
        answers.insert_answer(library, answer, sample_rate if passed else None)
        append(library, RecordKind.ANSWER, {**_structure(answer), "context": context}, texts, answer.id)


def record_decision(
    library: Library,
    answer: Answer,
    *,
    previous: Decision = Decision.HELD,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write who released or rejected an answer and why; the answer already carries the decision.

    ``previous`` is the decision that it replaces, ``details`` what the record says openly besides (codes
    and figures, no words). Raises DecisionError when somebody else has decided meanwhile.
    """
    body = {"decision": answer.decision.value, **(details or {})}
    texts = {"decision": answers.encode_decision(answer)}
    with library.writing():
        answers.update_decision(library, answer, previous)
        append(library, RecordKind.DECISION, body, texts, answer.id)


def erase(library: Library, answer_id: str, *, who: str, reason: str) -> AnswerId:
    """Forget an answer's texts, as the law may demand; that it was done, by whom and why is recorded.

    Raises LibraryError for an unknown answer, AuditError without a name and a reason or while a legal
    hold keeps the answer.
    """
    if not who.strip() or not reason.strip():
        raise AuditError("erase_reason")
    row = answers.find_row(library, answer_id)
    with library.writing():
        if any(held.answer_id in ("", row.id) for held in audit_log.holds(library)):
            raise AuditError("erase_held", id=row.id)
        roles = audit_log.erase_texts(library, row.id)
        answers.erase_answer(library, row.id)
        texts = {"erasure": canonical({"who": who, "reason": reason})}
        append(library, RecordKind.ERASURE, {"roles": list(roles)}, texts, row.id)
    return row.id


def head(library: Library) -> str:
    """The hash of the last record: print it, keep it elsewhere, compare later."""
    last = audit_log.last_record(library)
    return last.hash if last else GENESIS


def _structure(answer: Answer) -> dict[str, Any]:
    """What a record says openly: figures, hashes and positions, no words of the answer or a document."""
    return {
        "decision": answer.decision.value,
        "level": answer.check.level.value,
        "risk": answer.check.risk,
        "coverage": answer.check.coverage,
        "refused": answer.refused,
        "four_eyes": answer.four_eyes,
        "model": answer.model.record() if answer.model else None,
        "claims": [_claim_structure(claim) for claim in answer.check.claims],
        "generation": dict(answer.generation),
    }


def _claim_structure(claim: Claim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "verdict": claim.verdict.value,
        "risk": claim.risk,
        "reasons": [reason.code for reason in claim.reasons],
        "evidence": [_evidence_structure(item) for item in claim.evidence],
    }


def _evidence_structure(item: Evidence) -> dict[str, Any]:
    place = item.place
    return {
        "relation": item.relation.value,
        "document_sha256": place.document_sha256 if place else None,
        "page": place.page if place else None,
        "start": item.start,
        "end": item.end,
        "score": item.score,
    }
