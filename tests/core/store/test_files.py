from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.errors import LibraryError
from core.store.files import written_whole


def cut_short(path: Path, error: Exception) -> None:
    with written_whole(path) as beside:
        beside.write_text("half", encoding="utf-8")
        raise error


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(LibraryError, match="export_failed"):
        cut_short(path, OSError(28, "No space left on device"))
    assert path.read_text(encoding="utf-8") == "old"
    with written_whole(path) as beside:
        beside.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_another_error_leaves_no_half_file_either(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="bug"):
        cut_short(tmp_path / "x", ValueError("bug"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["folder", "file/x", "none/x"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="export_failed"), written_whole(tmp_path / name) as beside:
        beside.write_bytes(b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    with written_whole(Path("/dev/null")) as beside:
        beside.write_text("x", encoding="utf-8")
    assert not Path("/dev/null").is_file()
