from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from core import parts
from core.parts import Part


def test_every_part_has_a_version_or_is_ours_a_licence_and_a_text_that_can_be_read() -> None:
    found = parts.parts()
    names = [part.name for part in found]
    assert names[:2] == ["Touchstone", "Python"]
    assert {"numpy", "onnxruntime", "llama_cpp_python", "lxml"} <= set(names)
    assert "pytest" not in names
    for part in found:
        assert part.licence not in ("", "not stated"), part.name
        assert part.texts, part.name
        assert all(path.read_text(encoding="utf-8", errors="replace").strip() for path in part.texts)


def test_qt_comes_with_the_text_of_the_lgpl() -> None:
    pytest.importorskip("PySide6")
    texts = parts.part_of(distribution("PySide6_Essentials")).texts
    assert [path.name for path in texts] == ["LGPL-3.0.txt", "GPL-3.0.txt"]


def test_a_package_without_a_text_of_its_own_gets_the_one_kept_for_it() -> None:
    assert [path.name for path in parts.part_of(distribution("sentencepiece")).texts] == ["LICENSE"]


def test_a_bundle_reads_the_list_that_was_made_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "licences"
    (folder / "demo").mkdir(parents=True)
    text = folder / "demo" / "LICENSE"
    text.write_text("do as you like", encoding="utf-8")
    made = Part("demo", "1.0", "MIT", (text,))
    parts.write_list(folder, [made])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "touchstone"))
    assert parts.parts() == (made,)


def test_a_bundle_without_its_list_still_names_our_own_parts(tmp_path: Path) -> None:
    assert next(part.name for part in parts.read_list(tmp_path)) == "Touchstone"
