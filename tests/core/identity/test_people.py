from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from core import audit, identity
from core.errors import IdentityError
from core.identity import Role, Session
from core.signing import keys as signing_keys
from core.signing.keys import Cost
from core.store import answers, audit_log, users
from core.store.database import Library

ROOT, ANN = "root's passphrase", "ann's passphrase"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_keys, "COST", Cost(passes=1, kibibytes=64, lanes=1))


@pytest.fixture
def root(library: Library) -> Session:
    identity.add_user(library, "Root", Role.ADMINISTRATOR, ROOT)
    return identity.log_in(library, "Root", ROOT)


@pytest.fixture
def ann(library: Library, root: Session) -> Session:
    identity.add_user(library, "Ann Lee", Role.REVIEWER, ANN, by=root)
    return identity.log_in(library, "Ann Lee", ANN)


def logins(library: Library) -> list[str]:
    return [json.loads(record.body)["outcome"] for record in audit_log.records_of(library, "login")]


def test_the_first_user_is_an_administrator_and_lets_the_others_in(library: Library) -> None:
    with pytest.raises(IdentityError, match="administrator_first"):
        identity.add_user(library, "Ann", Role.REVIEWER, ANN)
    identity.add_user(library, "Root", Role.ADMINISTRATOR, ROOT)
    with pytest.raises(IdentityError, match="administrator_needed"):
        identity.add_user(library, "Ann", Role.REVIEWER, ANN)
    root = identity.log_in(library, "root", ROOT)
    added = identity.add_user(library, "Ann", Role.REVIEWER, ANN, by=root)
    assert (added.name, added.role, added.disabled) == ("Ann", Role.REVIEWER, False)
    with pytest.raises(IdentityError, match="administrator_needed"):
        identity.add_user(library, "Bob", Role.ASKER, by=identity.log_in(library, "Ann", ANN))
    assert audit.verify(library).holds


@pytest.mark.parametrize("name", ["ann lee", "  ANN\tLee ", "Ａｎｎ Ｌｅｅ"])
def test_one_name_is_one_person_however_it_is_spelled(
    library: Library, root: Session, ann: Session, name: str
) -> None:
    assert identity.same_person(name, ann.name)
    with pytest.raises(IdentityError, match="user_taken"):
        identity.add_user(library, name, Role.ASKER, by=root)


def test_nobody_is_no_person() -> None:
    assert not identity.same_person("", "")
    assert not identity.same_person(None, None)


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 1025])
def test_passphrases_have_bounds(library: Library, root: Session, passphrase: str) -> None:
    with pytest.raises(IdentityError, match="passphrase_short"):
        identity.add_user(library, "Ann", Role.REVIEWER, passphrase, by=root)
    assert identity.find_user(library, "Ann") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_names_have_bounds(library: Library, root: Session, name: str) -> None:
    with pytest.raises(IdentityError, match="user_name"):
        identity.add_user(library, name, Role.ASKER, by=root)


def test_an_asker_has_no_key(library: Library, root: Session) -> None:
    identity.add_user(library, "Bob", Role.ASKER, by=root)
    with pytest.raises(IdentityError, match="user_no_key"):
        identity.log_in(library, "Bob", "")


def test_wrong_passphrases_make_everybody_wait_longer_each_time(library: Library, ann: Session) -> None:
    for _ in range(4):
        with pytest.raises(IdentityError, match="passphrase_wrong"):
            identity.log_in(library, "Ann Lee", "not hers at all")
    with pytest.raises(IdentityError, match="passphrase_wait"):
        identity.log_in(library, "Ann Lee", ANN)
    user = identity.find_user(library, "Ann Lee")
    assert user is not None
    assert user.failed_at is not None
    failed = datetime.fromisoformat(user.failed_at)
    assert identity.wait_seconds(user, failed) == 2
    assert identity.wait_seconds(user, failed + timedelta(seconds=2)) == 0
    assert identity.wait_seconds(user, failed - timedelta(days=9)) == 2, "a clock set back opens nothing"
    assert logins(library)[2:] == ["passphrase_wrong"] * 4
    for _ in range(3):
        users.note_failure(library, user.id, failed.isoformat())
    grown = identity.find_user(library, "Ann Lee")
    assert grown is not None
    assert identity.wait_seconds(grown, failed) == 16


def test_the_wait_has_an_end_and_success_forgets_it(
    library: Library, ann: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = identity.find_user(library, "Ann Lee")
    assert user is not None
    for _ in range(40):
        users.note_failure(library, user.id, datetime(2020, 1, 1, tzinfo=UTC).isoformat())
    worn = identity.find_user(library, "Ann Lee")
    assert worn is not None
    assert identity.wait_seconds(worn, datetime(2020, 1, 1, tzinfo=UTC)) == 3600
    identity.log_in(library, "Ann Lee", ANN)
    fresh = identity.find_user(library, "Ann Lee")
    assert fresh is not None
    assert fresh.failures == 0


def test_a_changed_passphrase_opens_the_same_key(library: Library, ann: Session) -> None:
    identity.change_passphrase(library, "Ann Lee", ANN, "another passphrase")
    assert identity.log_in(library, "Ann Lee", "another passphrase").key.public == ann.key.public
    with pytest.raises(IdentityError, match="passphrase_wrong"):
        identity.log_in(library, "Ann Lee", ANN)


def test_a_forgotten_passphrase_gets_a_new_key_and_the_old_one_stays_known(
    library: Library, root: Session, ann: Session
) -> None:
    identity.reset_user(library, "Ann Lee", "a new passphrase", by=root)
    again = identity.log_in(library, "Ann Lee", "a new passphrase")
    assert again.key.public != ann.key.public
    old = users.find_key(library, ann.key.fingerprint)
    new = users.find_key(library, again.key.fingerprint)
    assert old is not None
    assert new is not None
    assert old.until is not None
    assert new.until is None
    assert old.may_sign("ann lee", old.since)
    assert not old.may_sign("Ann Lee", audit.now())
    assert not new.may_sign("Ann Lee", old.since)
    assert not new.may_sign("Root", audit.now())
    bodies = [json.loads(record.body) for record in audit_log.records_of(library, "user")]
    assert [body["action"] for body in bodies] == ["added", "added", "reset"]
    assert bodies[-1]["by"] == root.key.fingerprint
    assert "Ann" not in str(bodies)
    assert audit.verify(library).holds


def test_only_an_administrator_resets_and_shuts_out(library: Library, root: Session, ann: Session) -> None:
    for call in (identity.disable_user, lambda *a, **k: identity.reset_user(*a, "long enough", **k)):
        with pytest.raises(IdentityError, match="administrator_needed"):
            call(library, "Root", by=ann)
    with pytest.raises(IdentityError, match="administrator_needed"):
        identity.set_four_eyes(library, False, by=ann)


def test_who_is_shut_out_stays_out_until_reset(library: Library, root: Session, ann: Session) -> None:
    identity.disable_user(library, "Ann Lee", by=root)
    with pytest.raises(IdentityError, match="user_disabled"):
        identity.log_in(library, "Ann Lee", ANN)
    key = users.find_key(library, ann.key.fingerprint)
    assert key is not None
    assert not key.may_sign("Ann Lee", audit.now())
    identity.reset_user(library, "Ann Lee", "a new passphrase", by=root)
    assert identity.log_in(library, "Ann Lee", "a new passphrase").role is Role.REVIEWER


def test_a_session_ends_with_its_administrator(library: Library, root: Session) -> None:
    identity.add_user(library, "Second", Role.ADMINISTRATOR, ROOT, by=root)
    second = identity.log_in(library, "Second", ROOT)
    identity.disable_user(library, "Second", by=root)
    with pytest.raises(IdentityError, match="administrator_needed"):
        identity.add_user(library, "Eve", Role.REVIEWER, ANN, by=second)


def test_the_last_administrator_stays(library: Library, root: Session, ann: Session) -> None:
    with pytest.raises(IdentityError, match="user_last_administrator"):
        identity.disable_user(library, "Root", by=root)


def test_an_unknown_name_is_said(library: Library, root: Session) -> None:
    with pytest.raises(IdentityError, match="user_unknown"):
        identity.log_in(library, "Nobody", ANN)


def test_the_policy_is_set_and_lifted_on_record(library: Library, root: Session) -> None:
    identity.set_four_eyes(library, True, by=root)
    assert answers.four_eyes(library)
    identity.set_four_eyes(library, False, by=root)
    assert not answers.four_eyes(library)
    bodies = [json.loads(record.body) for record in audit_log.records_of(library, "policy")]
    assert [body["four_eyes"] for body in bodies] == [True, False]


def test_a_key_slipped_into_the_library_is_found(library: Library, root: Session, ann: Session) -> None:
    """Somebody with a SQLite shell makes an own key a reviewer's."""
    library.db.execute(
        "insert into user_keys (fingerprint, public, user_id, since) values ('ab', zeroblob(32), 2, '2020')"
    )
    found = audit.verify(library).findings
    assert [(finding.code, finding.answer_id) for finding in found] == [("user_differs", "ab")]


def test_no_passphrase_is_stored(library: Library, ann: Session) -> None:
    dump = "\n".join(library.db.conn.iterdump())
    assert ANN not in dump
    assert ann.key.secret().hex() not in dump.lower()
