from __future__ import annotations

import re
import string
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

from core import errors
from core.assistant.events import StageName
from core.errors import DecisionError
from core.settings import Settings, Speech
from core.types import Decision, DocumentState, Language, Level, Reason, Relation, Verdict
from core.words import catalogue, say, say_error, say_reason, spoken, system_language

CORE = Path(errors.__file__).parent
RAISED = re.compile(r"(\w+Error)\(\s*\"([a-z_]+)\"")
REASONED = re.compile(r"\bReason\(\s*\"([a-z_]+)\"")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORE.rglob("*.py")))


def error_names() -> set[str]:
    kinds = (errors.CoreError, *vars(errors).values())
    return {kind.__name__ for kind in kinds if isinstance(kind, type) and issubclass(kind, errors.CoreError)}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_sentence_stands_in_both_languages_with_the_same_placeholders(code: str) -> None:
    texts = catalogue()[code]
    assert set(texts) == {"en", "zh"}
    assert all(text.strip() for text in texts.values())
    assert placeholders(texts["en"]) == placeholders(texts["zh"])


def test_every_error_that_the_core_raises_has_words() -> None:
    raised = {code for kind, code in RAISED.findall(sources()) if kind in error_names()}
    assert raised, "the pattern must find something"
    assert not {f"error.{code}" for code in raised} - set(catalogue())


def test_every_reason_that_the_core_gives_has_words() -> None:
    given = set(REASONED.findall(sources()))
    assert given, "the pattern must find something"
    assert not {f"reason.{code}" for code in given} - set(catalogue())


@pytest.mark.parametrize(
    ("prefix", "choices"),
    [
        ("verdict", Verdict),
        ("level", Level),
        ("decision", Decision),
        ("decided", Decision),
        ("relation", Relation),
        ("stage", StageName),
        ("state", DocumentState),
    ],
)
def test_every_choice_has_a_word(prefix: str, choices: type[StrEnum]) -> None:
    assert not {f"{prefix}.{choice.value}" for choice in choices} - set(catalogue())


def test_every_setting_has_a_label_and_help() -> None:
    names = {f"setting.{field.name}" for field in fields(Settings)}
    assert not (names | {f"{name}.help" for name in names}) - set(catalogue())


def test_parameters_fill_the_sentence() -> None:
    error = errors.SettingsError("settings_unknown", name="colour")
    assert "colour" in say_error(error, Language.EN)
    assert "colour" in say_error(error, Language.ZH)


def test_an_error_says_a_decision_in_its_own_language() -> None:
    error = DecisionError("decision_not_held", decision=Decision.HELD.value)
    assert "已拦下" in say_error(error, Language.ZH)
    assert "held" not in say_error(error, Language.ZH)
    assert "held" in say_error(error, Language.EN)


def test_a_parameter_that_looks_like_a_placeholder_stays_text() -> None:
    assert "{name}" in say("error.settings_unknown", Language.EN, {"name": "{name}"})


def test_a_missing_sentence_or_parameter_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say_reason(Reason("no_such_reason"), Language.EN)
    with pytest.raises(KeyError):
        say("error.settings_unknown", Language.EN)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", Language.ZH), ("zh_TW", Language.ZH), ("de_DE.UTF-8", Language.EN), ("C", Language.EN)],
)
def test_the_system_language_follows_the_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: Language
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert system_language() is language
    assert spoken(Speech.AUTO) is language
    assert spoken(Speech.ZH) is Language.ZH
