"""The chain of the audit log: how a record is hashed, signed and appended, whatever it says.

It stands in the store so that every change of stored data can be recorded in the transaction that makes
it. A record commits to its texts by salted digests, to the record before it by its hash, and to that
record's signature; the library's key signs the hash. So the last signature vouches for all before it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.store import audit_log
from core.store.answers import canonical
from core.store.audit_log import StoredRecord, StoredText
from core.store.database import Library
from core.store.keys import library_key

GENESIS = "0" * 64
_SIGNED = b"touchstone audit record\x00"  # so that no signature over a hash can be used for anything else


class RecordKind(StrEnum):
    """What happened."""

    ANSWER = "answer"
    DECISION = "decision"
    ERASURE = "erasure"
    SETTINGS = "settings"
    POLICY = "policy"
    DOCUMENT = "document"
    MODEL = "model"
    EXPORT = "export"
    LOGIN = "login"
    USER = "user"
    ANCHOR = "anchor"
    RETENTION = "retention"
    HOLD = "hold"
    LABEL = "label"
    ASSIGNMENT = "assignment"
    IMPORT = "import"


def now() -> str:
    """The time as records hold it: ISO 8601, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def append(
    library: Library,
    kind: RecordKind,
    body: Mapping[str, Any],
    texts: Mapping[str, str] | None = None,
    answer_id: str = "",
) -> StoredRecord:
    """Add one signed record, in the caller's transaction if there is one.

    ``body`` is open for good: codes, figures, hashes. Words of people and documents, names and paths belong
    into ``texts`` (role -> text): they are kept apart and can be erased.

    Raises LibraryError when it cannot be written, IdentityError when the library's key cannot be had.
    """
    key = library_key(library)
    with library.writing():
        last = audit_log.last_record(library)
        seq = last.seq + 1 if last else 1
        stored = tuple(_salted(seq, answer_id, role, text) for role, text in sorted((texts or {}).items()))
        whole = canonical({**body, **_ties(last), "texts": {text.role: text.digest for text in stored}})
        at, previous = now(), last.hash if last else GENESIS
        digest = link_hash(seq, at, kind.value, answer_id, whole, previous)
        signature = key.sign(signed_bytes(digest))
        record = StoredRecord(seq, at, kind.value, answer_id, whole, previous, digest, signature, key.public)
        audit_log.append_record(library, record, stored)
    return record


def signed_bytes(record_hash: str) -> bytes:
    """What the library's key signs of a record."""
    return _SIGNED + record_hash.encode("ascii")


def text_digest(salt: bytes, text: str) -> str:
    """The salted digest that a record holds of a text."""
    return hashlib.sha256(salt + text.encode("utf-8")).hexdigest()


def signature_digest(signature: bytes) -> str:
    """How a record refers to the signature of the record before it."""
    return hashlib.sha256(signature).hexdigest()


def link_hash(seq: int, at: str, kind: str, answer_id: str, body: str, previous: str) -> str:
    """A record's hash: over everything that it says, and over the hash of the record before it."""
    link = canonical([seq, at, kind, answer_id, body, previous])
    return hashlib.sha256(link.encode("utf-8")).hexdigest()


def _ties(last: StoredRecord | None) -> dict[str, str]:
    if last is None or last.signature is None:
        return {}
    return {"previous_signature": signature_digest(last.signature)}


def _salted(seq: int, answer_id: str, role: str, text: str) -> StoredText:
    salt = secrets.token_bytes(16)
    return StoredText(seq, answer_id, role, salt, text_digest(salt, text), text)
