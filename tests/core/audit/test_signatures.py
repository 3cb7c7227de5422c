from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import audit
from core.settings import home
from core.signing import SigningKey, verify
from core.store import audit_log, chain
from core.store.answers import canonical
from core.store.audit_log import StoredRecord
from core.store.chain import link_hash, signed_bytes
from core.store.database import Library
from core.store.keys import library_key
from core.types import Answer

MakeAnswer = Callable[..., Answer]
Tamper = Callable[..., None]


@pytest.fixture
def filled(library: Library, make_answer: MakeAnswer) -> Library:
    for _ in range(4):
        audit.record_answer(library, make_answer(), prompt="p", context={})
    return library


@pytest.fixture
def tamper(library: Library) -> Tamper:
    """Change the file behind the library's back, as someone with a SQLite shell would."""

    def change(*statements: str) -> None:
        with sqlite3.connect(library.path) as db:
            for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
                db.execute(f"drop trigger {name}")
            for statement in statements:
                db.execute(statement)
        db.close()

    return change


def findings(library: Library, **options: object) -> list[tuple[str, int]]:
    outcome = audit.verify(library, **options)  # type: ignore[arg-type]
    return [(finding.code, finding.seq) for finding in outcome.findings]


def notices(library: Library) -> list[tuple[str, int]]:
    return [(notice.code, notice.seq) for notice in audit.verify(library).notices]


def rewritten(library: Library, key: SigningKey | None) -> None:
    """The whole log recomputed by somebody who knows how it is made: with a key of theirs, or none."""
    previous, tie = chain.GENESIS, None
    with sqlite3.connect(library.path) as db:
        db.execute("drop trigger audit_records_no_update")
        db.execute("update answers set coverage = 0.5")
        db.execute("update audit_records set key_id = null, signature = null")
        db.execute("delete from signing_keys")
        if key is not None:
            db.execute("insert into signing_keys (id, public) values (1, ?)", [key.public])
        for seq, at, kind, answer_id, text in db.execute(
            "select seq, at, kind, answer_id, body from audit_records order by seq"
        ).fetchall():
            body = json.loads(text) | {"coverage": 0.5}
            body.pop("previous_signature", None)
            body |= {"previous_signature": chain.signature_digest(tie)} if tie else {}
            whole = canonical(body)
            previous_hash = previous
            previous = link_hash(seq, at, kind, answer_id, whole, previous)
            tie = key.sign(signed_bytes(previous)) if key else None
            db.execute(
                "update audit_records set body = ?, previous = ?, hash = ?, signature = ?, key_id = ?"
                " where seq = ?",
                [whole, previous_hash, previous, tie, 1 if key else None, seq],
            )
    db.close()


def test_every_record_is_signed_by_the_librarys_key(filled: Library) -> None:
    key = library_key(filled)
    for record in audit_log.records(filled):
        assert record.key == key.public
        assert record.signature is not None
        assert verify(key.public, signed_bytes(record.hash), record.signature)
    outcome = audit.verify(filled, key=key.fingerprint, every_signature=True)
    assert outcome.holds
    assert outcome.notices == ()
    assert [(use.fingerprint, use.records, use.first, use.last) for use in outcome.keys] == [
        (key.fingerprint, 4, 1, 4)
    ]


@pytest.mark.parametrize("seq", [1, 3])
def test_a_signature_changed_in_the_middle_is_named(filled: Library, tamper: Tamper, seq: int) -> None:
    tamper(f"update audit_records set signature = zeroblob(64) where seq = {seq}")
    assert findings(filled) == [("signature_edited", seq)]
    assert ("signature_wrong", seq) in findings(filled, every_signature=True)


def test_a_changed_last_signature_is_named(filled: Library, tamper: Tamper) -> None:
    tamper("update audit_records set signature = zeroblob(64) where seq = 4")
    assert findings(filled) == [("signature_wrong", 4)]


def test_a_signature_taken_away_is_named(filled: Library, tamper: Tamper) -> None:
    tamper("update audit_records set signature = null, key_id = null where seq in (3, 4)")
    assert [found for found in findings(filled) if found[0] == "signature_missing"] == [
        ("signature_missing", 3),
        ("signature_missing", 4),
    ]


def test_a_log_recomputed_without_the_key_is_found(filled: Library, tmp_path: Path) -> None:
    """The chain fits then, the head and the key that were kept outside do not."""
    fingerprint, head = library_key(filled).fingerprint, audit.head(filled)
    rewritten(filled, SigningKey.generate())
    assert findings(filled) == []
    assert findings(filled, key=fingerprint) == [("key_missing", 4), ("key_foreign", 1)]
    assert findings(filled, expected_head=head) == [("head_missing", 4)]


def test_a_log_without_any_signature_says_so_and_fails_with_the_key(filled: Library) -> None:
    fingerprint = library_key(filled).fingerprint
    rewritten(filled, None)
    assert notices(filled) == [("unsigned_all", 4)]
    assert audit.verify(filled).unsigned == 4
    assert findings(filled, key=fingerprint) == [("key_missing", 4)]


def test_records_of_versions_that_did_not_sign_stay_good_and_are_told(
    library: Library, make_answer: MakeAnswer
) -> None:
    """As after an upgrade: unsigned records, then signed ones."""
    body = canonical({"decision": "held", "texts": {}})
    digest = link_hash(1, "2025-01-01T00:00:00.000000+00:00", "erasure", "a", body, chain.GENESIS)
    old = StoredRecord(1, "2025-01-01T00:00:00.000000+00:00", "erasure", "a", body, chain.GENESIS, digest)
    audit_log.append_record(library, old, ())
    audit.record_answer(library, make_answer(), prompt="", context={})
    outcome = audit.verify(library, key=library_key(library).fingerprint)
    assert outcome.holds
    assert outcome.unsigned == 1
    assert notices(library) == [("unsigned_before", 2)]


def test_a_new_key_is_told_and_a_foreign_one_is_a_finding(filled: Library, make_answer: MakeAnswer) -> None:
    """As on another computer, to which the library was carried without its key."""
    old = library_key(filled).fingerprint
    for file in (home() / "keys").iterdir():
        file.unlink()
    with Library.open(filled.folder) as carried:
        audit.record_answer(carried, make_answer(), prompt="", context={})
        assert findings(carried) == []
        assert notices(carried) == [("key_changed", 5)]
        assert findings(carried, key=old) == [("key_foreign", 5)]


def test_a_wrong_signature_before_a_change_of_key_is_found(
    filled: Library, make_answer: MakeAnswer, tamper: Tamper
) -> None:
    for file in (home() / "keys").iterdir():
        file.unlink()
    with Library.open(filled.folder) as carried:
        audit.record_answer(carried, make_answer(), prompt="", context={})
        tamper("update signing_keys set public = zeroblob(32) where id = 1")
        assert ("signature_wrong", 1) in findings(carried)


def test_a_clock_that_was_set_back_is_told(
    library: Library, make_answer: MakeAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit.record_answer(library, make_answer(), prompt="", context={})
    earlier = datetime(2020, 1, 1, tzinfo=UTC).isoformat(timespec="microseconds")
    monkeypatch.setattr(chain, "now", lambda: earlier)
    audit.record_answer(library, make_answer(), prompt="", context={})
    assert findings(library) == []
    assert notices(library) == [("clock_back", 2)]


def test_a_duplicated_record_is_named(filled: Library, tamper: Tamper) -> None:
    tamper(
        "insert into audit_records (seq, at, kind, answer_id, body, previous, hash, signature, key_id)"
        " select 5, at, kind, answer_id, body, previous, hash || 'x', signature, key_id"
        " from audit_records where seq = 4"
    )
    assert {("broken_link", 5), ("record_edited", 5)} <= set(findings(filled))


def test_a_spliced_log_is_named(filled: Library, make_answer: MakeAnswer, tmp_path: Path) -> None:
    """A record of another library, of the same key even, does not fit here."""
    with Library.open(tmp_path / "other") as other:
        for _ in range(3):
            audit.record_answer(other, make_answer(), prompt="p", context={})
        foreign = list(audit_log.records(other))[1]
    with sqlite3.connect(filled.path) as db:
        db.execute("drop trigger audit_records_no_update")
        db.execute(
            "update audit_records set at = ?, kind = ?, answer_id = ?, body = ?, hash = ? where seq = 2",
            [foreign.at, foreign.kind, foreign.answer_id, foreign.body, foreign.hash],
        )
    db.close()
    assert {("record_edited", 2), ("broken_link", 3)} <= set(findings(filled))


def test_a_truncated_log_fails_against_an_anchor(
    filled: Library, make_answer: MakeAnswer, tamper: Tamper
) -> None:
    made = audit.anchor(filled)
    assert (made.records, made.head) == (5, audit.head(filled))
    assert made.key == library_key(filled).fingerprint
    audit.record_answer(filled, make_answer(), prompt="", context={})
    assert findings(filled, expected_head=made.head.upper()) == []
    tamper(
        "delete from answers where rowid > 3",
        "delete from audit_texts where seq > 3",
        "delete from audit_records where seq > 3",
    )
    assert findings(filled) == []  # nothing inside tells it: that is what the anchor is for
    assert findings(filled, expected_head=made.head) == [("head_missing", 3)]
