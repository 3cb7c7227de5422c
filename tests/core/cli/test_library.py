from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.cli import touchstone
from core.encoders.embedder import Embedder
from core.errors import CoreError
from core.index.vectors import TextEmbedder
from core.types import Language
from core.words import say_error


@pytest.fixture(autouse=True)
def _no_encoder(monkeypatch: pytest.MonkeyPatch, embedder: TextEmbedder) -> None:
    """The commands open the shipped encoder; these tests need no files."""
    monkeypatch.setattr(Embedder, "open", lambda: embedder)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "hotel.md").write_text("# Hotels\n\nA hotel may cost 130 € a night.\n", encoding="utf-8")
    (folder / "年假.md").write_text("# 年假\n\n职工每年享受年假二十五天。\n", encoding="utf-8")
    return folder


def _run(tmp_path: Path, *arguments: str | Path, **more: Any) -> Result:
    """Run a command on this test's library; an error of the core is put into words as ``main`` does."""
    command = [*map(str, arguments), "--library", str(tmp_path / "library")]
    result = CliRunner().invoke(touchstone, command, **more)
    if isinstance(result.exception, CoreError):
        for language in Language:
            assert say_error(result.exception, language)
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def _objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_prints_one_object_a_file(tmp_path: Path, docs: Path) -> None:
    (docs / "empty.txt").write_bytes(b"")
    result = _run(tmp_path, "add", docs, "--json")
    assert result.exit_code == 0
    empty, hotel, leave = _objects(result)
    assert set(hotel) == {"document", "sha256", "state", "reason", "pages", "passages"}
    assert (hotel["document"], hotel["state"], hotel["reason"]) == (str(docs / "hotel.md"), "indexed", None)
    assert (hotel["pages"], hotel["passages"], len(hotel["sha256"])) == (1, 1, 64)
    assert (empty["state"], empty["passages"]) == ("empty", 0)
    assert empty["reason"]
    assert leave["document"].endswith("年假.md")
    assert [each["state"] for each in _objects(_run(tmp_path, "add", docs, "--json"))] == [
        "empty",
        "unchanged",
        "unchanged",
    ]


def test_add_for_people_says_what_is_ready(tmp_path: Path, docs: Path) -> None:
    result = _run(tmp_path, "add", docs)
    assert result.stdout.count("ready") == 2
    assert "2 of 2" in result.stderr
    assert "\x1b" not in result.output  # no progress where stderr is no terminal


def test_progress_is_drawn_on_a_terminal_only(
    tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["core.cli.add"], "show_progress", lambda: True)
    result = _run(tmp_path, "add", docs)
    assert "1 of 2  hotel.md" in result.stderr
    assert "1 of 1 passages" in result.stderr
    assert "\x1b" not in result.stdout


def test_add_fails_when_nothing_can_be_searched(tmp_path: Path, docs: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = _run(tmp_path, "add", tmp_path / "empty.txt", "--json")
    assert result.exit_code == 1
    assert _objects(result)[0]["state"] == "empty"
    assert isinstance(result.exception, CoreError)
    (tmp_path / "nothing").mkdir()
    assert _run(tmp_path, "add", tmp_path / "nothing").exit_code == 1
    assert _run(tmp_path, "add", tmp_path / "absent").exit_code == 1


def test_list_shows_states_and_what_is_missing(tmp_path: Path, docs: Path) -> None:
    _run(tmp_path, "add", docs)
    (docs / "hotel.md").unlink()
    hotel, leave = _objects(_run(tmp_path, "library", "list", "--json"))
    assert (hotel["missing"], leave["missing"]) == (True, False)
    assert "(missing)" in _run(tmp_path, "library", "list").stdout.splitlines()[0]


def test_list_shows_old_versions_when_asked(tmp_path: Path, docs: Path) -> None:
    _run(tmp_path, "add", docs)
    (docs / "hotel.md").write_text("# Hotels\n\nNone.\n", encoding="utf-8")
    _run(tmp_path, "add", docs)
    assert len(_objects(_run(tmp_path, "library", "list", "--json"))) == 2
    versions = _objects(_run(tmp_path, "library", "list", "--all", "--json"))
    assert [each["current"] for each in versions] == [True, False, True]


def test_info_counts(tmp_path: Path, docs: Path) -> None:
    _run(tmp_path, "add", docs)
    (facts,) = _objects(_run(tmp_path, "library", "info", "--json"))
    assert {key: facts[key] for key in ("documents", "ready", "missing", "passages", "encoded")} == {
        "documents": 2,
        "ready": 2,
        "missing": 0,
        "passages": 2,
        "encoded": 2,
    }
    assert "2 documents" in _run(tmp_path, "library", "info").stdout


def test_info_tells_what_is_not_encoded_and_reindex_does_it(
    tmp_path: Path, docs: Path, embedder: Any
) -> None:
    _run(tmp_path, "add", docs)
    embedder.identity = "a newer encoder"
    _run(tmp_path, "library", "reindex")
    (facts,) = _objects(_run(tmp_path, "library", "info", "--json"))
    assert facts["encoded"] == 2
    (docs / "more.md").write_text("# More\n\nMore rules.\n", encoding="utf-8")
    assert "reindex" not in _run(tmp_path, "library", "info").stdout


def test_backup_and_restore(tmp_path: Path, docs: Path) -> None:
    _run(tmp_path, "add", docs)
    backup = tmp_path / "backup.db"
    assert _run(tmp_path, "library", "backup", backup).exit_code == 0
    assert _run(tmp_path, "library", "backup", backup).exit_code == 1
    assert _run(tmp_path, "library", "restore", backup).exit_code == 1
    assert _run(tmp_path, "library", "restore", backup, "--replace").exit_code == 0
    assert len(_objects(_run(tmp_path, "library", "list", "--json"))) == 2


def test_remove_and_forget(tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(tmp_path, "add", docs)
    monkeypatch.chdir(docs)  # paths may be given as they are typed there
    assert _run(tmp_path, "library", "remove", "hotel.md").exit_code == 0
    assert _run(tmp_path, "library", "remove", "hotel.md").exit_code == 1
    assert len(_objects(_run(tmp_path, "library", "list", "--all", "--json"))) == 2
    assert _run(tmp_path, "library", "forget", "hotel.md", input="n\n").exit_code == 1
    assert _run(tmp_path, "library", "forget", "hotel.md", "--yes").exit_code == 0
    assert len(_objects(_run(tmp_path, "library", "list", "--all", "--json"))) == 1


def test_check_and_compact(tmp_path: Path, docs: Path) -> None:
    _run(tmp_path, "add", docs)
    assert "sound" in _run(tmp_path, "library", "check").stdout
    assert "MB" in _run(tmp_path, "library", "compact").stdout


@pytest.mark.parametrize("command", ["list", "info", "check", "compact"])
def test_a_library_that_is_not_there_is_not_made(tmp_path: Path, command: str) -> None:
    assert _run(tmp_path, "library", command).exit_code == 1
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("command", [["add"], ["library"], ["library", "list"], ["library", "restore"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    result = CliRunner().invoke(touchstone, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output
