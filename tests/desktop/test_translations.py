from __future__ import annotations

import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication

from core.types import Language
from desktop.i18n import Translators

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_translations", TOOLS / "check_translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(TOOLS))
    return module


@pytest.mark.parametrize("name", ["touchstone_zh.ts", "touchstone_en.ts"])
def test_every_word_of_the_window_is_translated(check: ModuleType, name: str) -> None:
    assert check.unfinished(check.build_i18n.FOLDER / name) == []


def test_the_catalogues_hold_the_words_that_the_code_holds(check: ModuleType) -> None:
    assert check.behind() == []


def test_an_unfinished_or_empty_translation_is_found(check: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x.ts"
    path.write_text(
        "<TS><context><name>A</name>"
        "<message><source>done</source><translation>fertig</translation></message>"
        "<message><source>open</source><translation type='unfinished'>x</translation></message>"
        "<message><source>empty</source><translation></translation></message>"
        "<message numerus='yes'><source>%n</source><translation><numerusform>%n</numerusform>"
        "<numerusform></numerusform></translation></message></context></TS>",
        encoding="utf-8",
    )
    assert check.unfinished(path) == ["open", "empty", "%n"]


def test_placeholders_survive_translation(check: ModuleType) -> None:
    for name in check.build_i18n.CATALOGUES:
        for message in ElementTree.parse(check.build_i18n.FOLDER / name).getroot().iter("message"):
            wanted = {
                part for _, part, _, _ in string.Formatter().parse(message.findtext("source", "")) if part
            }
            translation = message.find("translation")
            assert translation is not None
            for form in list(translation.iter("numerusform")) or [translation]:
                found = {part for _, part, _, _ in string.Formatter().parse(form.text or "") if part}
                assert found == wanted, form.text


def test_a_word_without_a_language_is_found(check: ModuleType) -> None:
    tree = {"error": {"a": {"en": "x", "zh": "y"}, "b": {"en": "x"}}}
    assert check.one_sided(tree) == ["error.b"]


@pytest.mark.parametrize(
    ("language", "words"), [(Language.EN, "12,345 documents"), (Language.ZH, "12,345 个文件")]
)
def test_counts_are_written_with_the_separators_of_the_language(
    dressed: Translators, language: Language, words: str
) -> None:
    dressed.speak(language)
    assert QCoreApplication.translate("MainWindow", "%Ln document(s)", "", 12345) == words
