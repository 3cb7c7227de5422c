from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import CoreError, LibraryError
from core.store import database
from core.store.database import APPLICATION_ID, FILE_NAME, Library
from core.store.facts import fact, set_fact
from core.store.migrations import MIGRATIONS
from core.types import Language
from core.words import say_error


def _refusal(folder: Path, *, create: bool = True) -> CoreError:
    with pytest.raises(LibraryError) as caught:
        Library.open(folder, create=create)
    for language in Language:
        assert str(folder) in say_error(caught.value, language)
    return caught.value


def test_a_new_library_is_ours_and_uses_the_write_ahead_log(library: Library) -> None:
    assert library.db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert library.db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    assert library.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert library.db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert [path.name for path in library.folder.glob("library-before-*")] == []


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a" / "b") as library:
        set_fact(library, "colour", "green")
    with Library.open(tmp_path / "a" / "b", create=False) as library:
        assert fact(library, "colour") == "green"


def test_writing_rolls_back_on_any_exception(library: Library) -> None:
    def write() -> None:
        with library.writing():
            set_fact(library, "colour", "green")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert fact(library, "colour") is None
    set_fact(library, "colour", "red")
    assert fact(library, "colour") == "red"


def test_nested_writing_is_one_transaction(library: Library) -> None:
    def write() -> None:
        with library.writing():
            with library.writing():
                set_fact(library, "colour", "green")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert fact(library, "colour") is None


def test_writing_inside_reading_is_refused_as_a_bug(library: Library) -> None:
    with library.reading(), pytest.raises(sqlite3.OperationalError), library.writing():
        pass


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    with Library.open(tmp_path / "lib") as one, Library.open(tmp_path / "lib") as two:
        set_fact(one, "colour", "green")
        with two.reading():
            assert fact(two, "colour") == "green"
            set_fact(one, "colour", "red")
            assert fact(two, "colour") == "green"
        assert fact(two, "colour") == "red"


def test_a_second_writer_is_told_that_the_library_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Library.open(tmp_path / "lib") as one, Library.open(tmp_path / "lib") as two:
        with one.writing(), pytest.raises(LibraryError) as caught:
            set_fact(two, "colour", "green")
        assert caught.value.code == "library_busy"
        set_fact(two, "colour", "green")


_COUNT_UP = """
import sys
from pathlib import Path
from core.store.database import Library
from core.store.facts import fact, set_fact
for _ in range(40):
    with Library.open(Path(sys.argv[1])) as library, library.writing():
        set_fact(library, "count", str(int(fact(library, "count") or 0) + 1))
"""


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _COUNT_UP, str(tmp_path / "lib")]
    writers = [subprocess.Popen(command) for _ in range(2)]  # both find no library and make it
    assert [writer.wait(120) for writer in writers] == [0, 0]
    with Library.open(tmp_path / "lib", create=False) as library:
        assert fact(library, "count") == "80"


def test_a_missing_library_is_not_made_when_only_reading(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none", create=False).code == "library_missing"
    assert not (tmp_path / "none").exists()


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert _refusal(tmp_path / "file").code == "library_not_a_folder"
    assert _refusal(tmp_path / "file" / "below").code in ("library_not_a_folder", "library_not_writable")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir(mode=0o500)
    assert _refusal(tmp_path / "lib").code == "library_not_writable"


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert _refusal(tmp_path / "lib").code == "library_not_writable"


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3", b"\x00" * 4096])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    assert _refusal(tmp_path).code == "library_not_ours"
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("create table bookmarks (url text)")
    before = (tmp_path / FILE_NAME).read_bytes()
    assert _refusal(tmp_path).code == "library_not_ours"
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    error = _refusal(tmp_path)
    assert error.code == "library_newer"
    assert error.params["found"] == len(MIGRATIONS) + 1


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        set_fact(library, "colour", "green")
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert _refusal(tmp_path).code == "library_damaged"


def test_a_full_disk_writes_nothing_and_says_so(library: Library) -> None:
    pages = library.db.execute("PRAGMA page_count").fetchone()[0]
    library.db.execute(f"PRAGMA max_page_count = {pages + 2}")

    def write() -> None:
        with library.writing():
            set_fact(library, "small", "x")
            set_fact(library, "large", "x" * 100_000)

    with pytest.raises(LibraryError) as caught:
        write()
    assert caught.value.code == "library_disk_full"
    assert fact(library, "small") is None
    library.db.execute("PRAGMA max_page_count = 1000000")
    set_fact(library, "large", "x" * 100_000)


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "network_share", lambda folder: "nfs4")
    error = _refusal(tmp_path / "lib")
    assert (error.code, error.params["kind"]) == ("library_network_share", "nfs4")
    assert not (tmp_path / "lib").exists()


def test_a_mistake_in_our_own_sql_is_not_blamed_on_the_library(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError), library.writing() as db:
        db.execute("select nothing from nowhere")
