"""Reading the whole log: does the chain hold, are the signatures right, is everything there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import signing
from core.audit.findings import Finding, listed, mapped
from core.audit.state import Implied, check_state
from core.errors import LibraryError
from core.signing import fingerprint_of
from core.store import audit_log
from core.store.audit_log import StoredRecord, StoredText
from core.store.chain import (
    GENESIS,
    RecordKind,
    link_hash,
    signature_digest,
    signed_bytes,
    text_digest,
)
from core.store.content import decision_is_sound
from core.store.database import Library


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key that signed records: its fingerprint, how many, the first and the last."""

    fingerprint: str
    records: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of reading the whole log. ``head`` is the hash of its last record.

    ``findings`` are what is wrong, in the order of the records; ``notices`` what a person should know:
    a clock that was set back, records without signature, a change of the key. ``anchored`` is the number of
    the last anchor's record, None where there is none: what came after it stands nowhere else.
    """

    records: int
    erased: int
    head: str
    findings: tuple[Finding, ...]
    notices: tuple[Finding, ...] = ()
    unsigned: int = 0
    keys: tuple[KeyUse, ...] = ()
    anchored: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(slots=True)
class _Reading:
    """What was met on the way through the records."""

    findings: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    hashes: set[str] = field(default_factory=lambda: {GENESIS})
    gone: set[tuple[int, str]] = field(default_factory=set)
    erased_texts: set[int] = field(default_factory=set)  # of records that are about no answer
    implied: Implied = field(default_factory=Implied)
    uses: dict[bytes, KeyUse] = field(default_factory=dict)
    count: int = 0
    unsigned: int = 0
    last: StoredRecord | None = None
    runs: list[StoredRecord] = field(default_factory=list)  # the last record before each change of key
    anchored: int | None = None


def verify(
    library: Library,
    *,
    expected_head: str | None = None,
    key: str | None = None,
    every_signature: bool = False,
) -> Verification:
    """Read the whole log and name every record that does not hold.

    ``expected_head`` is a head hash that was kept outside: a log that no longer contains it was cut off
    or rewritten. ``key`` is the fingerprint of the library's key, kept outside too: whatever another key
    signed is then a finding. Each record commits to the signature before it, so that the last signature of
    a key vouches for the others; ``every_signature`` checks each one all the same.
    """
    reading = _Reading()
    with library.reading():
        texts = _Texts(audit_log.all_texts(library))
        for record in audit_log.records(library):
            _read(reading, record, texts.until(record.seq))
        reading.findings += [Finding("text_added", text.seq, text.answer_id) for text in texts.rest()]
        reading.findings += _check_signatures(library, reading, every_signature)
        reading.findings += _check_erased(reading)
        reading.findings += check_state(library, reading.implied)
    if reading.unsigned and not reading.uses:
        reading.notices.append(Finding("unsigned_all", reading.count, ""))
    reading.findings += _check_outside(reading, expected_head, key)
    return Verification(
        reading.count,
        len(reading.gone),
        reading.last.hash if reading.last else GENESIS,
        tuple(reading.findings),
        tuple(reading.notices),
        reading.unsigned,
        tuple(reading.uses.values()),
        reading.anchored,
    )


class _Texts:
    """Walks the texts beside the records, so that 100,000 records need one query."""

    def __init__(self, texts: Iterator[StoredText]) -> None:
        self._texts = texts
        self._next = next(texts, None)

    def until(self, seq: int) -> list[StoredText]:
        """The texts up to this record that were not asked for before; records must be asked for in order."""
        found = []
        while self._next is not None and self._next.seq <= seq:
            found.append(self._next)
            self._next = next(self._texts, None)
        return found

    def rest(self) -> Iterator[StoredText]:
        """The texts beyond the last record that was asked for."""
        while self._next is not None:
            yield self._next
            self._next = next(self._texts, None)


def _read(reading: _Reading, record: StoredRecord, beside: Sequence[StoredText]) -> None:
    body, last = mapped(record.body), reading.last
    texts = {text.role: text for text in beside if text.seq == record.seq}
    reading.count += 1
    reading.findings += _check_link(record, reading.count, last)
    reading.findings += _check_texts(record, body, texts)
    reading.findings += _check_added(record, body, beside)
    reading.findings += _check_tie(body, last)
    if last is not None and record.at < last.at:
        reading.notices.append(Finding("clock_back", record.seq, record.answer_id))
    _note_key(reading, record)
    reading.gone |= {(record.seq, record.answer_id) for text in texts.values() if text.text is None}
    reading.implied.note(record, body, texts)
    if record.kind == RecordKind.DOCUMENT:
        reading.erased_texts |= {item for item in listed(body, "erased") if isinstance(item, int)}
    if record.kind == RecordKind.DECISION:
        reading.findings += _check_decision(record, texts)
    if record.kind == RecordKind.ANCHOR:
        reading.anchored = record.seq
    reading.last = record
    reading.hashes.add(record.hash)


def _note_key(reading: _Reading, record: StoredRecord) -> None:
    if record.key is None or record.signature is None:
        reading.unsigned += 1
        if reading.uses:  # a version that signs does not stop signing
            reading.findings.append(Finding("signature_missing", record.seq, record.answer_id))
        return
    use = reading.uses.get(record.key)
    if use is None:
        if reading.uses:
            reading.notices.append(Finding("key_changed", record.seq, record.answer_id))
        elif reading.unsigned:
            reading.notices.append(Finding("unsigned_before", record.seq, ""))
        use = KeyUse(fingerprint_of(record.key), 0, record.seq, record.seq)
    reading.uses[record.key] = KeyUse(use.fingerprint, use.records + 1, use.first, record.seq)
    last = reading.last
    if last is not None and last.key is not None and last.key != record.key:
        reading.runs.append(last)


def _check_link(record: StoredRecord, position: int, last: StoredRecord | None) -> Iterator[Finding]:
    if record.seq != position:
        yield Finding("out_of_order", record.seq, record.answer_id)
    if record.previous != (last.hash if last else GENESIS):
        yield Finding("broken_link", record.seq, record.answer_id)
    link = (record.seq, record.at, record.kind, record.answer_id, record.body, record.previous)
    if link_hash(*link) != record.hash:
        yield Finding("record_edited", record.seq, record.answer_id)


def _check_tie(body: Mapping[str, Any], last: StoredRecord | None) -> Iterator[Finding]:
    """The record before must carry the signature that this record's body saw."""
    seen = body.get("previous_signature")
    carried = signature_digest(last.signature) if last is not None and last.signature else None
    if last is not None and seen != carried:
        yield Finding("signature_edited", last.seq, last.answer_id)


def _check_texts(
    record: StoredRecord, body: Mapping[str, Any], texts: Mapping[str, StoredText]
) -> Iterator[Finding]:
    for role, digest in sorted(_committed(body).items()):
        stored = texts.get(role)
        if stored is None:
            yield Finding("text_missing", record.seq, record.answer_id)
        elif stored.digest != digest or (
            stored.text is not None and text_digest(stored.salt, stored.text) != digest
        ):
            yield Finding("text_edited", record.seq, record.answer_id)


def _check_added(
    record: StoredRecord, body: Mapping[str, Any], beside: Sequence[StoredText]
) -> Iterator[Finding]:
    """No text that no record commits to, none under another answer: whoever loads an answer would read it."""
    for text in beside:
        own = text.seq == record.seq and text.answer_id == record.answer_id
        if not own or text.role not in _committed(body):
            yield Finding("text_added", text.seq, text.answer_id)


def _committed(body: Mapping[str, Any]) -> dict[str, Any]:
    committed = body.get("texts")
    return committed if isinstance(committed, dict) else {}


def _check_decision(record: StoredRecord, texts: Mapping[str, StoredText]) -> Iterator[Finding]:
    """A decision that carries a person's signature must be what that person signed."""
    stored = texts.get("decision")
    if stored is None or stored.text is None:
        return
    try:
        sound = decision_is_sound(stored.text)
    except LibraryError:
        sound = False
    if not sound:
        yield Finding("decision_forged", record.seq, record.answer_id)


def _check_signatures(library: Library, reading: _Reading, every: bool) -> Iterator[Finding]:
    """The last signature of each run of a key; where one fails, all of them, to name the first."""
    ends = [*reading.runs, *([reading.last] if reading.last is not None else [])]
    if every or not all(_signed(record) for record in ends):
        for record in audit_log.records(library):
            if not _signed(record):
                yield Finding("signature_wrong", record.seq, record.answer_id)


def _signed(record: StoredRecord) -> bool:
    if record.key is None or record.signature is None:
        return True  # counted and judged where it stands
    return signing.verify(record.key, signed_bytes(record.hash), record.signature)


def _check_erased(reading: _Reading) -> Iterator[Finding]:
    for seq, answer_id in sorted(reading.gone):
        if answer_id not in reading.implied.erased and seq not in reading.erased_texts:
            yield Finding("text_removed", seq, answer_id)


def _check_outside(reading: _Reading, expected_head: str | None, key: str | None) -> Iterator[Finding]:
    """Compare with what was kept outside the library."""
    if expected_head is not None and expected_head.strip().lower() not in reading.hashes:
        yield Finding("head_missing", reading.count, "")
    if key is None:
        return
    wanted = key.strip().lower()
    if wanted not in {use.fingerprint for use in reading.uses.values()}:
        yield Finding("key_missing", reading.count, "")
    for use in reading.uses.values():
        if use.fingerprint != wanted:
            yield Finding("key_foreign", use.first, "")
