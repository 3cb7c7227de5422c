"""Backup, restore and upkeep of a library as a whole, through SQLite's backup API."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from core.errors import LibraryError
from core.store.database import FILE_NAME, Library, check_library_file, connect, problems, translated
from core.store.vectors import drop_unused_vectors

REPLACED_NAME = "library-before-restore.db"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The size of a library's file in bytes before and after it was compacted."""

    before: int
    after: int


def back_up(library: Library, target: Path) -> Path:
    """Copy the library into one file while others may go on reading and writing; returns the file.

    A folder as target gets a file ``library.db``. The copy is checked before it takes its name. Raises
    LibraryError when something of that name is there already, cannot be written, or the copy is damaged.
    """
    target = target / FILE_NAME if target.is_dir() else target
    if target.exists():
        raise LibraryError("backup_exists", path=str(target))
    unfinished = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError("library_not_writable", path=str(target)) from error
    try:
        _copy(library.db, unfinished)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def restore(source: Path, folder: Path, *, replace: bool = False) -> None:
    """Make the library in ``folder`` what a backup file holds, upgrading it where it is of an older version.

    Raises LibraryError when the file is no sound library or a newer Touchstone's, and when the library
    there holds anything already; with ``replace`` that is kept as ``library-before-restore.db``.
    """
    if not source.is_file():
        raise LibraryError("backup_missing", path=str(source))
    if (folder / FILE_NAME).exists() and source.samefile(folder / FILE_NAME):
        raise LibraryError("restore_itself", path=str(source))
    with closing(_sound(source)) as backup, Library.open(folder) as library:
        if not _is_empty(library):
            if not replace:
                raise LibraryError("restore_not_empty", path=str(library.folder))
            _keep(library)
        with translated(library.path):
            backup.conn.backup(library.db.conn)
    Library.open(folder).close()  # brings an older backup up to date


def compact(library: Library) -> Upkeep:
    """Give back the space of what was removed, and wipe it from the file.

    Raises LibraryError while another process uses the library.
    """
    before = _size(library.path)
    drop_unused_vectors(library)
    with translated(library.path):
        library.db.execute("insert into passage_words (passage_words) values ('optimize')")
        library.db.execute("VACUUM")
        busy = library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise LibraryError("library_busy", path=str(library.path))
    return Upkeep(before, _size(library.path))


def check(library: Library) -> list[str]:
    """What is wrong with the library's file, in SQLite's words; empty when it is sound."""
    with translated(library.path):
        found = problems(library.db)
        library.db.execute("insert into passage_words (passage_words) values ('integrity-check')")
    return found


def copies(library: Library) -> tuple[Path, ...]:
    """The copies that upgrades and restores left beside the library; they hold what was there then."""
    return tuple(sorted(library.folder.glob("library-before-*.db")))


def _copy(source: Database, target: Path) -> None:
    with translated(target), closing(sqlite3.connect(target)) as copy:
        source.conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole, wherever it is carried
        found = problems(Database(copy, execute_plugins=False))
    if found:
        raise LibraryError("library_damaged", path=str(target))


def _sound(source: Path) -> Database:
    check_library_file(source)
    db = connect(source)
    try:
        with translated(source):
            if problems(db):
                raise LibraryError("library_damaged", path=str(source))
    except BaseException:
        db.close()
        raise
    return db


def _is_empty(library: Library) -> bool:
    query = "select exists (select 1 from documents) or exists (select 1 from audit_records)"
    return not library.db.execute(query).fetchone()[0]


def _keep(library: Library) -> None:
    kept = library.folder / REPLACED_NAME
    kept.unlink(missing_ok=True)
    _copy(library.db, kept)


def _size(path: Path) -> int:
    wal = path.with_name(path.name + "-wal")
    return path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
