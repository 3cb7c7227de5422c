"""The window over the real core and the real small model: sample, answer, evidence, gate, export, history."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.llm import catalog
from core.sample import SAMPLE
from core.settings import Settings, Speech, models_folder
from core.types import Decision
from desktop.app import Desktop
from desktop.core_backend import CoreBackend
from desktop.widgets.claim_view import Phase
from desktop.window import MainWindow

LIMIT = 240_000  # milliseconds that an answer may take on a busy machine

pytestmark = pytest.mark.model


@pytest.fixture
def window(small_model: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    models_folder().mkdir(parents=True)
    (models_folder() / small_model.name).symlink_to(small_model)
    settings = Settings(language=Speech.EN, reviewer="Ada Marsh", model=catalog.SMALL)
    desktop = Desktop(qapp, CoreBackend(tmp_path / "library", settings))
    desktop.show()
    qtbot.waitUntil(lambda: bool(desktop.window._model), timeout=LIMIT)
    yield desktop.window
    desktop.window.close()
    QThreadPool.globalInstance().waitForDone(5000)
    qapp.processEvents()
    shiboken6.delete(desktop.window)
    desktop.translators.silence()


def over(view: object) -> Callable[[], bool]:
    return lambda: not view.result.running  # type: ignore[attr-defined]


def test_a_newcomer_comes_from_the_welcome_screen_to_a_checked_answer(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(window.welcome.isVisible, timeout=LIMIT)
    with qtbot.waitSignal(window.ask.result.finished, timeout=LIMIT) as told:
        window.welcome.try_sample()
    (answer,) = told.args
    assert answer.model.name == catalog.SMALL
    assert answer.check.claims
    assert window.ask.result.summary.badge.text.endswith("risk")
    assert window.ask.result.text.phase is (
        Phase.OPEN if answer.decision is Decision.USABLE else Phase.CLOSED
    )
    qtbot.waitUntil(lambda: len(window.backend.answers()) == 1)


def test_a_models_answer_is_asked_for_held_by_the_gate_looked_into_released_and_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    strict = replace(window.backend.settings, medium_from=0.0, high_from=1.0)  # nothing passes unseen
    window.backend.settings = strict
    with qtbot.waitSignal(window.documents.changed, timeout=LIMIT):
        window.documents.add([SAMPLE / "en" / "service_contract.pdf"])
    ask = window.ask
    window.open_screen(ask)
    QTest.keyClicks(ask.question.box, "What is the annual fee?")
    with qtbot.waitSignal(ask.result.finished, timeout=LIMIT) as told:
        QTest.keyClick(ask.question.box, Qt.Key.Key_Return)
    (answer,) = told.args
    assert answer.model.name == catalog.SMALL
    assert answer.decision is Decision.HELD
    result = ask.result
    assert result.text.claims
    qtbot.waitUntil(lambda: bool(result.evidence.cards), timeout=LIMIT)
    assert result.evidence._title.text().startswith("Claim ")
    page = tmp_path / "answer.html"
    assert not result.gate.export.isEnabled()
    result.gate.release.click()
    result.uses.dialog.fill("Ada Marsh", "Read against the contract")
    with qtbot.waitSignal(result.decided, timeout=LIMIT):
        result.uses.dialog.accept()
    assert result.gate.export.isEnabled()
    result.uses.export_to(str(page))
    qtbot.waitUntil(page.exists, timeout=LIMIT)
    qtbot.waitUntil(lambda: "Read against the contract" in page.read_text(encoding="utf-8"), timeout=LIMIT)


def test_a_letter_is_held_released_by_a_named_person_exported_and_found_in_the_history(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.documents.changed, timeout=LIMIT):
        window.documents.add([SAMPLE / "en"])
    check = window.check
    window.open_screen(check)
    check.text.setPlainText((SAMPLE / "letter_en.md").read_text(encoding="utf-8"))
    check.start()
    qtbot.waitUntil(over(check), timeout=LIMIT)
    answer = check.result.answer
    assert answer is not None
    assert answer.decision is Decision.HELD
    page = tmp_path / "letter.html"
    check.result.uses.export_to(str(page))
    assert not check.result.gate.export.isEnabled()
    check.result.uses.ask_release()
    check.result.uses.dialog.fill("Ada Marsh", "Corrected by telephone")
    with qtbot.waitSignal(check.result.decided, timeout=LIMIT):
        check.result.uses.dialog.accept()
    assert not page.exists()
    check.result.uses.export_to(str(page))
    qtbot.waitUntil(page.exists, timeout=LIMIT)
    qtbot.waitUntil(lambda: "Corrected by telephone" in page.read_text(encoding="utf-8"))
    window.open_screen(window.history)
    qtbot.waitUntil(lambda: bool(window.history.model.rows), timeout=LIMIT)
    window.history.open(window.history.model.rows[0])
    qtbot.waitUntil(window.history.result.isVisible, timeout=LIMIT)
    assert window.history.result.gate.state.text == "Released"
    assert window.history.result.answer.check == answer.check


def test_a_wrong_figure_is_corrected_at_release_and_only_the_released_text_goes_out(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.documents.changed, timeout=LIMIT):
        window.documents.add([SAMPLE / "en" / "service_contract.pdf"])
    check = window.check
    window.open_screen(check)
    check.text.setPlainText("The annual fee is £36,900.")
    check.start()
    qtbot.waitUntil(over(check), timeout=LIMIT)
    result = check.result
    assert result.answer.decision is Decision.HELD
    assert result.evidence.correction.isVisible()
    result.evidence.correction.use.click()
    dialog = result.uses.dialog
    assert dialog.edit.text == "The annual fee is £38,400."
    dialog.fill("Ada Marsh", "As the contract says")
    with qtbot.waitSignal(result.decided, timeout=LIMIT):
        dialog.accept()
    assert result.released.text.toPlainText() == "The annual fee is £38,400."
    assert result.text.phase is Phase.CLOSED
    page = tmp_path / "letter.html"
    result.uses.export_to(str(page))
    qtbot.waitUntil(lambda: page.exists() and "38,400" in page.read_text(encoding="utf-8"), timeout=LIMIT)


def test_evidence_in_a_pdf_shows_its_page_with_the_quote_in_a_box(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.documents.changed, timeout=LIMIT):
        window.documents.add([SAMPLE / "en" / "service_contract.pdf"])
    check = window.check
    window.open_screen(check)
    check.text.setPlainText("The annual fee is £38,400.")
    check.start()
    qtbot.waitUntil(over(check), timeout=LIMIT)
    cards = check.result.evidence.cards
    assert cards[0].file.text() == "service_contract.pdf"
    assert cards[0].where.text().startswith("page ")
    qtbot.waitUntil(lambda: cards[0].preview.shown, timeout=LIMIT)
    sheet = cards[0].preview._sheet
    assert sheet.rect().contains(sheet.box_rect().toRect())
    assert sheet.box_rect().height() < sheet.height() / 4
    assert "38,400" in " ".join(cards[0].quote.marked())
