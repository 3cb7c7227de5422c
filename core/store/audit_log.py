"""The tables of the audit log: records that are only ever added, and the texts that they commit to.

``audit_records`` holds the chain; triggers refuse any change. ``audit_texts`` holds what the digests
stand for; a text may be erased (set to null), never altered. What a record means is ``core.audit``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

from core.types import AnswerId

if TYPE_CHECKING:  # core.store.migrations imports this module, and the library imports the migrations
    from core.store.database import Library


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One link of the chain as it stands in the table; ``body`` is canonical JSON.

    ``signature`` over the hash and the public ``key`` that made it are None for records of versions that
    did not sign.
    """

    seq: int
    at: str
    kind: str
    answer_id: str
    body: str
    previous: str
    hash: str
    signature: bytes | None = None
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text that a record commits to by a salted digest; ``text`` is None once erased."""

    seq: int
    answer_id: str
    role: str
    salt: bytes
    digest: str
    text: str | None


def m0002_answers_and_audit(db: Database) -> None:
    """Create the history and the audit log."""
    for statement in _SCHEMA:
        db.execute(statement)


def m0003_signed_records(db: Database) -> None:
    """Let records carry the signature of the library's key, and hold back what must not be erased."""
    for statement in _SIGNED_SCHEMA:
        db.execute(statement)


_SIGNED_SCHEMA = (
    "create table signing_keys (id integer primary key, public blob not null unique)",
    "alter table audit_records add column signature blob",
    "alter table audit_records add column key_id integer references signing_keys(id)",
    "create index audit_records_by_kind on audit_records(kind)",
    """create table legal_holds (
        answer_id text primary key, since text not null, who text not null, reason text not null)
        without rowid""",
)

_SCHEMA = (
    """create table answers (
        id text primary key, created_at text not null, question text, level text not null,
        risk real not null, coverage real not null, decision text not null, refused integer not null,
        model text, decided_by text, decided_at text, erased integer not null default 0)""",
    "create index answers_by_time on answers(created_at)",
    """create table audit_records (
        seq integer primary key, at text not null, kind text not null, answer_id text not null,
        body text not null, previous text not null, hash text not null unique)""",
    "create index audit_records_by_answer on audit_records(answer_id)",
    """create table audit_texts (
        seq integer not null references audit_records(seq), answer_id text not null, role text not null,
        salt blob not null, digest text not null, text text, primary key (seq, role))""",
    "create index audit_texts_by_answer on audit_texts(answer_id)",
    """create trigger audit_records_no_update before update on audit_records
        begin select raise(abort, 'the audit log is append-only'); end""",
    """create trigger audit_records_no_delete before delete on audit_records
        begin select raise(abort, 'the audit log is append-only'); end""",
    """create trigger audit_texts_no_update before update on audit_texts
        when new.text is not null or new.digest != old.digest or new.salt != old.salt
            or new.role != old.role or new.seq != old.seq or new.answer_id != old.answer_id
        begin select raise(abort, 'an audited text can only be erased'); end""",
    """create trigger audit_texts_no_delete before delete on audit_texts
        begin select raise(abort, 'an audited text can only be erased'); end""",
)


_RECORD = """select r.seq, r.at, r.kind, r.answer_id, r.body, r.previous, r.hash, r.signature, k.public as key
    from audit_records r left join signing_keys k on k.id = r.key_id """


def append_record(library: Library, record: StoredRecord, texts: tuple[StoredText, ...]) -> None:
    """Add one link and its texts; the caller holds the write transaction."""
    library.db.execute("insert or ignore into signing_keys (public) values (?)", [record.key])
    library.db.execute(
        """insert into audit_records (seq, at, kind, answer_id, body, previous, hash, signature, key_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, (select id from signing_keys where public = ?))""",
        [
            *(record.seq, record.at, record.kind, record.answer_id, record.body),
            *(record.previous, record.hash, record.signature, record.key),
        ],
    )
    for text in texts:
        library.db.execute(
            "insert into audit_texts (seq, answer_id, role, salt, digest, text) values (?, ?, ?, ?, ?, ?)",
            [text.seq, text.answer_id, text.role, text.salt, text.digest, text.text],
        )


def last_record(library: Library) -> StoredRecord | None:
    """The newest link; None for an empty log."""
    rows = library.db.query(_RECORD + "order by r.seq desc limit 1")
    return next((StoredRecord(**row) for row in rows), None)


def newest(library: Library, kinds: Sequence[str]) -> Iterator[StoredRecord]:
    """The links of these kinds, the newest first."""
    marks = ", ".join("?" * len(kinds))
    for row in library.db.query(f"{_RECORD} where r.kind in ({marks}) order by r.seq desc", list(kinds)):
        yield StoredRecord(**row)


def records(library: Library, answer_id: str | None = None) -> Iterator[StoredRecord]:
    """All links in order, or those of one answer."""
    if answer_id is None:
        rows = library.db.query(_RECORD + "order by r.seq")
    else:
        rows = library.db.query(_RECORD + "where r.answer_id = ? order by r.seq", [answer_id])
    for row in rows:
        yield StoredRecord(**row)


def records_of(library: Library, kind: str) -> Iterator[StoredRecord]:
    """The links of one kind in order."""
    for row in library.db.query(_RECORD + "where r.kind = ? order by r.seq", [kind]):
        yield StoredRecord(**row)


def texts(library: Library, seq: int) -> tuple[StoredText, ...]:
    """The texts that one record commits to."""
    rows = library.db.query("select * from audit_texts where seq = ? order by role", [seq])
    return tuple(StoredText(**row) for row in rows)


def all_texts(library: Library) -> Iterator[StoredText]:
    """Every text, in the order of the records."""
    for row in library.db.query("select * from audit_texts order by seq, role"):
        yield StoredText(**row)


def text_of(library: Library, answer_id: AnswerId, role: str) -> str | None:
    """The newest text of an answer in a role; None when there is none or it was erased."""
    query = "select text from audit_texts where answer_id = ? and role = ? order by seq desc limit 1"
    rows = list(library.db.query(query, [answer_id, role]))
    return str(rows[0]["text"]) if rows and rows[0]["text"] is not None else None


def erase_texts(library: Library, answer_id: AnswerId) -> tuple[str, ...]:
    """Forget every text of an answer; the digests stay and the chain still verifies. Returns the roles."""
    rows = library.db.execute(
        "update audit_texts set text = null where answer_id = ? and text is not null returning role",
        [answer_id],
    )
    return tuple(sorted({str(row[0]) for row in rows.fetchall()}))


def erase_shared(library: Library, role: str, text: str) -> tuple[int, ...]:
    """Forget this very text wherever a record that is about no answer holds it; returns their numbers."""
    rows = library.db.execute(
        "update audit_texts set text = null where answer_id = '' and role = ? and text = ? returning seq",
        [role, text],
    )
    return tuple(sorted(int(row[0]) for row in rows.fetchall()))


@dataclass(frozen=True, slots=True)
class LegalHold:
    """What may not be erased: an answer, or with an empty ``answer_id`` everything."""

    answer_id: str
    since: str
    who: str
    reason: str


def put_hold(library: Library, hold: LegalHold) -> None:
    """Hold an answer, or everything; a hold that is there already stays as it is."""
    library.db.execute(
        "insert or ignore into legal_holds (answer_id, since, who, reason) values (?, ?, ?, ?)",
        [hold.answer_id, hold.since, hold.who, hold.reason],
    )


def drop_hold(library: Library, answer_id: str) -> bool:
    """End a hold; False when there was none."""
    return bool(library.db.execute("delete from legal_holds where answer_id = ?", [answer_id]).rowcount)


def holds(library: Library) -> tuple[LegalHold, ...]:
    """The holds in force, the oldest first."""
    rows = library.db.query("select * from legal_holds order by since, answer_id")
    return tuple(LegalHold(**row) for row in rows)
