"""A release may edit the text: the changes are seen, corrections are offered, nothing is put in unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import DecisionError
from core.textdiff import Edit
from core.types import Decision, Reason
from desktop.views.result import ResultView


@pytest.fixture
def result(backend, qtbot: QtBot) -> ResultView:
    first, *others = backend.result.check.claims
    reason = Reason("value_differs", {"claim": "150 €", "evidence": "130 €"})
    claims = (replace(first, reasons=(reason,)), *others)
    backend.result = replace(backend.result, check=replace(backend.result.check, claims=claims))
    view = ResultView(backend)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.show_answer(backend.result)
    return view


def corrected_text(result: ResultView) -> str:
    return result.answer.text.replace("150 €", "130 €")


def test_the_evidence_pane_shows_a_correction_as_a_change(result: ResultView) -> None:
    card = result.evidence.correction
    assert card.isVisible()
    changes = [(piece.edit, piece.text) for piece in card.changes.pieces if piece.edit is not Edit.SAME]
    assert changes == [(Edit.REMOVED, "150"), (Edit.ADDED, "130")]
    result.choose(1)
    assert not card.isVisible()


def test_a_correction_goes_into_the_release_only_when_asked_for(
    result: ResultView, backend, qtbot: QtBot
) -> None:
    QTest.mouseClick(result.evidence.correction.use, Qt.MouseButton.LeftButton)
    dialog = result.uses.dialog
    assert dialog.edit.text == corrected_text(result)
    assert result.answer.text == backend.result.text
    dialog.fill("Ada", "The contract says 130")
    with qtbot.waitSignal(result.decided):
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert backend.named("release")[0][-1] == corrected_text(result)


def test_an_answer_that_is_not_held_shows_the_correction_and_offers_no_edit(
    result: ResultView, backend
) -> None:
    result.show_answer(replace(backend.result, decision=Decision.REJECTED))
    assert result.evidence.correction.isVisible()
    assert not result.evidence.correction.use.isVisible()


def test_edits_are_shown_beside_the_text_and_can_be_taken_back(result: ResultView, qtbot: QtBot) -> None:
    result.uses.ask_release()
    edit = result.uses.dialog.edit
    assert not edit.changes.isVisible()
    assert result.uses.dialog.final_text is None
    edit.put_in()
    qtbot.waitUntil(edit.changes.isVisible)
    assert edit.changes.changed
    edit.start_over()
    qtbot.waitUntil(lambda: not edit.changes.isVisible())
    edit.box.undo()
    assert edit.text == corrected_text(result)


def test_an_emptied_text_cannot_be_released(result: ResultView) -> None:
    result.uses.ask_release()
    dialog = result.uses.dialog
    dialog.fill("Ada", "why", text="")
    assert not dialog.ok.isEnabled()


def test_a_text_that_is_kept_back_is_not_shown_for_editing(result: ResultView, backend) -> None:
    backend.settings = replace(backend.settings, show_held_text=False)
    result.show_answer(backend.result)
    result.uses.ask_release()
    assert result.uses.dialog.edit is None


def test_a_refused_decision_gives_what_was_typed_back(
    result: ResultView, backend, qtbot: QtBot, failures
) -> None:
    seen = failures(result)
    backend.error = DecisionError("decision_not_held", decision="usable")
    result.uses.ask_release()
    dialog = result.uses.dialog
    dialog.fill("Ada", "A long reason")
    dialog.accept()
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert dialog.isVisible()
    assert dialog.reason == "A long reason"


def test_an_edited_answer_shows_what_went_out_and_lets_only_that_be_copied(
    result: ResultView, backend
) -> None:
    out = corrected_text(result)
    result.show_answer(replace(backend.result, decision=Decision.RELEASED, final_text=out))
    assert result.released.isVisible()
    assert result.released.changes.changed
    assert result.released.text.toPlainText() == out
    result.text.selectAll()
    assert result.text.plain_selection() == ""
    result.show_answer(replace(backend.result, decision=Decision.RELEASED, final_text=backend.result.text))
    assert not result.released.isVisible()
