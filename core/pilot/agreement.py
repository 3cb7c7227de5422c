"""How an answer agrees with the expected one: by words, and by the verifier in both directions."""

from __future__ import annotations

from rapidfuzz import fuzz

from core.language import detect_language
from core.pilot.types import Agreement
from core.types import Check, Verdict
from core.verify.sources import ContextSource
from core.verify.text import words
from core.verify.verifier import Verifier


def similarity(one: str, other: str) -> float:
    """Rapidfuzz's token-set ratio over comparable words (Chinese by pairs of characters), 0..1.

    A short answer that stands whole inside a longer one counts as alike.
    """
    keys = (" ".join(word.key for word in words(text)) for text in (one, other))
    return round(fuzz.token_set_ratio(*keys) / 100, 4)


def agreement(verifier: Verifier, question: str, expected: str, answer: str, *, refused: bool) -> Agreement:
    """Compare an answer with the expected one. A refusal states nothing, so that nothing is entailed."""
    alike = similarity(expected, answer)
    if refused or not answer.strip():
        return Agreement(alike, covers=False)
    forward = _checked(verifier, question, claim=expected, evidence=answer)
    backward = _checked(verifier, question, claim=answer, evidence=expected)
    return Agreement(
        similarity=alike,
        covers=_holds(forward),
        covered=_holds(backward),
        covers_risk=forward.risk,
        covered_risk=backward.risk,
    )


def _checked(verifier: Verifier, question: str, *, claim: str, evidence: str) -> Check:
    """The claim, as the only answer to the question, held against the other text alone."""
    return verifier.check(claim, ContextSource([evidence]), question, detect_language(claim))


def _holds(check: Check) -> bool | None:
    """Whether every statement is supported; None where the verifier found none."""
    stated = [claim for claim in check.claims if claim.verdict is not Verdict.NO_CLAIM]
    return all(claim.verdict is Verdict.SUPPORTED for claim in stated) if stated else None
