from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.types import Answer, Claim, Verdict
from desktop.widgets.claim_marks import UNDERLINES
from desktop.widgets.claim_view import ClaimView, Phase


@pytest.fixture
def view(qtbot: QtBot) -> ClaimView:
    made = ClaimView()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


@pytest.fixture
def answer(make_answer_of) -> Answer:
    return make_answer_of()


def marked(view: ClaimView, index: int) -> str:
    piece = view._pieces[index]
    cursor = QTextCursor(view.document())
    cursor.setPosition(piece.start)
    cursor.setPosition(piece.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().removesuffix("\u2060\ufffc")


def select_all(view: ClaimView) -> None:
    cursor = view.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    view.setTextCursor(cursor)


def test_a_draft_can_be_neither_selected_nor_copied(view: ClaimView) -> None:
    QGuiApplication.clipboard().setText("before")
    view.begin()
    view.add_draft("Secret draft")
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not view.textCursor().hasSelection()
    assert QGuiApplication.clipboard().text() == "before"
    select_all(view)
    view.copy()
    assert QGuiApplication.clipboard().text() != "Secret draft"
    assert not view.createMimeDataFromSelection().hasText()


def test_a_held_answer_cannot_be_copied_and_an_open_one_can_without_its_icons(
    view: ClaimView, answer: Answer
) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    select_all(view)
    assert view.plain_selection() == ""
    view.show_text(answer.text, answer.check.claims, Phase.OPEN)
    select_all(view)
    assert view.createMimeDataFromSelection().text() == answer.text


def test_each_claim_is_marked_where_it_stands_beyond_characters_of_two_units(
    view: ClaimView, answer: Answer
) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    assert [marked(view, index) for index in range(3)] == [claim.text for claim in answer.check.claims[:3]]


def test_a_verdict_is_shown_by_underline_colour_and_icon(view: ClaimView, answer: Answer) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    for piece, claim in zip(view._pieces, view.claims, strict=True):
        cursor = QTextCursor(view.document())
        cursor.setPosition(piece.start + 1)
        assert cursor.charFormat().underlineStyle() == UNDERLINES[claim.verdict]
        assert view.document().characterAt(piece.end - 1) == "\ufffc"


def test_a_greeting_is_no_claim_and_is_not_marked(view: ClaimView, answer: Answer) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    assert Verdict.NO_CLAIM not in {claim.verdict for claim in view.claims}
    cursor = QTextCursor(view.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline


def test_risky_words_inside_a_claim_stand_out(view: ClaimView, answer: Answer) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    cursor = QTextCursor(view.document())
    cursor.setPosition(answer.text.index("150") + 1)
    risky = cursor.charFormat().background().color()
    cursor.setPosition(answer.text.index("Hotels") + 1)
    assert cursor.charFormat().background().color() != risky


def test_markup_in_an_answer_stays_text(view: ClaimView) -> None:
    text = '<b>bold</b> <img src="file:///x.png"> &amp;'
    claim = Claim(0, len(text), text, Verdict.NOT_FOUND, 0.6)
    view.show_text(text, (claim,), Phase.OPEN)
    assert marked(view, 0) == text
    view.begin()
    view.add_draft(text)
    assert view.toPlainText() == text


def test_arrow_keys_walk_through_the_claims_and_stop_at_the_ends(
    view: ClaimView, answer: Answer, qtbot: QtBot
) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    seen: list[int] = []
    view.chosen.connect(seen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert seen == [0, 1, 0, 0]
    assert view.current == 0


def test_a_click_chooses_the_claim_under_it_and_a_screen_reader_hears_its_verdict(
    view: ClaimView, answer: Answer, qtbot: QtBot
) -> None:
    view.show_text(answer.text, answer.check.claims, Phase.CLOSED)
    cursor = QTextCursor(view.document())
    cursor.setPosition(view._pieces[2].start + 3)
    with qtbot.waitSignal(view.chosen) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center())
    assert told.args == [2]
    assert view.accessibleDescription().startswith("Claim 3 of 3: Could not check.")


def test_claims_are_marked_in_the_draft_as_they_come_and_it_stays_closed(
    view: ClaimView, answer: Answer
) -> None:
    view.begin()
    view.add_draft(answer.text)
    view.mark(answer.check.claims[0])
    assert marked(view, 0) == answer.check.claims[0].text
    assert view.phase is Phase.DRAFT
    view.mark(Claim(0, 5, "other", Verdict.SUPPORTED, 0.1))
    assert len(view.claims) == 1


def test_what_was_copied_does_not_crash_the_end_of_the_program() -> None:
    code = """
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.widgets.claim_view import ClaimView, Phase
app = QApplication([])
view = ClaimView()
view.show_text("Hotels cost 150 euros.", (), Phase.OPEN)
view.selectAll()
QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
print(app.clipboard().text())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("Hotels cost 150 euros.", 0)
