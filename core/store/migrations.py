"""The schema's history: one small function a change, in order.

All that a file lacks run in one transaction. A released step is never edited. ``PRAGMA user_version`` counts
the steps that a file has had.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from core.store.audit_log import m0002_answers_and_audit, m0003_signed_records
from core.store.calibration import m0006_calibration
from core.store.reviews import m0005_reviews
from core.store.users import m0004_users

Migration = Callable[[Database], None]

_DOCUMENTS = (
    "create table facts (name text primary key, value text not null) without rowid",
    """create table contents (
        id integer primary key, sha256 text not null, suffix text not null, format text not null,
        size integer not null, state text not null, reason text, read_at text not null,
        unique (sha256, suffix))""",
    """create table documents (
        id integer primary key, path text not null, content_id integer not null references contents(id),
        added_at text not null, current integer not null)""",
    "create unique index documents_current on documents(path) where current = 1",
    "create index documents_by_path on documents(path)",
    "create index documents_by_content on documents(content_id, current)",
    """create table pages (
        id integer primary key, content_id integer not null references contents(id) on delete cascade,
        position integer not null, number integer, section text, sheet text, header text,
        text blob not null, anchors blob, unique (content_id, position))""",
    """create table passages (
        id integer primary key, content_id integer not null references contents(id) on delete cascade,
        page_id integer not null references pages(id) on delete cascade,
        first integer not null, last integer not null, header text, text text not null,
        input blob not null)""",
    "create index passages_by_content on passages(content_id)",
    "create index passages_by_page on passages(page_id)",
    "create table encoders (id integer primary key, identity text not null unique)",
    """create table vectors (
        encoder_id integer not null references encoders(id), input blob not null, scale real not null,
        numbers blob not null, primary key (encoder_id, input)) without rowid""",
    "create index passages_by_input on passages(input)",
    """create virtual table passage_words using fts5(
        words, context, tokenize = "unicode61 remove_diacritics 0 tokenchars '.-_%'")""",
    "create virtual table passage_terms using fts5vocab(passage_words, row)",
)


def m0001_documents(db: Database) -> None:
    """Create documents, their pages, passages, vectors and the word index.

    ``contents`` is what a file holds, known by its hash and its name's ending (which decides how it is
    read); ``documents`` is which path held it since when. ``passages`` exist only for contents that some
    current document holds; pages stay, so that an old answer can still show its evidence. A vector
    belongs to what was encoded (``input``, a digest), so that a text that stays or returns is not encoded
    again, and work that was cut off half-way is not lost.
    """
    for statement in _DOCUMENTS:
        db.execute(statement)


def m0007_standings(db: Database) -> None:
    """Create the standings of documents, by path: authority and the days of validity."""
    db.execute(
        """create table standings (
            path text primary key, authority integer not null, valid_from text, valid_until text)
            without rowid"""
    )


MIGRATIONS: tuple[Migration, ...] = (
    m0001_documents,
    m0002_answers_and_audit,
    m0003_signed_records,
    m0004_users,
    m0005_reviews,
    m0006_calibration,
    m0007_standings,
)
