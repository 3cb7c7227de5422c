"""Whoever may write the file, but has not the key, changes nothing that the log would not tell."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

import pytest

from core import audit, identity
from core.identity import Role, Session
from core.settings import Settings
from core.signing import keys as signing_keys
from core.signing.keys import Cost
from core.store import answers, audit_log
from core.store.chain import text_digest
from core.store.database import Library
from core.types import Answer, Decision

MakeAnswer = Callable[..., Answer]
PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_keys, "COST", Cost(passes=1, kibibytes=64, lanes=1))


@pytest.fixture
def root(library: Library) -> Session:
    identity.add_user(library, "Root", Role.ADMINISTRATOR, PASSPHRASE)
    root = identity.log_in(library, "Root", PASSPHRASE)
    identity.add_user(library, "Ann Lee", Role.REVIEWER, PASSPHRASE, by=root)
    identity.add_user(library, "Bob", Role.ASKER, by=root)
    return root


def change(library: Library, statement: str, *values: object) -> None:
    with sqlite3.connect(library.path) as db:
        assert db.execute(statement, values).rowcount
    db.close()


def found(library: Library) -> set[tuple[str, str]]:
    return {(finding.code, finding.answer_id) for finding in audit.verify(library).findings}


def forged_release(answer: Answer) -> str:
    fields = json.loads(answers.encode_decision(answer))
    return json.dumps(fields | {"decision": "released", "who": "Eve", "final_text": "Hotels are free."})


@pytest.mark.parametrize("seq", [1, 2, 99])
def test_a_decision_laid_beside_the_records_is_named(
    library: Library, make_answer: MakeAnswer, seq: int
) -> None:
    """Beside the answer's own record, beside another one, beyond the end: it would be loaded all the same."""
    answer = make_answer()
    audit.record_answer(library, answer, prompt="p", context={})
    audit.record_answer(library, make_answer(), prompt="p", context={})
    text = forged_release(answer)
    change(
        library,
        "insert into audit_texts (seq, answer_id, role, salt, digest, text) values (?, ?, ?, ?, ?, ?)",
        *(seq, answer.id, "decision", b"salt", text_digest(b"salt", text), text),
    )
    assert answers.load_answer(library, answer.id).decision is Decision.RELEASED
    assert found(library) == {("text_added", answer.id)}


def test_a_text_moved_to_another_answer_is_named(library: Library, make_answer: MakeAnswer) -> None:
    first, second = make_answer("Hotels are free."), make_answer()
    for answer in (first, second):
        audit.record_answer(library, answer, prompt="p", context={})
    library.db.execute("drop trigger audit_texts_no_update")
    change(library, "update audit_texts set answer_id = ? where answer_id = ?", first.id, second.id)
    assert found(library) == {("text_added", first.id)}


@pytest.mark.parametrize(
    "column", ["level = 'low'", "risk = 0.01", "coverage = 0.5", "refused = 1", "erased = 1"]
)
def test_a_row_of_the_history_says_what_the_log_says(
    library: Library, make_answer: MakeAnswer, column: str
) -> None:
    """An answer that is marked as erased would be gone from the queue."""
    answer = make_answer()
    audit.record_answer(library, answer, prompt="p", context={})
    change(library, f"update answers set {column}")
    assert found(library) == {("row_differs", answer.id)}


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("update users set name = 'Bobby', folded = 'bobby' where name = 'Ann Lee'", {"bobby", "ann lee"}),
        ("update users set disabled = 0 where name = 'Ann Lee'", {"ann lee"}),
        ("update user_keys set until = null where user_id = 2", {"ann lee"}),
        ("update users set role = 'administrator' where name = 'Bob'", {"bob"}),
        ("delete from users where name = 'Bob'", {"bob"}),
        ("insert into users (name, folded, role, created_at) values ('Eve', 'eve', 'asker', '')", {"eve"}),
    ],
)
def test_people_are_those_of_the_log(
    library: Library, root: Session, statement: str, names: set[str]
) -> None:
    """Under another name a reviewer would release the own answer; one who was shut out would be in again."""
    identity.disable_user(library, "Ann Lee", by=root)
    assert audit.verify(library).holds
    change(library, statement)
    assert found(library) == {("person_differs", name) for name in names}


def test_everything_that_people_go_through_holds(library: Library, root: Session) -> None:
    identity.disable_user(library, " ANN  lee", by=root)
    assert audit.verify(library).holds
    identity.reset_user(library, "ann lee", PASSPHRASE, by=root)
    identity.change_passphrase(library, "Ann Lee", PASSPHRASE, PASSPHRASE * 2)
    assert audit.verify(library).holds


def test_a_policy_of_four_eyes_switched_off_in_the_file_is_named(library: Library) -> None:
    audit.note_settings(library, Settings(four_eyes=True))
    assert audit.verify(library).holds
    change(library, "update facts set value = '0' where name = 'four_eyes'")
    assert found(library) == {("policy_differs", "")}


def test_four_eyes_that_settings_bring_back_are_on_record(library: Library, root: Session) -> None:
    """An administrator lifts the policy; the next one who asks for it in the settings puts it back."""
    audit.note_settings(library, Settings(four_eyes=True))
    identity.set_four_eyes(library, False, by=root)
    assert not answers.own_four_eyes(library)
    assert audit.verify(library).holds
    assert audit.note_settings(library, Settings(four_eyes=True))
    assert answers.own_four_eyes(library)
    last = audit_log.last_record(library)
    assert last is not None
    assert (last.kind, json.loads(last.body)["settings"]["four_eyes"]) == ("policy", True)
    assert audit.verify(library).holds
