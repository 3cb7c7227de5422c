"""The library: one folder with one SQLite file, opened safely and written by one writer at a time.

A connection belongs to the thread that opened it; open one a job (about a millisecond). Everything that
SQLite can say about a file reaches people as a LibraryError in words.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlite_utils import Database

from core.errors import LibraryError
from core.store.filesystem import network_share
from core.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from core.signing import SigningKey

FILE_NAME = "library.db"
APPLICATION_ID = 0x54535448  # "TSTH" in the file's header: tells our files from other SQLite files
BUSY_SECONDS = 30.0
_MAGIC = b"SQLite format 3\x00"

_CODES = {
    sqlite3.SQLITE_FULL: "library_disk_full",
    sqlite3.SQLITE_READONLY: "library_not_writable",
    sqlite3.SQLITE_CANTOPEN: "library_not_writable",
    sqlite3.SQLITE_PERM: "library_not_writable",
    sqlite3.SQLITE_BUSY: "library_busy",
    sqlite3.SQLITE_LOCKED: "library_busy",
    sqlite3.SQLITE_IOERR: "library_disk_failed",
    sqlite3.SQLITE_CORRUPT: "library_damaged",
    sqlite3.SQLITE_NOTADB: "library_not_ours",
}


class Handle:
    """A connection that closes itself at the end of a ``with``; ``db`` is for ``core.store`` only."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def close(self) -> None:
        """Close the connection; safe to call twice."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Library(Handle):
    """A handle to one library folder; close it, or use it as a context manager."""

    def __init__(self, folder: Path, db: Database) -> None:
        super().__init__(db)
        self.folder = folder
        self.signing_key: SigningKey | None = None  # kept by core.store.keys, for as long as this handle
        self._writing = False

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """Open the library in this folder, made new or upgraded where needed.

        Raises LibraryError when the folder lies on a network share or cannot be written, when the file is
        not a library, damaged, busy or of a newer Touchstone, and when there is none and ``create`` is
        False.
        """
        folder = Path(os.path.abspath(folder))
        _check_folder(folder, create=create)
        path = folder / FILE_NAME
        _check_header(path)
        with translated(path):
            db = _connect(path)
            try:
                _check_identity(db, path)
                _use_wal(db, path)
                _upgrade(db, path)
            except BaseException:
                db.close()
                raise
        return cls(folder, db)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self.folder / FILE_NAME

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One write transaction: taken at once, committed at the end, rolled back on any exception.

        Nested use joins the outer transaction. Raises LibraryError when another writer holds the library
        for longer than BUSY_SECONDS, and when the disk is full or fails: nothing is written then.
        """
        if self._writing:
            yield self.db
            return
        with translated(self.path):
            self._writing = True
            try:
                with transaction(self.db):
                    yield self.db
            except BaseException:
                self.signing_key = None  # the id that it is kept under may have been rolled back
                raise
            finally:
                self._writing = False

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Reads that see one state of the library, whatever others write meanwhile."""
        if self.db.conn.in_transaction:
            yield self.db
            return
        with translated(self.path):
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                self.db.execute("ROLLBACK")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite raises about this file into a LibraryError; bugs in our SQL pass through."""
    try:
        yield
    except sqlite3.Error as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # extended codes carry the primary one below
        code = _CODES.get(primary)
        if code is None:
            raise
        raise LibraryError(code, path=str(path)) from error


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One write transaction, taken at once: all of the block, or after an exception or a kill nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:  # a full disk may have ended it already
            db.execute("ROLLBACK")
        raise


def connect(path: Path) -> Database:
    """A connection without checks or upgrade, for backups and the checks of this package."""
    with translated(path):
        return _connect(path)


def check_library_file(path: Path) -> None:
    """Raise LibraryError unless this file is a library of this or an older version."""
    _check_header(path)
    with translated(path), closing(_connect(path)) as db:
        _check_identity(db, path)
        _check_version(db, path)


def problems(db: Database) -> list[str]:
    """What SQLite's full check finds wrong with the file; empty when it is sound."""
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)").fetchall()]
    return [] if found == ["ok"] else found


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # an answered question must survive a power cut
        connection.execute("PRAGMA temp_store = MEMORY")  # document text never reaches a temporary folder
    except BaseException:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


def _check_folder(folder: Path, *, create: bool) -> None:
    share = network_share(folder)
    if share is not None:
        raise LibraryError("library_network_share", path=str(folder), kind=share)
    if not create and not (folder / FILE_NAME).exists():
        raise LibraryError("library_missing", path=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise LibraryError("library_not_a_folder", path=str(folder)) from error
    except OSError as error:
        raise LibraryError("library_not_writable", path=str(folder)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LibraryError("library_not_writable", path=str(folder))


def _check_header(path: Path) -> None:
    """Refuse a foreign file before SQLite touches it; an empty file is a library that never began."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError("library_not_writable", path=str(path)) from error
    if head and head != _MAGIC:
        raise LibraryError("library_not_ours", path=str(path))


def _check_identity(db: Database, path: Path) -> None:
    if _pragma(db, "application_id") == APPLICATION_ID:
        return
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise LibraryError("library_not_ours", path=str(path))


def _check_version(db: Database, path: Path) -> int:
    version = _pragma(db, "user_version")
    if version > len(MIGRATIONS):
        raise LibraryError("library_newer", path=str(path), found=version, known=len(MIGRATIONS))
    return version


def _use_wal(db: Database, path: Path) -> None:
    """Switch the file to write-ahead logging, once in its life.

    SQLite answers "locked" at once, without waiting, while another process makes the same switch.
    """
    for attempt in range(50):
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == 49:
                raise
            time.sleep(0.1)
            continue
        if mode != "wal":
            raise LibraryError("library_network_share", path=str(path), kind=str(mode))
        return


def _upgrade(db: Database, path: Path) -> None:
    """Take all steps that the file lacks in one transaction: it is upgraded, or as it was."""
    if _check_version(db, path) == len(MIGRATIONS):
        return
    with transaction(db):
        version = _pragma(db, "user_version")  # another process may have been faster
        if 0 < version < len(MIGRATIONS):  # a new library has nothing to keep
            _copy_before_upgrade(path, version)
        for step in range(version, len(MIGRATIONS)):
            MIGRATIONS[step](db)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            db.execute(f"PRAGMA user_version = {step + 1:d}")


def _copy_before_upgrade(path: Path, version: int) -> None:
    """Keep the file as it was; read through a second connection while this one holds the write lock."""
    target = path.with_name(f"{path.stem}-before-{version + 1}.db")
    unfinished = target.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with closing(_connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.conn.backup(copy)
    unfinished.replace(target)


def _pragma(db: Database, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
