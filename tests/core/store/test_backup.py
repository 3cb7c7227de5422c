from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import LibraryError
from core.store import backup, database
from core.store.backup import REPLACED_NAME, back_up, compact, restore
from core.store.database import FILE_NAME, Library
from core.store.documents import ContentId, StoredContent, list_documents, put_content, put_document
from core.store.facts import fact, set_fact
from core.store.migrations import MIGRATIONS
from core.store.pages import put_pages
from core.store.removal import forget
from core.types import DocumentState, Page


def _fill(library: Library, path: str = "/docs/a.md", text: str = "hotel") -> None:
    with library.writing():
        sha256 = hashlib.sha256(path.encode()).hexdigest()  # the log names documents by their hash
        content = StoredContent(ContentId(0), sha256, ".md", "md", 5, DocumentState.INDEXED, None)
        put_pages(library, put_content(library, content), [Page(text)])
        put_document(library, path, ContentId(list_content(library)))


def list_content(library: Library) -> int:
    return int(library.db.execute("select max(id) from contents").fetchone()[0])


def _paths(folder: Path) -> list[str]:
    with Library.open(folder, create=False) as library:
        return [document.path for document in list_documents(library)]


def test_a_backup_restores_into_a_new_folder(library: Library, tmp_path: Path) -> None:
    _fill(library)
    target = back_up(library, tmp_path / "to" / "backup.db")
    _fill(library, "/docs/later.md")
    restore(target, tmp_path / "restored")
    assert _paths(tmp_path / "restored") == ["/docs/a.md"]
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "backup.db"
    ]  # one file, nothing beside it


def test_a_backup_goes_into_a_folder_under_the_usual_name(library: Library, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    assert back_up(library, tmp_path / "stick") == tmp_path / "stick" / FILE_NAME


def test_a_backup_is_taken_while_another_writes(library: Library, tmp_path: Path) -> None:
    _fill(library)
    with Library.open(library.folder) as other, other.writing():
        set_fact(other, "colour", "not yet committed")
        target = back_up(library, tmp_path / "backup.db")
    restore(target, tmp_path / "restored")
    with Library.open(tmp_path / "restored") as restored:
        assert fact(restored, "colour") is None


def test_a_backup_never_overwrites(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "precious.db"
    target.write_text("precious")
    with pytest.raises(LibraryError, match="backup_exists"):
        back_up(library, target)
    assert target.read_text() == "precious"


def test_a_backup_that_cannot_be_written_leaves_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="library_not_writable"):
        back_up(library, tmp_path / "file" / "backup.db")


def test_restoring_over_a_filled_library_must_be_asked_for(library: Library, tmp_path: Path) -> None:
    _fill(library)
    target = back_up(library, tmp_path / "backup.db")
    with Library.open(tmp_path / "other") as other:
        _fill(other, "/docs/other.md")
    with pytest.raises(LibraryError, match="restore_not_empty"):
        restore(target, tmp_path / "other")
    assert _paths(tmp_path / "other") == ["/docs/other.md"]
    restore(target, tmp_path / "other", replace=True)
    assert _paths(tmp_path / "other") == ["/docs/a.md"]
    kept = tmp_path / "kept"
    restore(tmp_path / "other" / REPLACED_NAME, kept)
    assert _paths(kept) == ["/docs/other.md"]


def test_a_backup_of_an_older_version_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS[:1])
    with Library.open(tmp_path / "old") as old:
        target = back_up(old, tmp_path / "old.db")
    monkeypatch.undo()
    restore(target, tmp_path / "new")
    with Library.open(tmp_path / "new") as new:
        assert "answers" in new.db.table_names()


def test_restore_refuses_what_is_no_sound_library(library: Library, tmp_path: Path) -> None:
    _fill(library, text="".join(map(chr, range(0x4E00, 0x6E00))))
    good = back_up(library, tmp_path / "good.db").read_bytes()
    newer = tmp_path / "newer.db"
    newer.write_bytes(good)
    with closing(sqlite3.connect(newer)) as file:
        file.execute("PRAGMA user_version = 999")
    (tmp_path / "torn.db").write_bytes(good[: len(good) // 2])
    (tmp_path / "text.db").write_text("dear diary")
    refusals = {
        "absent.db": "backup_missing",
        "text.db": "library_not_ours",
        "newer.db": "library_newer",
        "torn.db": "library_damaged",
    }
    for name, code in refusals.items():
        with pytest.raises(LibraryError) as caught:
            restore(tmp_path / name, tmp_path / "target")
        assert caught.value.code == code, name
    assert not (tmp_path / "target" / FILE_NAME).exists()


def test_a_library_is_not_restored_from_itself(library: Library) -> None:
    _fill(library)
    with pytest.raises(LibraryError, match="restore_itself"):
        restore(library.path, library.folder, replace=True)


def test_copies_of_before_are_named(library: Library, tmp_path: Path) -> None:
    assert backup.copies(library) == ()
    _fill(library)
    target = back_up(library, tmp_path / "backup.db")
    restore(target, library.folder, replace=True)
    assert [path.name for path in backup.copies(library)] == [REPLACED_NAME]


def test_compacting_wipes_what_was_forgotten(library: Library) -> None:
    secret = "unforgettable-secret-name"
    _fill(library, f"/docs/{secret}.md")
    _fill(library, "/docs/b.md")
    forget(library, f"/docs/{secret}.md")
    sizes = compact(library)
    assert sizes.after <= sizes.before
    for path in library.folder.iterdir():
        assert secret.encode() not in path.read_bytes(), path
    assert [document.path for document in list_documents(library)] == ["/docs/b.md"]


def test_the_check_finds_damage(library: Library) -> None:
    _fill(library, text="".join(map(chr, range(0x4E00, 0x6E00))))
    assert backup.check(library) == []
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = library.db.execute(
        "select rootpage from sqlite_master where name = 'documents_by_path'"
    ).fetchone()[0]
    size = library.db.execute("PRAGMA page_size").fetchone()[0]
    library.close()
    with library.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x0a" + b"\x00" * (size - 1))  # an empty index where one entry belongs
    with Library.open(library.folder) as reopened:
        assert backup.check(reopened)
