"""Review on another computer, the way out: what waits, as one file signed by the library's key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import audit, gate
from core.audit import RecordKind
from core.errors import IdentityError, LibraryError
from core.identity import Session, list_users, same_person
from core.review.carried import FORMAT, VERSION, file_bytes
from core.review.queue import queue
from core.store import answers, users
from core.store.content import canonical, encode
from core.store.database import Library
from core.store.files import written_whole
from core.store.keys import library_id, library_key
from core.store.pages import find_page
from core.types import AnswerId, Claim


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
    people = _people(library, for_whom)
    wanted = {answers.find_row(library, answer_id).id for answer_id in answer_ids}
    waiting = [item for item in queue(library) if not wanted or item.answer_id in wanted]
    places: dict[str, dict[str, Any]] = {}
    items = [
        _packed(library, item.answer_id, item.level is None, item.assigned_to, places, by) for item in waiting
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
    signature = key.sign(file_bytes(payload))
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "payload": payload,
        "key": key.public.hex(),
        "signature": signature.hex(),
    }
    body = {"format": "review", "answers": [item.answer_id for item in waiting]}
    texts = {"for": canonical([user.name for user in people])}
    with library.writing():  # no file without its record, no record of a file that could not be written
        audit.record_event(library, RecordKind.EXPORT, body, texts)
        _write(path, json.dumps(whole, ensure_ascii=False))
    return len(items)


def reviewers(library: Library) -> tuple[str, ...]:
    """Whom a file can be meant for. Raises IdentityError where nobody could sign."""
    return tuple(user.name for user in _people(library, ()))


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
    by: Session | None,
) -> dict[str, Any]:
    answer = answers.load_answer(library, answer_id)
    if by is None and gate.needs_signature(answer):
        raise IdentityError("signature_needed")
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


def _write(path: Path, text: str) -> None:
    with written_whole(path) as beside:
        beside.write_text(text + "\n", encoding="utf-8")
