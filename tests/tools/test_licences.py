"""The collector of licence texts: it finds them, and stops at what may not be shipped."""

from __future__ import annotations

import importlib.util
import re
from importlib.metadata import distribution, distributions
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "tools" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("MIT", False),
        ("BSD-3-Clause AND 0BSD AND Zlib", False),
        ("LGPL-3.0-only", False),
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0", True),
        ("GNU Affero General Public License v3", True),
        ("GNU Lesser General Public License v3", False),
    ],
)
def test_copyleft_is_told_from_lesser_copyleft(licences: ModuleType, said: str, forbidden: bool) -> None:
    assert bool(licences.FORBIDDEN.search(said)) is forbidden


@pytest.mark.parametrize(
    ("path", "is_text"),
    [
        ("demo-1.0.dist-info/LICENSE", True),
        ("demo-1.0.dist-info/licenses/zlib.txt", True),
        ("demo/COPYING", True),
        ("demo/licence.py", False),
        ("demo/__init__.py", False),
    ],
)
def test_licence_files_are_known_by_name_or_folder(licences: ModuleType, path: str, is_text: bool) -> None:
    assert licences.parts.is_text(path.split("/")) is is_text


def test_every_shipped_part_has_a_text_and_may_be_shipped(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    locked = [part for part in distributions() if licences.normal(part.name) in pinned]
    monkeypatch.setattr(licences, "distributions", lambda: locked)
    found, problems = licences.python_parts(tmp_path)
    assert problems == []
    assert any(part.name == "numpy" and part.texts for part in found)
    assert (tmp_path / "pyside6-essentials" / "LGPL-3.0.txt").is_file()
    assert not (tmp_path / "pyinstaller").exists()


def test_a_part_without_a_licence_is_a_problem(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences.parts, "_LGPL_ALONE", frozenset())
    monkeypatch.setattr(licences, "distributions", lambda: [distribution("PySide6_Essentials")])
    _, problems = licences.python_parts(tmp_path)
    assert problems == ["PySide6_Essentials: no licence text found"]
