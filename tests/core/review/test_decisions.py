from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import audit, gate, review
from core.errors import DecisionError, LibraryError
from core.store import answers
from core.store.database import Library
from core.types import Answer, Decision, Level

MakeAnswer = Callable[..., Answer]


@pytest.fixture
def held(library: Library, make_answer: MakeAnswer) -> Answer:
    answer = make_answer()
    audit.record_answer(library, answer, prompt="", context={})
    return answer


@pytest.mark.parametrize(
    ("level", "decision"),
    [(Level.LOW, Decision.USABLE), (Level.MEDIUM, Decision.HELD), (Level.HIGH, Decision.HELD)],
)
def test_the_gate_lets_only_low_through(make_answer: MakeAnswer, level: Level, decision: Decision) -> None:
    assert gate.decide(replace(make_answer().check, level=level)) is decision


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        (Decision.USABLE, "draft"),
        (Decision.HELD, None),
        (Decision.REJECTED, None),
        (Decision.RELEASED, "edited"),
    ],
)
def test_only_allowed_text_leaves(make_answer: MakeAnswer, decision: Decision, text: str | None) -> None:
    answer = replace(make_answer("draft", decision), final_text="edited")
    assert gate.usable_text(answer) == text


def test_a_release_is_recorded_under_a_name(library: Library, held: Answer) -> None:
    review.release(library, held.id, who=" Ann Lee ", reason="confirmed with finance", caveats=("2025 only",))
    stored = answers.load_answer(library, held.id)
    assert stored.decision is Decision.RELEASED
    assert (stored.decided_by, stored.decision_reason) == ("Ann Lee", "confirmed with finance")
    assert (stored.final_text, stored.caveats) == (held.text, ("2025 only",))
    assert stored.decided_at
    assert audit.verify(library).holds


def test_an_edited_release_keeps_the_draft(library: Library, held: Answer) -> None:
    review.release(library, held.id, who="Ann", reason="corrected", final_text="Hotels: up to 130 €.")
    stored = answers.load_answer(library, held.id)
    assert stored.final_text == "Hotels: up to 130 €."
    assert stored.text == held.text


def test_a_rejected_answer_stays_closed(library: Library, held: Answer) -> None:
    review.reject(library, held.id, who="Ann", reason="wrong figure")
    stored = answers.load_answer(library, held.id)
    assert stored.decision is Decision.REJECTED
    assert gate.usable_text(stored) is None
    with pytest.raises(DecisionError, match="decision_not_held"):
        review.release(library, held.id, who="Bob", reason="I disagree")


@pytest.mark.parametrize(
    ("who", "reason", "code"), [("  ", "fine", "decision_name"), ("Ann", "\n", "decision_reason")]
)
def test_no_decision_without_name_and_reason(
    library: Library, held: Answer, who: str, reason: str, code: str
) -> None:
    with pytest.raises(DecisionError, match=code):
        review.release(library, held.id, who=who, reason=reason)
    assert answers.load_answer(library, held.id).decision is Decision.HELD


def test_a_second_decision_loses(library: Library, held: Answer) -> None:
    """Two reviewers decide at the same moment: the later write is refused and leaves no record."""
    stale = replace(held, decision=Decision.REJECTED, decided_by="Bob", decided_at=audit.now())
    review.release(library, held.id, who="Ann", reason="fine")
    with pytest.raises(DecisionError, match="decision_not_held"):
        audit.record_decision(library, stale)
    assert answers.load_answer(library, held.id).decided_by == "Ann"
    assert audit.verify(library).records == 2


def test_an_unknown_answer_is_refused_in_words(library: Library) -> None:
    with pytest.raises(LibraryError, match="answer_unknown"):
        review.reject(library, "0123456789", who="Ann", reason="?")
