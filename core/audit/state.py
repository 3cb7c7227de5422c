"""What the log implies: the history, the people and the policy that the library's tables must show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.audit.findings import Finding, listed, mapped
from core.signing import fingerprint_of
from core.store import answers, users
from core.store.audit_log import StoredRecord, StoredText
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import AnswerId

_CHECKED = ("level", "risk", "coverage", "refused")


@dataclass(frozen=True, slots=True)
class _Person:
    """A person as the log knows them; ``key`` is the fingerprint of the present key."""

    role: str
    disabled: bool
    key: str | None


@dataclass(slots=True)
class Implied:
    """What the records up to here say; ``note`` reads one more."""

    decisions: dict[str, str] = field(default_factory=dict)
    checks: dict[str, dict[str, Any]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)  # answers
    keys: dict[str, str] = field(default_factory=dict)  # fingerprint -> role
    people: dict[str, _Person] = field(default_factory=dict)
    four_eyes: bool = False

    def note(self, record: StoredRecord, body: Mapping[str, Any], texts: Mapping[str, StoredText]) -> None:
        """Take in one record; records must come in order."""
        match record.kind:
            case RecordKind.ERASURE:
                self.erased.add(record.answer_id)
            case RecordKind.RETENTION:
                self.erased |= {str(item) for item in listed(body, "answers")}
            case RecordKind.ANSWER:
                self.checks[record.answer_id] = {name: body[name] for name in _CHECKED if name in body}
                self.decisions[record.answer_id] = str(body.get("decision"))
            case RecordKind.DECISION:
                self.decisions[record.answer_id] = str(body.get("decision"))
            case RecordKind.USER:
                self._note_user(body, texts.get("user"))
            case RecordKind.POLICY | RecordKind.SETTINGS:
                self._note_policy(body)

    def _note_user(self, body: Mapping[str, Any], text: StoredText | None) -> None:
        role, key = str(body.get("role")), body.get("key")
        if isinstance(key, str):
            self.keys[key] = role
        said = mapped(text.text if text else None).get("name")
        if not isinstance(said, str):
            return  # its text is gone or edited: a finding of its own
        name = users.folded(said)
        known = self.people.get(name)
        match body.get("action"):
            case "added" | "reset":
                self.people[name] = _Person(role, False, key if isinstance(key, str) else None)
            case "disabled" if known is not None:
                self.people[name] = replace(known, disabled=True, key=None)

    def _note_policy(self, body: Mapping[str, Any]) -> None:
        """A policy that was set by itself, or with the settings: these switch it on, never off."""
        settings = body.get("settings")
        if isinstance(body.get("four_eyes"), bool):
            self.four_eyes = bool(body["four_eyes"])
        elif isinstance(settings, dict) and settings.get("four_eyes") is True:
            self.four_eyes = True


def check_state(library: Library, implied: Implied) -> Iterator[Finding]:
    """Where the tables that people see and that the gate asks say something else than the log."""
    yield from _check_rows(library, implied)
    yield from _check_users(library, implied)
    if answers.own_four_eyes(library) != implied.four_eyes:
        yield Finding("policy_differs", 0, "")


def _check_rows(library: Library, implied: Implied) -> Iterator[Finding]:
    """The history must say what the log says: no row without a record, none with another check, decision
    or with texts erased that are there.
    """
    rows = {row.id: row for row in answers.list_answers(library, limit=-1)}
    for answer_id in sorted({*rows, *implied.decisions}):
        row = rows.get(AnswerId(answer_id))
        said = {
            "decision": implied.decisions.get(answer_id),
            "erased": answer_id in implied.erased,
            **implied.checks.get(answer_id, {}),
        }
        if row is None or any(getattr(row, name) != value for name, value in said.items()):
            yield Finding("row_differs", 0, answer_id)


def _check_users(library: Library, implied: Implied) -> Iterator[Finding]:
    """No key of a person that the log does not know, nobody with another name, role, key, or let in again."""
    current = {}
    for key in users.keys(library):
        if (
            implied.keys.get(key.fingerprint) != key.role.value
            or fingerprint_of(key.public) != key.fingerprint
        ):
            yield Finding("user_differs", 0, key.fingerprint)
        if key.until is None:
            current[users.folded(key.name)] = key.fingerprint
    found = {
        users.folded(user.name): _Person(user.role.value, user.disabled, current.get(users.folded(user.name)))
        for user in users.list_users(library)
    }
    for name in sorted({*found, *implied.people}):
        if found.get(name) != implied.people.get(name):
            yield Finding("person_differs", 0, name)
