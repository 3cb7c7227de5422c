"""Review on another computer: the waiting answers leave as one signed file, signed decisions come back.

A library cannot lie on a network share, so it stays where it is. The file holds all that is needed to
judge: answers, claims, quotes and the text of the pages that they stand on; and the sealed keys of the
reviewers it is meant for, who open theirs with their passphrase there. The way back is a file with one
signed decision a line; whatever does not fit the library any more is refused, line by line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core import audit, signing
from core.audit import RecordKind
from core.errors import CoreError, DecisionError, IdentityError, LibraryError
from core.identity import Session, list_users, same_person
from core.review import decisions
from core.review.decisions import Verdicted
from core.review.labelling import label_claim
from core.review.queue import queue
from core.signing import SigningKey, fingerprint_of
from core.store import answers, users
from core.store.content import (
    apply_decision,
    canonical,
    content_digest,
    decode,
    encode,
    encode_decision,
    is_signed,
    sign_decision,
)
from core.store.database import Library
from core.store.keys import library_id, library_key
from core.store.pages import find_page
from core.store.users import Role
from core.types import Answer, AnswerId, Claim, Decision, Place, Verdict

_LARGEST = 256 * 2**20  # bytes of a file that is read
_FORMAT = "touchstone-review"
_DECISION = "touchstone-decision"
_VERSION = 1
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


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line of decisions: ``refused`` is why it was not taken, None when it was."""

    line: int
    answer_id: str
    decision: str
    refused: CoreError | None


def export_file(
    library: Library,
    path: Path,
    *,
    for_whom: Sequence[str] = (),
    answer_ids: Sequence[str] = (),
    by: Session | None = None,
) -> int:
    """Write the waiting answers, or those named, for these reviewers (default: all); returns their number.

    Raises IdentityError where nobody could sign, and under four eyes without the session of a reviewer;
    LibraryError when the file cannot be written.
    """
    if answers.four_eyes(library) and by is None:
        raise IdentityError("signature_needed")
    people = _people(library, for_whom)
    wanted = {answers.find_row(library, answer_id).id for answer_id in answer_ids}
    waiting = [item for item in queue(library) if not wanted or item.answer_id in wanted]
    places: dict[str, dict[str, Any]] = {}
    items = [
        _packed(library, item.answer_id, item.level is None, item.assigned_to, places) for item in waiting
    ]
    payload = canonical(
        {
            "library": library_id(library),
            "created_at": audit.now(),
            "people": [
                {"name": user.name, "role": user.role.value, "sealed": user.sealed.hex()}
                for user in people
                if user.sealed
            ],
            "pages": places,
            "items": items,
        }
    )
    key = library_key(library)
    signature = key.sign(_SIGNED_FILE + payload.encode("utf-8"))
    whole = {
        "format": _FORMAT,
        "version": _VERSION,
        "payload": payload,
        "key": key.public.hex(),
        "signature": signature.hex(),
    }
    body = {"format": "review", "answers": [item.answer_id for item in waiting]}
    audit.record_event(library, RecordKind.EXPORT, body, {"for": canonical([user.name for user in people])})
    _write(path, json.dumps(whole, ensure_ascii=False))
    return len(items)


def open_file(path: Path) -> Carried:
    """Read a file of waiting answers; it works without the library.

    Raises DecisionError ``carry_damaged`` for anything that is not whole and signed as it stands.
    """
    whole = _parsed(_read(path))
    try:
        if whole["format"] != _FORMAT or whole["version"] != _VERSION:
            raise DecisionError("carry_damaged", path=str(path))
        payload, public = str(whole["payload"]), bytes.fromhex(whole["key"])
        signed = signing.verify(
            public, _SIGNED_FILE + payload.encode("utf-8"), bytes.fromhex(whole["signature"])
        )
        if not signed:
            raise DecisionError("carry_damaged", path=str(path))
        return _carried(_parsed(payload), fingerprint_of(public))
    except (KeyError, TypeError, ValueError, LibraryError) as error:
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
        "format": _DECISION,
        "version": _VERSION,
        "library": carried.library_id,
        "decision": json.loads(encode_decision(decided)),
        "labels": {str(number): verdict.value for number, verdict in (labels or {}).items()},
    }
    signature = signer.key.sign(_SIGNED_LINE + canonical(line).encode("utf-8"))
    return canonical({**line, "signature": signature.hex()})


def import_file(library: Library, path: Path) -> tuple[Imported, ...]:
    """Take signed decisions into the library, each in a transaction of its own, and record that it was done.

    A line is refused that is damaged, of another library, signed by a key that is not a reviewer's now, about
    an answer that has changed, or about one that was decided already (as when a file comes twice).
    """
    raw = _read(path)
    lines = [line for line in raw.split("\n") if line.strip()]
    done = tuple(_import_line(library, number, line) for number, line in enumerate(lines, start=1))
    refused = sum(each.refused is not None for each in done)
    body = {
        "accepted": len(done) - refused,
        "refused": refused,
        "sha256": hashlib.sha256(raw.encode("utf-8")).hexdigest(),
    }
    audit.record_event(library, RecordKind.IMPORT, body)
    return done


def _import_line(library: Library, number: int, line: str) -> Imported:
    answer_id = decision = ""
    try:
        fields, labels = _checked_line(library, line)
        answer_id, decision = str(fields["answer"]), str(fields["decision"])
        with library.writing():
            decided = _take(library, answer_id, canonical(fields))
            for claim, verdict in labels.items():
                label_claim(library, answer_id, claim, verdict, who=decided.decided_by or "")
    except (CoreError, KeyError, TypeError, ValueError) as error:
        reason = error if isinstance(error, CoreError) else DecisionError("import_damaged")
        return Imported(number, answer_id, decision, reason)
    return Imported(number, answer_id, decision, None)


def _checked_line(library: Library, line: str) -> tuple[dict[str, Any], dict[int, Verdict]]:
    whole = _parsed(line)
    if whole.get("format") != _DECISION or whole.get("version") != _VERSION:
        raise DecisionError("import_damaged")
    if whole["library"] != library_id(library):
        raise DecisionError("import_library")
    fields = whole["decision"]
    public = bytes.fromhex(fields["signature"]["key"])
    signature = bytes.fromhex(whole.pop("signature"))
    if not signing.verify(public, _SIGNED_LINE + canonical(whole).encode("utf-8"), signature):
        raise DecisionError("import_damaged")
    return fields, {int(number): Verdict(verdict) for number, verdict in whole["labels"].items()}


def _take(library: Library, answer_id: str, text: str) -> Answer:
    """Write an imported decision, if it fits the answer as it is here and now."""
    answer = answers.load_answer(library, answer_id)
    fields = _parsed(text)
    if answer.id != answer_id or fields.get("content") != content_digest(answer):
        raise DecisionError("import_changed", id=answer.id)
    decided = apply_decision(answer, text)
    if not is_signed(decided) or decided.signature is None or decided.decided_by is None:
        raise DecisionError("import_damaged")
    if decided.decision not in (Decision.RELEASED, Decision.REJECTED):
        raise DecisionError("import_damaged")
    public = bytes.fromhex(decided.signature.key)
    key = users.find_key(library, fingerprint_of(public))
    if key is None or not key.may_sign(decided.decided_by, decided.decided_at or ""):
        raise IdentityError("key_unknown", name=decided.decided_by)
    decisions.check_signer(library, answer, decided.decided_by, public)
    if not decisions.may_decide(library, answer):
        raise DecisionError("decision_not_held", decision=answer.decision.value)
    decisions.write(library, answer, decided, imported=True)
    return decided


def _people(library: Library, for_whom: Sequence[str]) -> list[users.StoredUser]:
    able = [user for user in list_users(library) if user.role.signs and not user.disabled and user.sealed]
    for name in for_whom:
        if not any(same_person(user.name, name) for user in able):
            raise IdentityError("user_unknown", name=name)
    chosen = [user for user in able if not for_whom or any(same_person(user.name, name) for name in for_whom)]
    if not chosen:
        raise IdentityError("carry_no_reviewer")
    return chosen


def _packed(
    library: Library,
    answer_id: AnswerId,
    hidden: bool,
    assigned_to: str | None,
    places: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    answer = answers.load_answer(library, answer_id)
    used = [_page(library, claim, places) for claim in answer.check.claims]
    return {
        "answer": encode(answer),
        "hidden": hidden,
        "assigned_to": assigned_to,
        "pages": sorted({name for names in used for name in names}),
    }


def _page(library: Library, claim: Claim, places: dict[str, dict[str, Any]]) -> list[str]:
    """Put the pages of a claim's evidence into ``places``; a page that was erased since is left out."""
    names = []
    for item in claim.evidence:
        if item.place is None:
            continue
        place = {
            "document": item.place.document,
            "document_sha256": item.place.document_sha256,
            "page": item.place.page,
            "section": item.place.section,
            "sheet": item.place.sheet,
        }
        try:
            text = find_page(library, item.place, start=item.start, text=item.text).text
        except LibraryError:
            continue
        name = hashlib.sha256(canonical([place, text]).encode("utf-8")).hexdigest()[:16]
        places[name] = {**place, "text": text}
        names.append(name)
    return names


def _carried(payload: Mapping[str, Any], key: str) -> Carried:
    pages = {
        str(name): CarriedPage(
            Place(page["document"], page["document_sha256"], page["page"], page["section"], page["sheet"]),
            str(page["text"]),
        )
        for name, page in payload["pages"].items()
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


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise DecisionError("carry_damaged", path=str(path))
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError("carry_unreadable", path=str(path)) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise LibraryError("export_failed", path=str(path), problem=error.strerror or "?") from error


def _parsed(text: str) -> dict[str, Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecisionError("import_damaged") from error
    if not isinstance(whole, dict):
        raise DecisionError("import_damaged")
    return whole
