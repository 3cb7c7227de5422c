"""The gate: low may be used, everything else waits for a named person. Nothing is silently rewritten."""

from __future__ import annotations

from core.types import Answer, Check, Decision, Level


def decide(check: Check) -> Decision:
    """What the policy says of a freshly checked answer."""
    return Decision.USABLE if check.level is Level.LOW else Decision.HELD


def usable_text(answer: Answer) -> str | None:
    """The text that may leave the tool; None while the answer is held or rejected."""
    if answer.decision is Decision.RELEASED:
        return answer.final_text
    return answer.text if answer.decision is Decision.USABLE else None
