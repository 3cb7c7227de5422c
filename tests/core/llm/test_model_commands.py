"""``touchstone model`` on small files made here: what it prints and what it leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.cli.model import model
from core.errors import ModelError
from core.llm import catalog
from core.settings import models_folder

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _nothing_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "_known", dict)
    monkeypatch.setattr(catalog, "RESOURCES", tmp_path / "resources")


def call(*arguments: str) -> str:
    result = CliRunner().invoke(model, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_add_shows_hash_licence_and_what_the_file_says(tiny: Write) -> None:
    shown = call("add", str(tiny()))
    installed = catalog.find("Tiny-Q4_1")
    assert installed.sha256 in shown
    assert "licence apache-2.0" in shown
    assert "languages en, fr" in shown
    assert "  name: Tiny" in shown
    assert installed.path == models_folder() / "Tiny-Q4_1.gguf"


def test_add_as_json(tiny: Write) -> None:
    printed = json.loads(call("add", str(tiny()), "--json"))
    assert printed["name"] == "Tiny-Q4_1"
    assert printed["sha256"] == catalog.find("Tiny-Q4_1").sha256
    assert printed["path"] == str(models_folder() / "Tiny-Q4_1.gguf")


def test_list_shows_usable_and_broken_files(tiny: Write) -> None:
    assert "touchstone model add" in call("list")
    catalog.add(tiny())
    (models_folder() / "half.gguf").write_bytes(b"GGUF\3\0\0\0")
    result = CliRunner().invoke(model, ["list"])
    assert "Tiny-Q4_1: 0.00 B parameters, Q4_1" in result.stdout
    assert "half.gguf" in result.stderr
    assert "incomplete" in result.stderr
    assert [json.loads(line)["name"] for line in call("list", "--json").splitlines()] == ["Tiny-Q4_1"]


def test_estimate_by_file_and_by_name(tiny: Write) -> None:
    file = tiny()
    by_file = json.loads(call("estimate", str(file), "--context", "512", "--json"))
    catalog.add(file)
    by_name = json.loads(call("estimate", "tiny-q4_1", "--context", "512", "--json"))
    assert by_file["kv_bytes"] == by_name["kv_bytes"] == 2 * 512 * 2 * (16 + 16) * 2
    assert by_name["total_bytes"] == sum(
        by_name[f"{part}_bytes"] for part in ("weight", "repacked", "kv", "compute", "program")
    )
    assert by_name["fits"] is (by_name["total_bytes"] <= by_name["free_bytes"])
    shown = call("estimate", "tiny-q4_1", "--context", "512")
    assert shown.count("MiB") == 7
    assert "It fits." in shown


def test_remove(tiny: Write) -> None:
    catalog.add(tiny())
    assert "Tiny-Q4_1" in call("remove", "Tiny-Q4_1")
    assert catalog.installed() == ()


@pytest.mark.parametrize("command", ["add", "estimate", "remove"])
def test_what_is_not_there_is_an_error_the_user_can_act_on(command: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        CliRunner().invoke(model, [command, str(tmp_path / "none.gguf")], catch_exceptions=False)
