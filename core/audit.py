"""The audit log: one hash-chained record for whatever happens to an answer.

Each record commits to its texts by salted SHA-256 digests and to the record before it by its hash, so an
edit, a removal or a reordering is found and named, while a text can be erased and the chain still holds.
A chain alone proves nothing against truncation or a full recomputation: keep the head hash (``head``)
outside the library and compare it (``verify(head=…)``).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.errors import AuditError
from core.store import answers, audit_log
from core.store.answers import canonical
from core.store.audit_log import StoredRecord, StoredText
from core.store.database import Library
from core.types import Answer, AnswerId, Claim, Evidence

GENESIS = "0" * 64
ERASED_ROLES = ("content", "prompt", "decision")


class RecordKind(StrEnum):
    """What happened."""

    ANSWER = "answer"
    DECISION = "decision"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the log: ``audit.<code>`` in the words, and the number of the record."""

    code: str
    seq: int
    answer_id: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of reading the whole log. ``head`` is the hash of its last record."""

    records: int
    erased: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def now() -> str:
    """The time as records hold it: ISO 8601, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_answer_id() -> AnswerId:
    """A fresh id of 32 hexadecimal digits."""
    return AnswerId(secrets.token_hex(16))


def record_answer(library: Library, answer: Answer, *, prompt: str, context: Mapping[str, Any]) -> None:
    """Write a checked answer: its row, its texts and its record, or nothing at all.

    ``prompt`` is what the model read; ``context`` the settings and versions that a replay needs.
    """
    texts = {"content": answers.encode(answer), "prompt": prompt}
    with library.writing():
        answers.insert_answer(library, answer)
        _append(library, RecordKind.ANSWER, answer.id, {**_structure(answer), "context": context}, texts)


def record_decision(library: Library, answer: Answer) -> None:
    """Write who released or rejected an answer and why; the answer already carries the decision."""
    decision = {
        "decision": answer.decision.value,
        "who": answer.decided_by,
        "at": answer.decided_at,
        "reason": answer.decision_reason,
        "final_text": answer.final_text,
        "caveats": list(answer.caveats),
    }
    with library.writing():
        answers.update_decision(library, answer)
        body = {"decision": answer.decision.value}
        _append(library, RecordKind.DECISION, answer.id, body, {"decision": canonical(decision)})


def erase(library: Library, answer_id: str, *, who: str, reason: str) -> AnswerId:
    """Forget an answer's texts, as the law may demand; that it was done, by whom and why is recorded.

    Raises LibraryError for an unknown answer, AuditError without a name and a reason.
    """
    if not who.strip() or not reason.strip():
        raise AuditError("erase_reason")
    row = answers.find_row(library, answer_id)
    with library.writing():
        audit_log.erase_texts(library, row.id, ERASED_ROLES)
        answers.erase_answer(library, row.id)
        texts = {"erasure": canonical({"who": who, "reason": reason})}
        _append(library, RecordKind.ERASURE, row.id, {"roles": list(ERASED_ROLES)}, texts)
    return row.id


def head(library: Library) -> str:
    """The hash of the last record: print it, keep it elsewhere, compare later."""
    last = audit_log.last_record(library)
    return last.hash if last else GENESIS


def verify(library: Library, *, expected_head: str | None = None) -> Verification:
    """Read the whole log and name every record that does not hold.

    ``expected_head`` is a head hash that was kept outside; a log that no longer contains it was cut off
    or rewritten.
    """
    findings: list[Finding] = []
    last, count, gone = GENESIS, 0, set[tuple[int, str]]()
    hashes, erased_answers, latest = {GENESIS}, set[str](), dict[str, str]()
    for count, record in enumerate(audit_log.records(library), start=1):
        stored = {text.role: text for text in audit_log.texts(library, record.seq)}
        findings += _check_link(record, count, last)
        findings += _check_texts(record, stored)
        gone |= {(record.seq, record.answer_id) for text in stored.values() if text.text is None}
        if record.kind == RecordKind.ERASURE:
            erased_answers.add(record.answer_id)
        decision = _body(record).get("decision")
        if isinstance(decision, str):
            latest[record.answer_id] = decision
        last = record.hash
        hashes.add(last)
    findings += [Finding("text_removed", seq, who) for seq, who in sorted(gone) if who not in erased_answers]
    findings += _check_rows(library, latest)
    if expected_head is not None and expected_head not in hashes:
        findings.append(Finding("head_missing", count, ""))
    return Verification(count, len(gone), last, tuple(findings))


def _append(
    library: Library, kind: RecordKind, answer_id: AnswerId, body: Mapping[str, Any], texts: Mapping[str, str]
) -> None:
    last = audit_log.last_record(library)
    seq = last.seq + 1 if last else 1
    stored = tuple(_salted(seq, answer_id, role, text) for role, text in sorted(texts.items()))
    whole = canonical({**body, "texts": {text.role: text.digest for text in stored}})
    at, previous = now(), last.hash if last else GENESIS
    digest = _link_hash(seq, at, kind.value, answer_id, whole, previous)
    audit_log.append_record(
        library, StoredRecord(seq, at, kind.value, answer_id, whole, previous, digest), stored
    )


def _salted(seq: int, answer_id: AnswerId, role: str, text: str) -> StoredText:
    salt = secrets.token_bytes(16)
    return StoredText(seq, answer_id, role, salt, _text_digest(salt, text), text)


def _text_digest(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode("utf-8")).hexdigest()


def _link_hash(seq: int, at: str, kind: str, answer_id: str, body: str, previous: str) -> str:
    link = canonical([seq, at, kind, answer_id, body, previous])
    return hashlib.sha256(link.encode("utf-8")).hexdigest()


def _structure(answer: Answer) -> dict[str, Any]:
    """What a record says openly: figures, hashes and positions, no words of the answer or a document."""
    return {
        "decision": answer.decision.value,
        "level": answer.check.level.value,
        "risk": answer.check.risk,
        "coverage": answer.check.coverage,
        "refused": answer.refused,
        "model": {"name": answer.model.name, "sha256": answer.model.sha256} if answer.model else None,
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


def _body(record: StoredRecord) -> dict[str, Any]:
    try:
        body = json.loads(record.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _check_link(record: StoredRecord, position: int, previous: str) -> Iterator[Finding]:
    if record.seq != position:
        yield Finding("out_of_order", record.seq, record.answer_id)
    if record.previous != previous:
        yield Finding("broken_link", record.seq, record.answer_id)
    link = (record.seq, record.at, record.kind, record.answer_id, record.body, record.previous)
    if _link_hash(*link) != record.hash:
        yield Finding("record_edited", record.seq, record.answer_id)


def _check_texts(record: StoredRecord, texts: Mapping[str, StoredText]) -> Iterator[Finding]:
    committed = _body(record).get("texts", {})
    for role, digest in sorted(committed.items()) if isinstance(committed, dict) else ():
        stored = texts.get(role)
        if stored is None:
            yield Finding("text_missing", record.seq, record.answer_id)
        elif stored.digest != digest or (
            stored.text is not None and _text_digest(stored.salt, stored.text) != digest
        ):
            yield Finding("text_edited", record.seq, record.answer_id)


def _check_rows(library: Library, latest: Mapping[str, str]) -> Iterator[Finding]:
    """The history must say what the chain says: no row without a record, none with another decision."""
    rows = {row.id: row for row in answers.list_answers(library, limit=-1)}
    for answer_id in sorted({*rows, *latest}):
        row = rows.get(AnswerId(answer_id))
        if row is None or latest.get(answer_id) != row.decision.value:
            yield Finding("row_differs", 0, answer_id)
