"""Anchors: the head hash at a moment, to be kept where nobody who can write the library can reach it."""

from __future__ import annotations

from dataclasses import dataclass

from core.audit.records import head
from core.signing import fingerprint_of
from core.store import audit_log
from core.store.chain import RecordKind, append
from core.store.database import Library


@dataclass(frozen=True, slots=True)
class Anchor:
    """What to print or send: the hash of the record of the anchor itself, which stands at the log's end.

    ``records`` counts all records up to it, ``at`` is its time (ISO 8601, UTC), ``key`` the fingerprint
    of the library's key.
    """

    head: str
    records: int
    at: str
    key: str


def anchor(library: Library) -> Anchor:
    """Write an anchor into the log and return what to keep outside; ``verify`` compares with it later."""
    with library.writing():
        last = audit_log.last_record(library)
        body = {"covers": last.seq if last else 0, "head": head(library)}
        record = append(library, RecordKind.ANCHOR, body)
    assert record.key is not None
    return Anchor(record.hash, record.seq, record.at, fingerprint_of(record.key))
