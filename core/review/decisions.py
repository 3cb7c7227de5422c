"""Decisions of people about answers: release, release with caveats, reject; signed where a key is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from core import audit, gate
from core.errors import DecisionError, IdentityError
from core.identity import Session, find_user, same_person
from core.review.sampling import draw_secret, drawn
from core.signing import fingerprint_of
from core.store import answers, reviews, users
from core.store.content import sign_decision
from core.store.database import Library
from core.types import Answer, Check, Decision

Recheck = Callable[[str, str | None], Check]


class RejectCode(StrEnum):
    """The listed reasons to reject an answer: ``reject.<code>`` in the words. Free text may be added."""

    WRONG = "wrong"
    UNSUPPORTED = "unsupported"
    OUTDATED = "outdated"
    OFF_QUESTION = "off_question"
    INCOMPLETE = "incomplete"
    CONFIDENTIAL = "confidential"
    WORDING = "wording"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdicted:
    """What a person decided, before it is written: everything that the record will say."""

    decision: Decision
    who: str
    reason: str
    code: RejectCode | None = None
    final_text: str | None = None
    caveats: tuple[str, ...] = ()
    opened_at: str | None = None
    rechecked: Check | None = None


def release(
    library: Library,
    answer_id: str,
    *,
    who: str,
    reason: str,
    final_text: str | None = None,
    caveats: tuple[str, ...] = (),
    signer: Session | None = None,
    opened_at: str | None = None,
    rechecked: Check | None = None,
) -> Answer:
    """Let an answer out under a person's name; ``final_text`` is the edited text, if it was edited.

    ``signer`` signs the decision with the person's key; under four eyes it must, and must not be the asker.
    ``opened_at`` (ISO 8601, UTC) is when the person began to look, ``rechecked`` what the verifier said of
    the edited text. Raises DecisionError without a name and a reason, when the answer waits for nobody or
    is the person's own, IdentityError without a needed signature, LibraryError when it is unknown or erased.
    """
    said = Verdicted(
        Decision.RELEASED, who, reason, None, final_text, caveats, opened_at=opened_at, rechecked=rechecked
    )
    return _decide(library, answer_id, said, signer)


def reject(
    library: Library,
    answer_id: str,
    *,
    who: str,
    reason: str,
    code: RejectCode | None = None,
    signer: Session | None = None,
    opened_at: str | None = None,
) -> Answer:
    """Stop an answer for good under a person's name, for a listed reason, in own words, or both.

    Raises as ``release`` does.
    """
    said = Verdicted(Decision.REJECTED, who, reason, code, opened_at=opened_at)
    return _decide(library, answer_id, said, signer)


def may_decide(library: Library, answer: Answer) -> bool:
    """Whether the answer waits for a person: it is held, was drawn into the sample, or passed before four
    eyes were asked for.
    """
    if answer.decision is Decision.REJECTED:
        return False
    if answer.decision is Decision.HELD or (
        gate.needs_signature(answer) and gate.usable_text(answer) is None
    ):
        return True
    row = reviews.review_row(library, answer.id)
    sampled = row is not None and drawn(draw_secret(library), row)
    return answer.decision is Decision.USABLE and sampled


def recheck(answer: Answer, edited: str, check: Recheck) -> Check | None:
    """What the verifier says of an edited text; None where it is the draft. ``check`` is the assistant's."""
    return None if edited == answer.text else check(edited, answer.question)


def apply(answer: Answer, said: Verdicted) -> Answer:
    """The answer with a decision, not yet signed or written. Raises DecisionError without name or reason."""
    who, reason = said.who.strip(), said.reason.strip()
    code = said.code if said.decision is Decision.REJECTED else None
    if not who:
        raise DecisionError("decision_name")
    if not reason and code in (None, RejectCode.OTHER):
        raise DecisionError("decision_reason")
    at = audit.now()
    text = answer.text if said.final_text is None else said.final_text
    return replace(
        answer,
        decision=said.decision,
        decided_by=who,
        decided_at=at,
        decision_reason=reason,
        decision_code=code.value if code else None,
        final_text=text if said.decision is Decision.RELEASED else None,
        caveats=said.caveats,
        review_seconds=_seconds(said.opened_at, at),
        signature=None,
    )


def write(
    library: Library, answer: Answer, decided: Answer, rechecked: Check | None = None, **more: Any
) -> None:
    """Write a decision in place of the one that ``answer`` carries; what the record says openly besides."""
    edited = decided.final_text is not None and decided.final_text != answer.text
    details: dict[str, Any] = {
        "code": decided.decision_code,
        "seconds": decided.review_seconds,
        "edited": edited,
        "caveats": len(decided.caveats),
        "rechecked": {"level": rechecked.level.value, "risk": rechecked.risk} if rechecked else None,
        "was": answer.decision.value,
        "key": fingerprint_of(bytes.fromhex(decided.signature.key)) if decided.signature else None,
    }
    audit.record_decision(library, decided, previous=answer.decision, details=details | more)


def check_signer(library: Library, answer: Answer, who: str, key: bytes | None) -> None:
    """Whether this person may decide about this answer with this key (None: without one).

    Raises IdentityError or DecisionError that says why not.
    """
    if key is None:
        if gate.needs_signature(answer):
            raise IdentityError("signature_needed")
        return
    known = users.find_key(library, fingerprint_of(key))
    user = find_user(library, who)
    if user is not None and user.disabled:
        raise IdentityError("user_disabled", name=user.name)
    if known is None or known.until is not None or not known.may_sign(who, audit.now()):
        raise IdentityError("key_unknown", name=who)
    if gate.needs_signature(answer) and not answer.asked_by:
        raise DecisionError("decision_asker_unknown")
    if gate.needs_signature(answer) and same_person(answer.asked_by, who):
        raise DecisionError("decision_own_answer", name=who)


def _decide(library: Library, answer_id: str, said: Verdicted, signer: Session | None) -> Answer:
    if signer is not None and not said.who.strip():
        said = replace(said, who=signer.name)
    with library.writing():
        answer = answers.load_answer(library, answer_id)
        decided = apply(answer, said)
        check_signer(library, answer, said.who, signer.key.public if signer else None)
        if not may_decide(library, answer):
            raise DecisionError("decision_not_held", decision=answer.decision.value)
        if signer is not None:
            decided = sign_decision(decided, signer.key)
        write(library, answer, decided, said.rechecked)
    return decided


def _seconds(opened_at: str | None, at: str) -> float | None:
    """The time between opening and deciding, as whoever calls measured it; a clock set back gives 0."""
    if opened_at is None:
        return None
    try:
        spent = datetime.fromisoformat(at) - datetime.fromisoformat(opened_at)
    except (ValueError, TypeError) as error:
        raise DecisionError("decision_time", time=opened_at) from error
    return max(0.0, round(spent.total_seconds(), 1))
