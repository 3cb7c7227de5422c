"""One pilot run in one file: what is to be done, and each answer in a transaction of its own.

The file is no library: it holds JSON that ``core.pilot`` writes and reads. It keeps SQLite's rollback
journal, so that it also lies safely on a share, and nothing but it is left in its folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from core.errors import PilotError
from core.store.database import Handle, connect, transaction, translated

FILE_NAME = "run.db"
APPLICATION_ID = 0x54535052  # "TSPR" in the file's header
VERSION = 1
_MAGIC = b"SQLite format 3\x00"

_TABLES = (
    "create table facts (name text primary key, value text not null) without rowid",
    "create table questions (number integer primary key, content text not null)",
    "create table hits (question integer primary key, content text not null)",
    """create table cases (question integer not null, variant text not null, content text not null,
        primary key (question, variant)) without rowid""",
    "create table models (position integer primary key, name text not null unique, content text not null)",
    """create table rows (id integer primary key, model text not null, variant text not null,
        question integer not null, status text not null, content text not null,
        unique (model, variant, question))""",
)

# Answers that are written and not yet checked. Only runs whose checking is spread have the table.
_WRITTEN = """create table if not exists written (model text not null, variant text not null,
    question integer not null, content text not null, primary key (model, variant, question)) without rowid"""

Key = tuple[str, str, int]  # model, variant, question


class RunStore(Handle):
    """A handle to the file of one run; a context manager. Bound to the thread that opened it."""

    def __init__(self, path: Path, db: Database) -> None:
        super().__init__(db)
        self.path = path

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Begin a run in this folder. Raises PilotError ``run_exists`` where one is, LibraryError when the
        folder cannot be written.
        """
        path = folder / FILE_NAME
        if path.exists() and path.stat().st_size:
            raise PilotError("run_exists", path=str(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PilotError("run_not_writable", path=str(folder)) from error
        with translated(path):
            db = connect(path)
            store = cls(path, db)
            with store.writing():
                for statement in _TABLES:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                db.execute(f"PRAGMA user_version = {VERSION:d}")
        return store

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the run in this folder (or this file).

        Raises PilotError ``run_missing``, ``run_not_ours`` or ``run_newer``, LibraryError when SQLite cannot
        read it.
        """
        path = folder if folder.is_file() else folder / FILE_NAME
        try:
            with path.open("rb") as file:
                head = file.read(len(_MAGIC))
        except OSError as error:
            raise PilotError("run_missing", path=str(folder)) from error
        if head != _MAGIC:
            raise PilotError("run_not_ours", path=str(path))
        with translated(path):
            db = connect(path)
            try:
                _check(db, path)
            except BaseException:
                db.close()
                raise
        return cls(path, db)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction, on disk when the block ends; nothing of it after an exception or a kill."""
        with translated(self.path), transaction(self.db):
            yield self.db

    def put_plan(self, facts: dict[str, str], questions: Iterable[tuple[int, str]]) -> None:
        """Store what the run is to do."""
        with self.writing() as db:
            for name, value in facts.items():
                db.execute("insert into facts values (?, ?)", [name, value])
            for number, content in questions:
                db.execute("insert into questions values (?, ?)", [number, content])

    def facts(self) -> dict[str, str]:
        """All facts by name."""
        return {str(name): str(value) for name, value in self._all("select name, value from facts")}

    def questions(self) -> list[str]:
        """The questions in order."""
        return [str(row[0]) for row in self._all("select content from questions order by number")]

    def put_hits(self, question: int, content: str) -> None:
        """Store the passages of a question; those that are there stay."""
        with self.writing() as db:
            db.execute("insert or ignore into hits values (?, ?)", [question, content])

    def hits(self) -> dict[int, str]:
        """The passages by question."""
        return {
            int(number): str(content) for number, content in self._all("select question, content from hits")
        }

    def put_cases(self, cases: Iterable[tuple[int, str, str]]) -> None:
        """Store variants of questions; those that are there stay."""
        with self.writing() as db:
            for question, variant, content in cases:
                db.execute("insert or ignore into cases values (?, ?, ?)", [question, variant, content])

    def cases(self) -> list[str]:
        """The variants, by question."""
        return [str(row[0]) for row in self._all("select content from cases order by question, variant")]

    def put_model(self, position: int, name: str, content: str) -> None:
        """Store what is known of a model, in place of what was."""
        with self.writing() as db:
            db.execute(
                """insert into models values (?, ?, ?)
                on conflict (position) do update set name = excluded.name, content = excluded.content""",
                [position, name, content],
            )

    def models(self) -> list[str]:
        """The models in the order of the run."""
        return [str(row[0]) for row in self._all("select content from models order by position")]

    def put_row(self, key: Key, status: str, content: str) -> bool:
        """Store one row at once; False where the row is there already: it is kept, and this one is not."""
        with self.writing() as db:
            cursor = db.execute(
                """insert or ignore into rows (model, variant, question, status, content)
                values (?, ?, ?, ?, ?)""",
                [*key, status, content],
            )
            return bool(cursor.rowcount)

    def put_written(self, key: Key, content: str) -> None:
        """Keep an answer until it is checked; one that is there stays."""
        with self.writing() as db:
            db.execute(_WRITTEN)
            db.execute("insert or ignore into written values (?, ?, ?, ?)", [*key, content])

    def written(self) -> set[Key]:
        """Which answers were kept by ``put_written``; they stay when their row is there."""
        return self._keys("written") if self.db["written"].exists() else set()

    def written_answer(self, key: Key) -> str:
        """One of the answers that ``written`` names."""
        query = "select content from written where model = ? and variant = ? and question = ?"
        with translated(self.path):
            return str(self.db.execute(query, key).fetchone()[0])

    def rows(self) -> list[str]:
        """All rows by model's place in the run, variant and question."""
        query = """select r.content from rows r left join models m on m.name = r.model
            order by m.position, r.variant, r.question"""
        return [str(row[0]) for row in self._all(query)]

    def keys(self) -> set[Key]:
        """Which rows are there."""
        return self._keys("rows")

    def drop(self, status: str) -> int:
        """Forget the rows of a status, so that they are done again; returns how many."""
        with self.writing() as db:
            return int(db.execute("delete from rows where status = ?", [status]).rowcount)

    def _keys(self, table: str) -> set[Key]:
        found = self._all(f"select model, variant, question from {table}")  # noqa: S608 - our own names
        return {(str(model), str(variant), int(question)) for model, variant, question in found}

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        with translated(self.path):
            return list(self.db.execute(query).fetchall())


def _check(db: Database, path: Path) -> None:
    if int(db.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise PilotError("run_not_ours", path=str(path))
    found = int(db.execute("PRAGMA user_version").fetchone()[0])
    if found > VERSION:
        raise PilotError("run_newer", path=str(path), found=found, known=VERSION)
