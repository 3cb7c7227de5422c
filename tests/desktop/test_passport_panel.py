from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.llm.passport import Passport, Reading, examining
from core.types import Language
from desktop.views.models import ModelsView
from desktop.widgets.facts import Facts
from desktop.widgets.passport_panel import PassportPanel


@pytest.fixture(scope="module")
def passport(small_model: Path) -> Passport:
    *_, last = examining(small_model)
    assert isinstance(last, Passport)
    return last


@pytest.mark.model
@pytest.mark.parametrize("language", list(Language))
def test_the_panel_shows_findings_and_facts(qtbot: QtBot, passport: Passport, language: Language) -> None:
    panel = PassportPanel("m.gguf", lambda: (event for event in (Reading(1, 2), passport)), language)
    qtbot.waitUntil(lambda: panel.words is not None)
    shown = {label.text() for label in panel.findChildren(QLabel)}
    assert panel.words is not None
    for _, lines in panel.words.findings:
        assert {line.text for line in lines} <= shown
    values = [value for facts in panel.findChildren(Facts) for _, value in facts.pairs]
    assert any(passport.facts.weights.sha256 == value.replace("\u200b", "") for value in values)
    assert not panel.progress.isVisible()
    panel.accept()


def test_a_file_that_is_no_model_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"no model")
    panel = PassportPanel("x", lambda: examining(tmp_path / "x.gguf"), Language.EN)
    texts = lambda: " ".join(label.text() for label in panel.findChildren(QLabel))  # noqa: E731
    qtbot.waitUntil(lambda: "GGUF" in texts())
    assert panel.words is None
    panel.accept()


@pytest.mark.model
def test_the_models_screen_opens_it_for_the_chosen_model(qtbot: QtBot, backend, passport: Passport) -> None:
    backend.examined = (passport,)
    view = ModelsView(backend)
    qtbot.addWidget(view)
    view.refresh()
    qtbot.waitUntil(lambda: view.details.model is not None)
    view.details.show_passport()
    panel = view.details.passport
    qtbot.waitUntil(lambda: panel.words is not None)
    panel.accept()
