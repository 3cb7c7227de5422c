"""The gate: low may be used, everything else waits for a named person. Nothing is silently rewritten.

Under four eyes everything waits, and only the signature of a reviewer other than the asker opens the gate.
"""

from __future__ import annotations

from core.identity import same_person
from core.settings import load_settings
from core.store.content import is_signed
from core.types import Answer, Check, Decision, Level


def decide(check: Check, *, four_eyes: bool = False) -> Decision:
    """What the policy says of a freshly checked answer."""
    return Decision.USABLE if check.level is Level.LOW and not four_eyes else Decision.HELD


def usable_text(answer: Answer) -> str | None:
    """The text that may leave the tool; None while the answer is held or rejected, and under four eyes
    unless a reviewer other than the asker signed the release of this very text.

    The setting counts from the moment that it is saved, for an answer that was loaded before, too. Raises
    SettingsError when the settings cannot be read: the gate stays closed then.
    """
    if needs_signature(answer) and not signed_by_another(answer):
        return None
    if answer.decision is Decision.RELEASED:
        return answer.final_text
    return answer.text if answer.decision is Decision.USABLE else None


def may_show(answer: Answer, *, show_held: bool) -> bool:
    """Whether the words of an answer may be shown to whoever asks: ``show_held`` is the setting that lets
    people read a held answer, which four eyes overrule.
    """
    return usable_text(answer) is not None or (show_held and not needs_signature(answer))


def needs_signature(answer: Answer) -> bool:
    """Whether four eyes are asked for: by the answer's library, or by this user's settings."""
    return answer.four_eyes or load_settings().four_eyes


def signed_by_another(answer: Answer) -> bool:
    """Whether the decision is signed, fits this answer, and is not the asker's own. An unknown asker could
    be the reviewer.
    """
    own = not answer.asked_by or same_person(answer.asked_by, answer.decided_by)
    return not own and is_signed(answer)
