"""Decisions of people about held answers, and what may leave the tool after them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core import audit, gate
from core.errors import DecisionError, LibraryError
from core.report.answer import answer_page
from core.store import answers
from core.store.database import Library
from core.types import Answer, Decision, Language


def release(
    library: Library,
    answer_id: str,
    *,
    who: str,
    reason: str,
    final_text: str | None = None,
    caveats: tuple[str, ...] = (),
) -> Answer:
    """Let a held answer out under a person's name; ``final_text`` is the edited text, if it was edited.

    Raises DecisionError without a name and a reason or when the answer is not held, LibraryError when
    it is unknown or erased.
    """
    answer = _held(library, answer_id, who, reason)
    text = answer.text if final_text is None else final_text
    return _record(library, replace(answer, final_text=text, caveats=caveats), Decision.RELEASED, who, reason)


def reject(library: Library, answer_id: str, *, who: str, reason: str) -> Answer:
    """Stop a held answer for good under a person's name. Raises as ``release`` does."""
    answer = _held(library, answer_id, who, reason)
    return _record(library, answer, Decision.REJECTED, who, reason)


def export_answer(library: Library, answer: Answer, path: Path, language: Language) -> None:
    """Write an answer that may be used as a page of HTML.

    Raises DecisionError while the gate is closed for it, LibraryError when the file cannot be written.
    """
    if gate.usable_text(answer) is None:
        raise DecisionError("export_held", decision=answer.decision.value)
    try:
        path.write_text(answer_page(answer, language, head=audit.head(library)), encoding="utf-8")
    except OSError as error:
        raise LibraryError("export_failed", path=str(path), problem=error.strerror or "?") from error


def _held(library: Library, answer_id: str, who: str, reason: str) -> Answer:
    if not who.strip():
        raise DecisionError("decision_name")
    if not reason.strip():
        raise DecisionError("decision_reason")
    answer = answers.load_answer(library, answer_id)
    if answer.decision is not Decision.HELD:
        raise DecisionError("decision_not_held", decision=answer.decision.value)
    return answer


def _record(library: Library, answer: Answer, decision: Decision, who: str, reason: str) -> Answer:
    decided = replace(
        answer,
        decision=decision,
        decided_by=who.strip(),
        decided_at=audit.now(),
        decision_reason=reason.strip(),
    )
    audit.record_decision(library, decided)
    return decided
