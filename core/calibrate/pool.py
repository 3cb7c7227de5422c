"""The claims of stored answers that may be drawn: what the audit log says of them, in figures only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.store import answers, audit_log
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import Verdict
from core.verify.levels import never_low
from core.verify.policy import SHIPPED, Calibration, from_record

ALWAYS_HELD = 1.0  # the risk of an answer that no threshold lets pass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that could be drawn, with its risk and its answer's as shipped."""

    answer_id: str
    claim: int
    risk: float
    answer_risk: float


@dataclass(frozen=True, slots=True)
class Pool:
    """All that can be drawn. ``answers`` are the shipped risks of all answers that claim something;
    ``elsewhere`` counts answers left out because another version of the verifier had checked them.
    """

    candidates: tuple[Candidate, ...]
    answers: tuple[float, ...]
    elsewhere: int


def pool_of(library: Library, verifier: str) -> Pool:
    """Every claim that this verifier could check in an answer that is still there.

    Claims that could not be checked are no part of it: their answers are held whatever a threshold says.
    """
    there = {row.id for row in answers.list_answers(library, limit=-1) if not row.erased}
    candidates: list[Candidate] = []
    risks: list[float] = []
    elsewhere = 0
    for answer_id, body in _answer_records(library):
        if answer_id not in there:
            continue
        context = body.get("context", {})
        if context.get("verifier") != verifier:
            elsewhere += 1
            continue
        answer_risk, found = _claims(answer_id, body, _calibration(context.get("policy")))
        candidates += found
        risks += [] if answer_risk is None else [answer_risk]
    return Pool(tuple(candidates), tuple(risks), elsewhere)


def _answer_records(library: Library) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for record in audit_log.records(library):
        if record.kind == RecordKind.ANSWER:
            yield record.answer_id, json.loads(record.body)


def _calibration(record: Mapping[str, Any] | None) -> Calibration:
    return SHIPPED if record is None else from_record(record)


def _claims(answer_id: str, body: Mapping[str, Any], of: Calibration) -> tuple[float | None, list[Candidate]]:
    """The answer's shipped risk, None where it claims nothing, and its claims that were checked."""
    stated = [(at, one) for at, one in enumerate(body["claims"]) if one["verdict"] != Verdict.NO_CLAIM.value]
    if not stated:
        return None, []
    held = any(never_low(Verdict(one["verdict"]), one["reasons"]) for _, one in stated)
    risk = ALWAYS_HELD if held else of.shipped(body["risk"])
    checked = [(at, one) for at, one in stated if one["verdict"] != Verdict.COULD_NOT_CHECK.value]
    return risk, [Candidate(answer_id, at, of.shipped(one["risk"]), risk) for at, one in checked]
