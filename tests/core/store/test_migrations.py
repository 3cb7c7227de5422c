from __future__ import annotations

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from core.errors import LibraryError
from core.store import audit_log, database, reviews, users
from core.store.database import FILE_NAME, Library
from core.store.documents import list_documents
from core.store.migrations import MIGRATIONS
from core.store.pages import find_page
from core.types import Place

_STORED = Path(__file__).parents[2] / "data" / "stored"


def _tables(library: Library) -> set[str]:
    return set(library.db.table_names())


def _at(folder: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library as it was after the first so many migrations."""
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS[:version])
    Library.open(folder).close()
    monkeypatch.undo()


def test_every_migration_has_a_test() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    tested = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for migration in MIGRATIONS:
        assert f"test_{migration.__name__}" in tested


def test_migrations_are_numbered_in_order() -> None:
    assert [int(migration.__name__[1:5]) for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_m0001_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS[:1])
    with Library.open(tmp_path) as library:
        assert {"contents", "documents", "pages", "passages", "vectors", "passage_words"} <= _tables(library)
        library.db.execute(
            "insert into passage_words (rowid, words, context) values (1, '15% v2.3 劳动', '')"
        )
        for term in ("15%", "v2.3", "劳动"):
            query = "select rowid from passage_words where passage_words match ?"
            assert library.db.execute(query, [f'"{term}"']).fetchall() == [(1,)]


def test_m0002_answers_and_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 1, monkeypatch)
    with Library.open(tmp_path) as library:
        assert {"answers", "audit_records", "audit_texts"} <= _tables(library)


def test_m0003_signed_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 2, monkeypatch)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old, old:
        old.execute("insert into audit_records values (1, '2025', 'answer', 'a', '{}', '0', '1')")
    with Library.open(tmp_path) as library:
        assert {"signing_keys", "legal_holds"} <= _tables(library)
        (record,) = audit_log.records(library)
        assert (record.body, record.signature, record.key) == ("{}", None, None)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            library.db.execute("update audit_records set signature = x'00'")


def test_m0004_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 3, monkeypatch)
    with Library.open(tmp_path) as library:
        assert {"users", "user_keys"} <= _tables(library)
        users.insert_user(library, "Ann Lee", users.Role.ASKER, "2026")
        with pytest.raises(sqlite3.IntegrityError):  # the same name, spelled in wide letters
            users.insert_user(library, "ＡＮＮ  lee", users.Role.ASKER, "2026")


def test_m0005_reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 4, monkeypatch)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old, old:
        values = "'a', '2025', null, 'low', 0.1, 1.0, 'usable', 0, null, null, null, 0"
        old.execute(f"insert into answers values ({values})")
    with Library.open(tmp_path) as library:
        assert {"assignments", "claim_labels"} <= _tables(library)
        (row,) = reviews.review_rows(library)
        assert (row.sample_rate, row.assigned_to) == (None, None)


def test_m0006_calibration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 5, monkeypatch)
    with Library.open(tmp_path) as library:
        assert {"calibration_samples", "calibration_items", "policies", "policy_uses"} <= _tables(library)


def test_the_file_is_copied_before_an_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 1, monkeypatch)
    Library.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "library-before-2.db")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] == 1
        assert copy.execute("select count(*) from sqlite_master where name = 'answers'").fetchone()[0] == 0


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m0003_fails(db: Database) -> None:
        db.execute("create table half (x)")
        raise ZeroDivisionError

    Library.open(tmp_path).close()
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, m0003_fails))
    with pytest.raises(ZeroDivisionError):
        Library.open(tmp_path)
    monkeypatch.undo()
    with Library.open(tmp_path) as library:
        assert "half" not in _tables(library)


def test_an_upgrade_of_several_steps_is_taken_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m0008_fails(db: Database) -> None:
        raise ZeroDivisionError

    _at(tmp_path, 4, monkeypatch)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, m0008_fails))
    with pytest.raises(ZeroDivisionError):
        Library.open(tmp_path)
    monkeypatch.undo()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        assert file.execute("PRAGMA user_version").fetchone()[0] == 4
        assert file.execute("select count(*) from sqlite_master where name = 'policies'").fetchone()[0] == 0


@pytest.mark.parametrize("stored", sorted(_STORED.glob("*.db")), ids=lambda path: path.name)
def test_a_library_of_every_release_still_opens(stored: Path, tmp_path: Path) -> None:
    shutil.copy(stored, tmp_path / FILE_NAME)
    with Library.open(tmp_path, create=False) as library:
        documents = list_documents(library)
        assert [Path(document.path).name for document in documents] == ["leave.md", "年假.md"]
        for document in documents:
            page = find_page(
                library, Place(document.path, document.sha256, section=_section(library, document.sha256))
            )
            assert page.text


def test_there_is_a_stored_library() -> None:
    assert list(_STORED.glob("*.db"))


def test_a_stored_library_of_a_newer_touchstone_is_refused(tmp_path: Path) -> None:
    stored = sorted(_STORED.glob("*.db"))[-1]
    shutil.copy(stored, tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        file.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryError, match="library_newer"):
        Library.open(tmp_path)


def _section(library: Library, sha256: str) -> str | None:
    query = """select section from pages p join contents c on c.id = p.content_id where c.sha256 = ?
        order by p.position limit 1"""
    section: str | None = library.db.execute(query, [sha256]).fetchone()[0]
    return section


def test_m0007_standings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _at(tmp_path, 6, monkeypatch)
    with Library.open(tmp_path) as library:
        assert "standings" in _tables(library)
