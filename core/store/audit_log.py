"""The tables of the audit log: records that are only ever added, and the texts that they commit to.

``audit_records`` holds the chain; triggers refuse any change. ``audit_texts`` holds what the digests
stand for; a text may be erased (set to null), never altered. What a record means is ``core.audit``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

from core.types import AnswerId

if TYPE_CHECKING:  # core.store.migrations imports this module, and the library imports the migrations
    from core.store.database import Library


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One link of the chain as it stands in the table; ``body`` is canonical JSON."""

    seq: int
    at: str
    kind: str
    answer_id: str
    body: str
    previous: str
    hash: str


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


def append_record(library: Library, record: StoredRecord, texts: tuple[StoredText, ...]) -> None:
    """Add one link and its texts; the caller holds the write transaction."""
    library.db.execute(
        "insert into audit_records (seq, at, kind, answer_id, body, previous, hash)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [record.seq, record.at, record.kind, record.answer_id, record.body, record.previous, record.hash],
    )
    for text in texts:
        library.db.execute(
            "insert into audit_texts (seq, answer_id, role, salt, digest, text) values (?, ?, ?, ?, ?, ?)",
            [text.seq, text.answer_id, text.role, text.salt, text.digest, text.text],
        )


def last_record(library: Library) -> StoredRecord | None:
    """The newest link, None for an empty log."""
    rows = list(library.db.query("select * from audit_records order by seq desc limit 1"))
    return StoredRecord(**rows[0]) if rows else None


def records(library: Library, answer_id: str | None = None) -> Iterator[StoredRecord]:
    """All links in order, or those of one answer."""
    query = "select * from audit_records where ? is null or answer_id = ? order by seq"
    for row in library.db.query(query, [answer_id, answer_id]):
        yield StoredRecord(**row)


def texts(library: Library, seq: int) -> tuple[StoredText, ...]:
    """The texts that one record commits to."""
    rows = library.db.query("select * from audit_texts where seq = ? order by role", [seq])
    return tuple(StoredText(**row) for row in rows)


def text_of(library: Library, answer_id: AnswerId, role: str) -> str | None:
    """The newest text of an answer in a role; None when there is none or it was erased."""
    query = "select text from audit_texts where answer_id = ? and role = ? order by seq desc limit 1"
    rows = list(library.db.query(query, [answer_id, role]))
    return str(rows[0]["text"]) if rows and rows[0]["text"] is not None else None


def erase_texts(library: Library, answer_id: AnswerId, roles: tuple[str, ...]) -> None:
    """Forget an answer's texts in these roles; the digests stay and the chain still verifies."""
    for role in roles:
        library.db.execute(
            "update audit_texts set text = null where answer_id = ? and role = ?", [answer_id, role]
        )
