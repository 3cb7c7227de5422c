"""Which texts of the log no longer stand: a draft that was released in other words, a decision after which
another one came, a verdict on a claim that was said anew.

The log keeps them all. Whoever reads it elsewhere must not take a draft for what went out, so that the files
that leave say of each text which later record stands in its place. The open bodies tell it, no words are
needed: it is told of erased texts, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.audit.findings import mapped
from core.store import audit_log
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import Decision

Superseded = Mapping[tuple[int, str], int]


def superseded(library: Library, answer_id: str | None = None) -> Superseded:
    """For (number of a record, role of a text) the number of the record that stands in its place; of all
    records, or of those about one answer. What still stands is not in it.
    """
    found: dict[tuple[int, str], int] = {}
    drafts: dict[str, int] = {}  # answer -> its own record
    decided: dict[str, tuple[int, bool]] = {}  # answer -> its last decision, and whether that went out edited
    said: dict[str, int] = {}  # what a label is about -> its last record
    for record in audit_log.records(library, answer_id):
        if record.kind == RecordKind.ANSWER:
            drafts[record.answer_id] = record.seq
        elif record.kind == RecordKind.DECISION:
            if record.answer_id in decided:
                found[decided[record.answer_id][0], "decision"] = record.seq
            decided[record.answer_id] = record.seq, _edited(record.body)
        elif record.kind == RecordKind.LABEL:
            about = _about(record.answer_id, record.body)
            if about in said:
                found[said[about], "label"] = record.seq
            said[about] = record.seq
    edited = ((answer, seq) for answer, (seq, went_out_edited) in decided.items() if went_out_edited)
    return found | {(drafts[answer], "content"): seq for answer, seq in edited if answer in drafts}


def by_role(known: Superseded, seq: int, roles: tuple[str, ...]) -> dict[str, int]:
    """Of one record's texts, those that no longer stand."""
    return {role: known[seq, role] for role in roles if (seq, role) in known}


def _edited(text: str) -> bool:
    body = mapped(text)
    return body.get("decision") == Decision.RELEASED and body.get("edited") is True


def _about(answer_id: str, text: str) -> str:
    body = mapped(text)
    return json.dumps([answer_id, body.get("claim"), body.get("for"), body.get("sample")])
