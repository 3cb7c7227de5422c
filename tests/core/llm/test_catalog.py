from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import ModelError
from core.llm import catalog
from core.llm.catalog import Adding, InstalledModel
from core.settings import RESOURCES, Settings, models_folder
from core.types import Language, ModelInfo

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _nothing_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's machine may hold bundled models; here the folder is empty but for the known hashes."""
    resources = tmp_path / "resources"
    (resources / "models").mkdir(parents=True)
    known = RESOURCES / "models" / "known.toml"
    (resources / "models" / "known.toml").write_bytes(known.read_bytes())
    monkeypatch.setattr(catalog, "RESOURCES", resources)


def code_of(error: pytest.ExceptionInfo[ModelError]) -> str:
    return error.value.code


def test_adding_registers_hash_metadata_and_licence(tiny: Write) -> None:
    file = tiny()
    added = catalog.add(file)
    assert added == InstalledModel(
        name="Tiny-Q4_1",
        path=models_folder() / "Tiny-Q4_1.gguf",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        size=file.stat().st_size,
        license="apache-2.0",
        architecture="llama",
        quantization="Q4_1",
        context_length=2048,
        parameters=64 * 100 + 2 * 64 * 128,
        languages=("en", "fr"),
    )
    assert added.info == ModelInfo("Tiny-Q4_1", added.sha256, "apache-2.0")
    assert catalog.installed() == (added,)


def test_adding_tells_how_far_it_is_and_does_not_copy_on_one_disk(tiny: Write) -> None:
    file = tiny()
    *steps, model = catalog.adding(file)
    assert steps[-1] == Adding(file.stat().st_size, file.stat().st_size)
    assert isinstance(model, InstalledModel)
    assert model.path.samefile(file)


def test_where_links_do_not_work_the_file_is_copied(tiny: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(os, "link", refuse)
    file = tiny()
    added = catalog.add(file)
    assert added.path.read_bytes() == file.read_bytes()
    assert not added.path.samefile(file)
    assert [path.name for path in models_folder().iterdir() if path.suffix == ".part"] == []


def test_adding_twice_is_adding_once(tiny: Write) -> None:
    file = tiny()
    assert catalog.add(file) == catalog.add(file)
    assert catalog.add(catalog.add(file).path) == catalog.installed()[0]


def test_another_file_of_the_same_name_is_refused(tiny: Write, tmp_path: Path) -> None:
    catalog.add(tiny())
    (tmp_path / "Tiny-Q4_1.gguf").unlink()
    with pytest.raises(ModelError) as caught:
        catalog.add(tiny(changes={"general.name": "Other"}))
    assert code_of(caught) == "model_name_taken"
    assert len(catalog.installed()) == 1


def test_files_that_cannot_answer_are_not_added(tiny: Write, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        catalog.add(tiny(changes={"tokenizer.chat_template": None}))
    assert code_of(caught) == "model_template_missing"
    text = tmp_path / "letter.gguf"
    text.write_text("Dear Sir")
    with pytest.raises(ModelError) as caught:
        catalog.add(text)
    assert code_of(caught) == "model_not_gguf"
    assert catalog.installed() == ()


def test_a_file_is_hashed_once_and_again_when_it_changed(
    tiny: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = catalog.add(tiny())
    hashed: list[Path] = []
    really = catalog._hashing

    def watched(path: Path) -> object:
        hashed.append(path)
        return really(path)

    monkeypatch.setattr(catalog, "_hashing", watched)
    assert catalog.identify(added.path) == added
    assert hashed == []
    added.path.unlink()
    added.path.write_bytes(tiny(changes={"general.name": "Newer"}).read_bytes())
    assert catalog.identify(added.path).sha256 != added.sha256
    assert hashed == [added.path]


@pytest.mark.parametrize(
    "register",
    [
        "",
        "nonsense",
        "[]",
        '{"version": 99}',
        '{"version": 1, "models": []}',
        '{"version": 1, "models": {"a": 1}}',
    ],
)
def test_a_damaged_register_only_costs_time(tiny: Write, register: str) -> None:
    added = catalog.add(tiny())
    (models_folder() / catalog.REGISTER).write_text(register)
    assert catalog.installed() == (added,)
    assert json.loads((models_folder() / catalog.REGISTER).read_text())["version"] == 1


def test_a_broken_file_is_listed_with_its_reason(tiny: Write) -> None:
    added = catalog.add(tiny())
    broken = models_folder() / "half.gguf"
    broken.write_bytes(tiny().read_bytes()[:500])
    usable, unusable = catalog.scan()
    assert usable == (added,)
    assert [(item.path, item.error.code) for item in unusable] == [(broken, "model_truncated")]


def test_finding_by_name_hash_and_path(tiny: Write) -> None:
    elsewhere = tiny("Elsewhere", {"general.name": "Elsewhere"})
    added = catalog.add(tiny())
    assert catalog.find("tiny-q4_1") == added
    assert catalog.find(added.sha256[:12]) == added
    assert catalog.find(str(elsewhere)).name == "Elsewhere"
    for name in ("unknown", added.sha256[:4], str(elsewhere.with_suffix(".txt"))):
        with pytest.raises(ModelError) as caught:
            catalog.find(name)
        assert code_of(caught) == "model_unknown"


def test_the_default_model(tiny: Write) -> None:
    with pytest.raises(ModelError) as caught:
        catalog.default(Settings())
    assert code_of(caught) == "model_none"
    small = catalog.add(tiny(catalog.SMALL))
    other = catalog.add(tiny("Aardvark", {"general.architecture": "qwen2", "general.languages": None}))
    assert other.bilingual
    assert not small.bilingual
    assert catalog.default(Settings()) == small
    assert catalog.default(Settings(), Language.EN) == small
    assert catalog.default(Settings(), Language.ZH) == other
    assert catalog.default(Settings(model="aardvark")) == other
    with pytest.raises(ModelError):
        catalog.default(Settings(model="gone"))
    catalog.remove("aardvark")
    assert catalog.default(Settings(), Language.ZH) == small


def test_removing_takes_the_file_away(tiny: Write) -> None:
    added = catalog.add(tiny())
    assert catalog.remove("tiny-q4_1") == added
    assert catalog.installed() == ()
    assert not added.path.exists()


def test_a_bundled_model_is_found_and_stays(tiny: Write, tmp_path: Path) -> None:
    bundled = tmp_path / "resources" / "models" / "Tiny-Q4_1.gguf"
    bundled.write_bytes(tiny().read_bytes())
    assert catalog.find("Tiny-Q4_1").path == bundled
    with pytest.raises(ModelError) as caught:
        catalog.remove("Tiny-Q4_1")
    assert code_of(caught) == "model_bundled"
    assert catalog.add(tiny()).path.parent == models_folder()
    assert len(catalog.installed()) == 1


def test_description_is_printable(tiny: Write) -> None:
    file = tiny(changes={"general.name": "bad\x1b[31mname", "general.url": "x" * 500})
    entries = dict(catalog.description(file))
    assert entries["name"] == "bad[31mname"
    assert len(entries["url"]) == 200
    assert entries["languages"] == "en, fr"
    assert "tokens" not in entries


@pytest.mark.model
def test_the_small_model_is_known_by_its_hash(small_model: Path) -> None:
    found = catalog.identify(small_model)
    assert found.name == catalog.SMALL
    assert (found.license, found.languages, found.quantization) == ("apache-2.0", ("en",), "Q4_1")
