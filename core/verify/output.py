"""A check as the JSON objects of the stable contract (design, section 4)."""

from __future__ import annotations

from typing import Any

from core.types import Box, Check, Claim, Evidence, Language, Reason
from core.words import say_reason


def check_object(check: Check, language: Language) -> dict[str, Any]:
    """The object of one checked answer; an evidence item names its context or its place in a document.

    ``language`` is the one the reasons are put into.
    """
    return {
        "risk": check.risk,
        "level": check.level.value,
        "coverage": check.coverage,
        "reasons": [_reason(reason, language) for reason in check.reasons],
        "claims": [claim_object(claim, language) for claim in check.claims],
    }


def claim_object(claim: Claim, language: Language) -> dict[str, Any]:
    """The object of one claim."""
    return {
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "verdict": claim.verdict.value,
        "risk": claim.risk,
        "reasons": [_reason(reason, language) for reason in claim.reasons],
        "spans": [{"start": span.start, "end": span.end, "risk": span.risk} for span in claim.spans],
        "evidence": [evidence_object(evidence) for evidence in claim.evidence],
    }


def _reason(reason: Reason, language: Language) -> dict[str, str]:
    return {"code": reason.code, "text": say_reason(reason, language)}


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    """The object of one quote."""
    return {
        "relation": evidence.relation.value,
        **_where(evidence),
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "score": evidence.score,
    }


def _where(evidence: Evidence) -> dict[str, Any]:
    place = evidence.place
    if place is None:
        return {"context": evidence.context_index}
    return {
        "document": place.document,
        "document_sha256": place.document_sha256,
        "page": place.page,
        "section": place.section,
        "sheet": place.sheet,
        "cells": place.cells,
        "box": _box(place.box),
    }


def _box(box: Box | None) -> list[float] | None:
    return [box.x0, box.y0, box.x1, box.y1] if box else None
