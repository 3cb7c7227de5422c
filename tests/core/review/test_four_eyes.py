from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import audit, exports, gate, identity, review
from core.assistant import answer_object
from core.errors import DecisionError, IdentityError, SettingsError
from core.identity import Session
from core.settings import Settings, save_settings, settings_file
from core.signing import SigningKey
from core.store import answers
from core.store.content import sign_decision
from core.store.database import Library
from core.types import Answer, Decision, Language, Level, Signature

Record = Callable[..., Answer]
People = dict[str, Session]


def released(answer: Answer) -> Answer:
    """As Ann would have released it, not yet signed."""
    return replace(
        answer,
        decision=Decision.RELEASED,
        decided_by="Ann",
        decided_at=audit.now(),
        decision_reason="seen",
        final_text=answer.text,
        four_eyes=True,
    )


@pytest.mark.parametrize("level", list(Level))
def test_nothing_leaves_unsigned_not_even_a_low_answer(
    library: Library, record: Record, four_eyes: People, level: Level
) -> None:
    answer = answers.load_answer(library, record("Secret text.", level, four_eyes=True).id)
    assert gate.decide(answer.check, four_eyes=True) is Decision.HELD
    assert gate.usable_text(answer) is None
    assert not gate.may_show(answer, show_held=True)
    shown = answer_object(answer, Language.EN, show_held=True)
    assert shown["answer"] is None
    assert "Secret" not in str(shown)


def test_a_reviewer_other_than_the_asker_opens_the_gate(
    library: Library, record: Record, four_eyes: People, tmp_path: Path
) -> None:
    answer = record()
    with pytest.raises(DecisionError, match="export_unsigned"):
        exports.export_report(library, answer.id, tmp_path / "a.html", Language.EN)
    review.release(library, answer.id, who="Ann", reason="seen", caveats=("2025",), signer=four_eyes["Ann"])
    stored = answers.load_answer(library, answer.id)
    assert gate.usable_text(stored) == answer.text
    assert answer_object(stored, Language.EN)["released_by"] == "Ann"
    exports.export_report(library, stored.id, tmp_path / "a.html", Language.EN)
    assert audit.verify(library).holds


def test_the_setting_closes_the_gate_at_once_for_what_is_on_the_screen(
    library: Library, record: Record
) -> None:
    low = answers.load_answer(library, record("Low.", Level.LOW).id)
    assert gate.usable_text(low) == "Low."
    save_settings(Settings(four_eyes=True))
    assert gate.usable_text(low) is None
    assert not gate.may_show(low, show_held=True)
    assert answer_object(low, Language.EN)["answer"] is None
    with pytest.raises(DecisionError, match="export_unsigned"):
        exports.export_report(library, low.id, library.folder / "a.html", Language.EN)


def test_settings_that_cannot_be_read_keep_the_gate_closed(library: Library, record: Record) -> None:
    low = answers.load_answer(library, record("Low.", Level.LOW).id)
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError):
        gate.usable_text(low)


def test_a_name_alone_decides_nothing(library: Library, record: Record, four_eyes: People) -> None:
    answer = record()
    for decide in (review.release, review.reject):
        with pytest.raises(IdentityError, match="signature_needed"):
            decide(library, answer.id, who="Ann", reason="seen")
    assert answers.load_answer(library, answer.id).decision is Decision.HELD


@pytest.mark.parametrize("asker", ["Ann", " ANN ", "ａｎｎ"])
def test_nobody_releases_the_own_answer(
    library: Library, record: Record, four_eyes: People, asker: str
) -> None:
    answer = record(by=asker)
    with pytest.raises(DecisionError, match="decision_own_answer"):
        review.release(library, answer.id, who="Ann", reason="mine", signer=four_eyes["Ann"])
    forged = sign_decision(released(answer), four_eyes["Ann"].key)
    assert gate.usable_text(forged) is None


def test_an_answer_of_nobody_known_stays(library: Library, record: Record, four_eyes: People) -> None:
    answer = record(by=None)
    with pytest.raises(DecisionError, match="decision_asker_unknown"):
        review.release(library, answer.id, who="Ann", reason="seen", signer=four_eyes["Ann"])
    signed = sign_decision(released(answer), four_eyes["Ann"].key)
    assert gate.usable_text(signed) is None, "an unknown asker could be the reviewer"
    assert gate.usable_text(sign_decision(released(record()), four_eyes["Ann"].key)) is not None


def test_a_release_signed_by_a_stranger_is_loaded_as_unsigned(
    library: Library, record: Record, four_eyes: People
) -> None:
    """As somebody would write it who has the library's key, but no reviewer's."""
    answer = record()
    audit.record_decision(library, sign_decision(released(answer), SigningKey.generate()))
    stored = answers.load_answer(library, answer.id)
    assert (stored.decision, stored.signature) == (Decision.RELEASED, None)
    assert gate.usable_text(stored) is None


def test_a_session_under_another_name_is_refused(library: Library, record: Record, four_eyes: People) -> None:
    answer = record(by="Ann")
    with pytest.raises(IdentityError, match="key_unknown"):
        review.release(library, answer.id, who="Cid", reason="seen", signer=four_eyes["Ann"])


def test_who_was_shut_out_meanwhile_decides_nothing(
    library: Library, record: Record, four_eyes: People
) -> None:
    answer = record()
    identity.disable_user(library, "Ann", by=four_eyes["Root"])
    with pytest.raises(IdentityError, match="user_disabled"):
        review.release(library, answer.id, who="Ann", reason="seen", signer=four_eyes["Ann"])


def test_a_key_of_ones_own_making_is_refused(library: Library, record: Record, four_eyes: People) -> None:
    answer = record()
    made_up = replace(four_eyes["Ann"], key=SigningKey.generate())
    with pytest.raises(IdentityError, match="key_unknown"):
        review.release(library, answer.id, who="Ann", reason="seen", signer=made_up)


def test_what_was_usable_or_released_before_waits_anew(
    library: Library, record: Record, people: People
) -> None:
    low, high = record("Low.", Level.LOW), record("High.")
    review.release(library, high.id, who="Zoe", reason="single user")
    assert review.queue(library) == ()
    identity.set_four_eyes(library, True, by=people["Root"])
    assert {item.answer_id for item in review.queue(library)} == {low.id, high.id}
    assert review.figures(library).waiting == 2
    for answer in (low, high):
        assert gate.usable_text(answers.load_answer(library, answer.id)) is None
        review.release(library, answer.id, who="Ann", reason="seen", signer=people["Ann"])
        assert gate.usable_text(answers.load_answer(library, answer.id)) == answer.text
    assert review.queue(library) == ()
    assert review.figures(library).waiting == 0
    assert audit.verify(library).holds


def test_a_signature_covers_every_word_of_the_decision_and_the_answer(
    library: Library, record: Record, four_eyes: People
) -> None:
    answer = record()
    review.release(library, answer.id, who="Ann", reason="seen", signer=four_eyes["Ann"])
    signed = answers.load_answer(library, answer.id)
    assert gate.usable_text(signed) is not None
    for change in (
        {"final_text": "Hotels are free."},
        {"text": "Hotels are free."},
        {"caveats": ("none",)},
        {"decision_reason": "because"},
        {"decided_by": "Cid"},
        {"decided_at": audit.now()},
        {"question": "What is free?"},
        {"asked_by": "Dan"},
        {"check": replace(signed.check, risk=0.0)},
        {"signature": None},
        {"signature": Signature("zz", "zz")},
        {"signature": Signature(SigningKey.generate().public.hex(), signed.signature.value)},  # type: ignore[union-attr]
    ):
        assert gate.usable_text(replace(signed, **change)) is None  # type: ignore[arg-type]


def test_a_decision_edited_in_the_file_is_found_and_closes_the_gate(
    library: Library, record: Record, four_eyes: People
) -> None:
    answer = record()
    review.release(library, answer.id, who="Ann", reason="seen", signer=four_eyes["Ann"])
    with sqlite3.connect(library.path) as db:
        db.execute("drop trigger audit_texts_no_update")
        db.execute("update audit_texts set text = replace(text, '150', '950') where role = 'decision'")
    db.close()
    stored = answers.load_answer(library, answer.id)
    assert stored.signature is None, "a signature that does not fit is shown nowhere"
    assert gate.usable_text(stored) is None
    assert {finding.code for finding in audit.verify(library).findings} == {"text_edited", "decision_forged"}


def test_old_signatures_hold_after_a_reset(library: Library, record: Record, four_eyes: People) -> None:
    answer = record()
    review.release(library, answer.id, who="Ann", reason="seen", signer=four_eyes["Ann"])
    identity.reset_user(library, "Ann", "a new passphrase", by=four_eyes["Root"])
    assert gate.usable_text(answers.load_answer(library, answer.id)) == answer.text
    other = record("Another.")
    with pytest.raises(IdentityError, match="key_unknown"):
        review.release(library, other.id, who="Ann", reason="seen", signer=four_eyes["Ann"])


def test_without_the_policy_a_signature_is_a_choice(library: Library, record: Record, people: People) -> None:
    plain, signed = record("One."), record("Two.")
    review.release(library, plain.id, who="Zoe", reason="seen")
    review.release(library, signed.id, who="", reason="seen", signer=people["Ann"])
    assert answers.load_answer(library, plain.id).signature is None
    stored = answers.load_answer(library, signed.id)
    assert stored.decided_by == "Ann"
    assert gate.signed_by_another(stored)
