"""What people say of single claims: confirmed or overruled, kept as labelled data."""

from __future__ import annotations

from core import audit
from core.audit import RecordKind
from core.errors import DecisionError
from core.store import answers, reviews
from core.store.answers import canonical
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Verdict


def label_claim(
    library: Library, answer_id: str, claim_number: int, verdict: Verdict, *, who: str, reason: str = ""
) -> ClaimLabel:
    """Keep a person's verdict on one claim; the same verdict as shown confirms it, another overrules it.

    ``claim_number`` counts from 0 in the answer's claims. Said again, it replaces what was said before; the
    log keeps both. Raises DecisionError without a name or for a claim that is not there, LibraryError for
    an unknown or erased answer.
    """
    if not who.strip():
        raise DecisionError("decision_name")
    answer = answers.load_answer(library, answer_id)
    claims = answer.check.claims
    if not 0 <= claim_number < len(claims):
        raise DecisionError("label_claim", number=claim_number + 1, claims=len(claims))
    claim = claims[claim_number]
    with library.writing():
        label = ClaimLabel(
            answer.id, claim_number, claim.verdict, claim.risk, verdict, who.strip(), audit.now()
        )
        reviews.put_label(library, label)
        body = {
            "claim": claim_number,
            "shown": claim.verdict.value,
            "risk": claim.risk,
            "verdict": verdict.value,
            "overruled": label.overruled,
        }
        texts = {"label": canonical({"who": who.strip(), "reason": reason.strip()})}
        audit.record_event(library, RecordKind.LABEL, body, texts, answer.id)
    return next(kept for kept in reviews.labels(library, answer.id) if kept.claim == claim_number)


def labels(library: Library, answer_id: str | None = None) -> tuple[ClaimLabel, ...]:
    """All that was said of claims, or of those of one answer; for calibration and for the figures.

    Raises LibraryError for an unknown answer.
    """
    known = None if answer_id is None else answers.find_row(library, answer_id).id
    return reviews.labels(library, known)
