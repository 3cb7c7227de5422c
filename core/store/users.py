"""The tables of people: users, their sealed signing keys, and the public keys that they ever had."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

if TYPE_CHECKING:  # core.store.migrations imports this module, and the library imports the migrations
    from core.store.database import Library


class Role(StrEnum):
    """What a person may do; each role may what the ones before it may."""

    ASKER = "asker"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    @property
    def signs(self) -> bool:
        """Whether people of this role have a key and may decide about answers."""
        return self is not Role.ASKER


@dataclass(frozen=True, slots=True)
class StoredUser:
    """A person. ``sealed`` is the signing key in its box, None for askers; ``failures`` counts wrong
    passphrases in a row, the last one at ``failed_at``.
    """

    id: int
    name: str
    role: Role
    disabled: bool
    created_at: str
    sealed: bytes | None
    failures: int
    failed_at: str | None


@dataclass(frozen=True, slots=True)
class UserKey:
    """A public key that a person had from ``since`` ``until`` (None: still)."""

    fingerprint: str
    public: bytes
    name: str
    role: Role
    since: str
    until: str | None

    def may_sign(self, name: str, at: str) -> bool:
        """Whether a decision of this person at this time may carry this key's signature."""
        in_time = self.since <= at and (self.until is None or at <= self.until)
        return self.role.signs and folded(name) == folded(self.name) and in_time


_SCHEMA = (
    """create table users (
        id integer primary key, name text not null, folded text not null unique, role text not null,
        disabled integer not null default 0, created_at text not null, sealed blob,
        failures integer not null default 0, failed_at text)""",
    """create table user_keys (
        fingerprint text primary key, public blob not null, user_id integer not null references users(id),
        since text not null, until text)""",
)
_KEY = """select k.fingerprint, k.public, u.name, u.role, k.since, k.until
    from user_keys k join users u on u.id = k.user_id """


def m0004_users(db: Database) -> None:
    """Create the people who ask, review and administrate."""
    for statement in _SCHEMA:
        db.execute(statement)


def folded(name: str) -> str:
    """A name as it is compared: one spelling for what people take for the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def insert_user(library: Library, name: str, role: Role, created_at: str) -> int:
    """Add a person; the caller holds the transaction and has made sure that the name is free."""
    cursor = library.db.execute(
        "insert into users (name, folded, role, created_at) values (?, ?, ?, ?)",
        [name, folded(name), role.value, created_at],
    )
    return int(cursor.lastrowid or 0)


def put_key(library: Library, user_id: int, fingerprint: str, public: bytes, sealed: bytes, at: str) -> None:
    """Give a person this key; the one before it ends now."""
    db = library.db
    db.execute("update user_keys set until = ? where user_id = ? and until is null", [at, user_id])
    db.execute(
        "insert into user_keys (fingerprint, public, user_id, since) values (?, ?, ?, ?)",
        [fingerprint, public, user_id, at],
    )
    seal_key(library, user_id, sealed)


def seal_key(library: Library, user_id: int, sealed: bytes) -> None:
    """Keep a person's key in this box from now on, and forget wrong passphrases."""
    library.db.execute(
        "update users set sealed = ?, failures = 0, failed_at = null where id = ?", [sealed, user_id]
    )


def set_disabled(library: Library, user_id: int, disabled: bool, at: str) -> None:
    """Let a person in or keep them out; a key ends when its owner is kept out, and begins anew."""
    library.db.execute("update users set disabled = ? where id = ?", [int(disabled), user_id])
    if disabled:
        library.db.execute(
            "update user_keys set until = ? where user_id = ? and until is null", [at, user_id]
        )


def note_failure(library: Library, user_id: int, at: str) -> None:
    """One more wrong passphrase."""
    library.db.execute("update users set failures = failures + 1, failed_at = ? where id = ?", [at, user_id])


def forget_failures(library: Library, user_id: int) -> None:
    """The passphrase was right."""
    library.db.execute("update users set failures = 0, failed_at = null where id = ?", [user_id])


def find_user(library: Library, name: str) -> StoredUser | None:
    """The person of this name, however it is spelled."""
    rows = library.db.query("select * from users where folded = ?", [folded(name)])
    return next((_user(row) for row in rows), None)


def list_users(library: Library) -> tuple[StoredUser, ...]:
    """Everybody, in the order in which they came."""
    return tuple(_user(row) for row in library.db.query("select * from users order by id"))


def find_key(library: Library, fingerprint: str) -> UserKey | None:
    """The key with this fingerprint and whose it is."""
    return next(
        (_key(row) for row in library.db.query(_KEY + "where k.fingerprint = ?", [fingerprint])), None
    )


def keys(library: Library) -> tuple[UserKey, ...]:
    """All keys that people ever had, the oldest first."""
    return tuple(_key(row) for row in library.db.query(_KEY + "order by k.since, k.fingerprint"))


def _user(row: Mapping[str, Any]) -> StoredUser:
    return StoredUser(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        disabled=bool(row["disabled"]),
        created_at=row["created_at"],
        sealed=row["sealed"],
        failures=row["failures"],
        failed_at=row["failed_at"],
    )


def _key(row: Mapping[str, Any]) -> UserKey:
    return UserKey(
        fingerprint=row["fingerprint"],
        public=row["public"],
        name=row["name"],
        role=Role(row["role"]),
        since=row["since"],
        until=row["until"],
    )
