"""Review on another computer: the file of waiting answers and the signed decisions that go back.

A library cannot lie on a network share, so it stays where it is. The file holds all that is needed to
judge: answers, claims, quotes and the text of the pages that they stand on; and the sealed keys of the
reviewers it is meant for, who open theirs with their passphrase there. The way back is a file with one
signed decision a line. Nothing here needs the library: ``carry_out`` writes the file there, ``carry_back``
takes the decisions. Both files are untrusted: whoever made a key of their own can sign anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core import signing
from core.errors import DecisionError, IdentityError, LibraryError
from core.identity import Session, same_person
from core.review import decisions
from core.review.decisions import Verdicted
from core.signing import SigningKey, fingerprint_of
from core.store.content import canonical, decode, encode_decision, sign_decision
from core.store.users import Role
from core.types import Answer, Place, Verdict

FORMAT = "touchstone-review"
DECISION_FORMAT = "touchstone-decision"
VERSION = 1
_LARGEST = 256 * 2**20  # bytes of a file that is read
_SIGNED_FILE = b"touchstone review file\x00"
_SIGNED_LINE = b"touchstone carried decision\x00"


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """The text of a page, sheet, slide or section that some evidence stands on, as it was checked."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """A waiting answer. ``hidden``: its level is not to be shown; ``assigned_to`` as in the queue."""

    answer: Answer
    hidden: bool
    assigned_to: str | None
    pages: tuple[CarriedPage, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer whom the file is meant for, with the sealed key."""

    name: str
    role: Role
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """An opened file. ``key`` is the fingerprint of the library that wrote it: compare it once."""

    library_id: str
    created_at: str
    key: str
    people: tuple[Person, ...]
    items: tuple[CarriedItem, ...]

    def item(self, answer_id: str) -> CarriedItem:
        """An answer by its id or the start of it. Raises LibraryError when there is none, or several."""
        found = [item for item in self.items if item.answer.id.startswith(answer_id)]
        if len(found) != 1 or len(answer_id) < 8:
            raise LibraryError("answer_unknown", id=answer_id)
        return found[0]


def open_file(path: Path) -> Carried:
    """Read a file of waiting answers; it works without the library.

    Raises DecisionError ``carry_damaged`` for anything that is not whole and signed as it stands.
    """
    whole = parsed(read_text(path))
    try:
        if whole["format"] != FORMAT or whole["version"] != VERSION:
            raise DecisionError("carry_damaged", path=str(path))
        payload, public = str(whole["payload"]), bytes.fromhex(whole["key"])
        signed = signing.verify(public, file_bytes(payload), bytes.fromhex(whole["signature"]))
        if not signed:
            raise DecisionError("carry_damaged", path=str(path))
        return _carried(parsed(payload), fingerprint_of(public))
    except (KeyError, TypeError, ValueError, RecursionError, LibraryError) as error:
        raise DecisionError("carry_damaged", path=str(path)) from error


def unlock(carried: Carried, name: str, passphrase: str) -> Session:
    """The reviewer's key out of the file. Raises IdentityError as ``identity.log_in`` does."""
    for person in carried.people:
        if same_person(person.name, name):
            return Session(person.name, person.role, SigningKey.unseal(person.sealed, passphrase))
    raise IdentityError("carry_not_for", name=name)


def decide_carried(
    carried: Carried,
    answer_id: str,
    said: Verdicted,
    signer: Session,
    labels: Mapping[int, Verdict] | None = None,
) -> str:
    """One signed line for the file of decisions; ``labels`` are verdicts on claims, numbered from 0.

    Raises DecisionError as ``release`` does, also for the reviewer's own answer under four eyes.
    """
    item = carried.item(answer_id)
    answer = item.answer
    if answer.four_eyes and same_person(answer.asked_by, signer.name):
        raise DecisionError("decision_own_answer", name=signer.name)
    for number in labels or {}:
        if not 0 <= number < len(answer.check.claims):
            raise DecisionError("label_claim", number=number + 1, claims=len(answer.check.claims))
    decided = sign_decision(decisions.apply(answer, replace(said, who=signer.name)), signer.key)
    line = {
        "format": DECISION_FORMAT,
        "version": VERSION,
        "library": carried.library_id,
        "decision": json.loads(encode_decision(decided)),
        "labels": {str(number): verdict.value for number, verdict in (labels or {}).items()},
    }
    signature = signer.key.sign(line_bytes(line))
    return canonical({**line, "signature": signature.hex()})


def file_bytes(payload: str) -> bytes:
    """What the library's key signs of a file."""
    return _SIGNED_FILE + payload.encode("utf-8")


def line_bytes(line: Mapping[str, Any]) -> bytes:
    """What a reviewer's key signs of a line of decisions, beside the decision itself."""
    return _SIGNED_LINE + canonical(line).encode("utf-8")


def read_text(path: Path) -> str:
    """The text of a file from elsewhere. Raises DecisionError for one that is too large or no text."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DecisionError("carry_damaged", path=str(path))
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError("carry_unreadable", path=str(path)) from error


def parsed(text: str) -> dict[str, Any]:
    """The JSON object that this text is. Raises DecisionError ``import_damaged`` for anything else."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecisionError("import_damaged") from error
    if not isinstance(whole, dict):
        raise DecisionError("import_damaged")
    return whole


def _carried(payload: Mapping[str, Any], key: str) -> Carried:
    pages = {
        str(name): CarriedPage(
            Place(page["document"], page["document_sha256"], page["page"], page["section"], page["sheet"]),
            str(page["text"]),
        )
        for name, page in _object(payload["pages"]).items()
    }
    return Carried(
        str(payload["library"]),
        str(payload["created_at"]),
        key,
        tuple(
            Person(str(person["name"]), Role(person["role"]), bytes.fromhex(person["sealed"]))
            for person in payload["people"]
        ),
        tuple(
            CarriedItem(
                decode(item["answer"]),
                bool(item["hidden"]),
                item["assigned_to"],
                tuple(pages[name] for name in item["pages"]),
            )
            for item in payload["items"]
        ),
    )


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
