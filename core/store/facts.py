"""Facts about the library itself, by name."""

from __future__ import annotations

from core.store.database import Library


def fact(library: Library, name: str) -> str | None:
    """A stored fact; None where there is none yet."""
    row = library.db.execute("select value from facts where name = ?", [name]).fetchone()
    return None if row is None else str(row[0])


def set_fact(library: Library, name: str, value: str) -> None:
    """Store a fact."""
    with library.writing() as db:
        db.execute("insert or replace into facts (name, value) values (?, ?)", [name, value])


def revision(library: Library) -> int:
    """A number that grows with every change of what can be found."""
    return int(fact(library, "revision") or 0)


def changed(library: Library) -> None:
    """Raise the revision; part of every transaction that changes what can be found."""
    with library.writing() as db:
        db.execute(
            """insert into facts (name, value) values ('revision', '1')
            on conflict (name) do update set value = cast(value as integer) + 1"""
        )
