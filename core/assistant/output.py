"""An answer as the JSON object of ``ask --json`` and ``check --json`` (the stable contract)."""

from __future__ import annotations

from typing import Any

from core.gate import may_show
from core.types import Answer, Decision, Language
from core.verify.output import check_object


def answer_object(answer: Answer, language: Language, *, show_held: bool = True) -> dict[str, Any]:
    """The object of one answer. With ``show_held`` False, and under four eyes, a text that may not be used
    is kept back: the answer and its claims' texts are null, figures and verdicts stay.
    """
    whole = {
        "id": answer.id,
        "answer_id": answer.id,
        "question": answer.question,
        "answer": answer.text,
        "decision": answer.decision.value,
        "refused": answer.refused,
        "model": answer.model.record() if answer.model else None,
        **check_object(answer.check, language),
    }
    if answer.decision is Decision.RELEASED:
        whole |= {
            "final_answer": answer.final_text,
            "caveats": list(answer.caveats),
            "released_by": answer.decided_by,
        }
    if not may_show(answer, show_held=show_held):
        _keep_back(whole)
    return whole


def _keep_back(whole: dict[str, Any]) -> None:
    """Remove every word of the held answer, those that evidence and reasons repeat included."""
    whole["answer"] = None
    if "final_answer" in whole:
        whole |= {"final_answer": None, "caveats": []}
    for claim in whole["claims"]:
        claim |= {"text": None, "reasons": [], "evidence": []}
