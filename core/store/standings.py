"""How documents stand to each other: the order that their owner gave them, and from when to when they hold.

A standing belongs to a path and outlives its versions, so that a replaced file keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.errors import LibraryError
from core.store import documents
from core.store.database import Library
from core.types import Force, Standing


def standing_of(library: Library, path: str) -> Standing:
    """The standing of a path; the plain one where its owner set none."""
    rows = library.db.query("select * from standings where path = ?", [path])
    return next((_standing(row) for row in rows), Standing())


def standings(library: Library) -> dict[str, Standing]:
    """What the owner set, by path."""
    return {row["path"]: _standing(row) for row in library.db.query("select * from standings order by path")}


def set_standing(library: Library, path: str, standing: Standing) -> None:
    """Give a document its standing; the plain one takes it away. The log says so.

    Raises LibraryError when the library never held the path, a day is no day, or the days are the wrong way
    round.
    """
    _check(standing)
    with library.writing() as db:
        newest = next(iter(documents.versions(library, path)), None)
        if newest is None:
            raise LibraryError("library_no_such_document", path=path)
        db.execute("delete from standings where path = ?", [path])
        if standing != Standing():
            db.execute(
                "insert into standings (path, authority, valid_from, valid_until) values (?, ?, ?, ?)",
                [path, standing.authority, standing.valid_from, standing.valid_until],
            )
        documents.record_standing(library, newest, standing)


def by_content(library: Library, day: str) -> Mapping[str, Standing]:
    """The standing of each content of which a current path has one, by SHA-256; the others stand plainly.

    Of several paths with the same content, the one that holds on ``day`` and ranks highest counts.
    """
    set_by_owner = standings(library)
    if not set_by_owner:
        return {}
    found: dict[str, list[Standing]] = {}
    for document in documents.list_documents(library):
        found.setdefault(document.sha256, []).append(set_by_owner.get(document.path, Standing()))
    return {
        sha256: max(held, key=lambda one: (one.force(day) is Force.NOW, one.authority))
        for sha256, held in found.items()
    }


def _check(standing: Standing) -> None:
    for day in (standing.valid_from, standing.valid_until):
        try:
            if day is not None and date.fromisoformat(day).isoformat() != day:
                raise ValueError(day)
        except ValueError as error:
            raise LibraryError("standing_day", day=str(day)) from error
    first, last = standing.valid_from, standing.valid_until
    if first is not None and last is not None and last < first:
        raise LibraryError("standing_backwards", first=first, last=last)


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(row["authority"], row["valid_from"], row["valid_until"])
