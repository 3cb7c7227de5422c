from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import EngineError
from core.types import Check, Decision, Level, Verdict
from desktop.backend import Readiness
from desktop.views.ask import AskView
from desktop.widgets.claim_view import Phase


@pytest.fixture
def ask(backend, qtbot: QtBot) -> AskView:
    view = AskView(backend)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    return view


def answered(ask: AskView, qtbot: QtBot, question: str = "How much may a hotel cost?") -> None:
    with qtbot.waitSignal(ask.result.ended):
        ask.ask(question)


def test_enter_asks_and_shift_enter_starts_a_new_line(ask: AskView, backend, qtbot: QtBot) -> None:
    box = ask.question.box
    QTest.keyClicks(box, "How much")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert backend.calls == []
    QTest.keyClicks(box, "a night?")
    with qtbot.waitSignal(ask.result.ended):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert backend.named("answer") == [("How much\na night?",)]


def test_an_input_method_composes_in_the_question_box_and_asks_nothing(ask: AskView, backend) -> None:
    box = ask.question.box
    QApplication.sendEvent(box, QInputMethodEvent("chai lv", []))
    assert ask.question.question == ""  # what is being composed is not typed yet
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("差旅标准")
    QApplication.sendEvent(box, chosen)
    assert ask.question.question == "差旅标准"
    assert backend.named("answer") == []


def test_an_empty_question_is_not_asked(ask: AskView, backend) -> None:
    QTest.keyClicks(ask.question.box, "   ")
    QTest.keyClick(ask.question.box, Qt.Key.Key_Return)
    assert not ask.question.button.isEnabled()
    assert backend.calls == []


def test_while_an_answer_is_made_its_draft_is_grey_and_closed_and_no_other_is_asked(
    ask: AskView, backend, qtbot: QtBot
) -> None:
    backend.hold = True
    ask.ask("First?")
    qtbot.waitUntil(lambda: "Good luck!" in ask.result.text.toPlainText())
    assert ask.result.text.phase is Phase.DRAFT
    assert ask.result.text.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    assert ask.result.progress.words == "Writing a draft"
    assert not any(
        use.isEnabled() for use in (ask.result.gate.copy, ask.result.gate.sources, ask.result.gate.export)
    )
    assert ask.result.evidence.cards[0].quote.toPlainText() == "Hotels cost up to 130 €."
    ask.ask("Second?")
    assert backend.named("answer") == [("First?",)]
    backend.stopped.set()
    qtbot.waitUntil(lambda: not ask.result.running)


def test_stop_ends_the_run_wakes_the_core_and_keeps_the_question(ask: AskView, backend, qtbot: QtBot) -> None:
    backend.hold = True
    ask.ask("First?")
    qtbot.waitUntil(lambda: ask.result.progress.words == "Writing a draft")
    with qtbot.waitSignal(ask.result.ended):
        QTest.mouseClick(ask.result.progress._stop, Qt.MouseButton.LeftButton)
    assert backend.stopped.is_set()
    assert ask.result.answer is None
    assert ask.question.question == "First?"
    assert ask.question.button.isEnabled()


def test_a_checked_answer_shows_level_coverage_counts_and_the_evidence_of_its_worst_claim(
    ask: AskView, qtbot: QtBot
) -> None:
    answered(ask, qtbot)
    result = ask.result
    assert result.summary.badge.text == "High risk"
    assert result.summary.coverage.text() == "2 of 3 claims could be checked"
    shown = [pill.text for pill in result.summary._counts.values() if not pill.isHidden()]
    assert shown == ["Contradicted: 1", "Could not check: 1", "Supported: 1"]
    assert result.text.current == 0
    assert result.evidence._title.text() == "Claim 1 of 3"
    card = result.evidence.cards[0]
    assert (card.file.text(), card.where.text()) == ("contract.pdf", "page 2")
    assert card.quote.marked() == ("Hotels cost up",)
    assert result.evidence._claim_text.marked() == ("Hotels cost up",)
    qtbot.waitUntil(lambda: card.preview.shown)


def test_the_page_is_drawn_by_a_job_with_the_quote_in_its_box(ask: AskView, backend, qtbot: QtBot) -> None:
    answered(ask, qtbot)
    card = ask.result.evidence.cards[0]
    qtbot.waitUntil(lambda: card.preview.shown)
    assert backend.named("page") == [("/docs/contract.pdf", 2)]
    sheet = card.preview._sheet
    across, up = sheet.width() / 600, sheet.height() / 800
    box = sheet.box_rect()
    assert box.center().x() == pytest.approx(200 * across, abs=1)
    assert box.center().y() == pytest.approx((800 - 610) * up, abs=1)


def test_next_and_previous_claim_by_keyboard_from_anywhere_on_the_screen(ask: AskView, qtbot: QtBot) -> None:
    answered(ask, qtbot)
    ask.question.box.setFocus()
    qtbot.waitUntil(ask.question.box.hasFocus)
    ask.result.text.setFocus()
    QTest.keyClick(ask.result.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert ask.result.evidence._title.text() == "Claim 2 of 3"
    assert ask.result.evidence.cards[0].where.text() == "9. Claims"
    QTest.keyClick(ask.result.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ask.result.evidence._title.text() == "Claim 1 of 3"


def test_a_held_answer_is_closed_with_the_reason_beside_it(ask: AskView, qtbot: QtBot) -> None:
    answered(ask, qtbot)
    gate = ask.result.gate
    assert not any(use.isEnabled() for use in (gate.copy, gate.sources, gate.export))
    assert gate.state.text == "Held for review"
    assert gate.why.text().startswith("High risk: copying and export stay closed")
    QGuiApplication.clipboard().setText("before")
    ask.result.uses.copy()
    ask.result.uses.copy_with_sources()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_usable_answer_can_be_copied_with_its_sources_and_exported(
    ask: AskView, backend, make_answer_of, qtbot: QtBot, tmp_path
) -> None:
    backend.result = make_answer_of(Decision.USABLE, Level.LOW)
    answered(ask, qtbot)
    gate = ask.result.gate
    assert not gate.release.isVisible()
    QTest.mouseClick(gate.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == backend.result.text
    QTest.mouseClick(gate.sources, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "[1] policy.md, 9. Claims: “Receipts are due in 30 days.”" in copied
    assert "contract.pdf" not in copied
    ask.result.uses.export_to(str(tmp_path / "a.html"))
    qtbot.waitUntil(lambda: bool(backend.named("export")))


def test_release_needs_a_name_and_a_reason_and_opens_the_gate(ask: AskView, backend, qtbot: QtBot) -> None:
    answered(ask, qtbot)
    QTest.mouseClick(ask.result.gate.release, Qt.MouseButton.LeftButton)
    dialog = ask.result.uses.dialog
    assert dialog is not None
    assert dialog.who == "Ada"
    assert not dialog.ok.isEnabled()
    dialog.fill("Ada", "   ")
    assert not dialog.ok.isEnabled()
    dialog.fill("Ada", "Asked the hotel", "Berlin only\n\n  until June  ")
    with qtbot.waitSignal(ask.result.decided):
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert backend.named("release") == [
        ("0123456789abcdef", "Ada", "Asked the hotel", ("Berlin only", "until June"), None)
    ]
    assert ask.result.gate.copy.isEnabled()
    why = ask.result.gate.why.text().splitlines()
    assert why[0].startswith("Released by Ada")
    assert why[0].endswith(": Asked the hotel")
    assert why[1:] == ["Caveat: Berlin only", "Caveat: until June"]
    ask.result.uses.copy_with_sources()
    assert "Caveat: until June" in QGuiApplication.clipboard().text()


def test_a_rejected_answer_stays_closed_for_good(ask: AskView, backend, qtbot: QtBot) -> None:
    answered(ask, qtbot)
    QTest.mouseClick(ask.result.gate.reject, Qt.MouseButton.LeftButton)
    ask.result.uses.dialog.fill("Ada", "Wrong price")
    with qtbot.waitSignal(ask.result.decided):
        ask.result.uses.dialog.accept()
    assert ask.result.gate.state.text == "Rejected"
    assert not ask.result.gate.copy.isEnabled()
    assert not ask.result.gate.release.isVisible()
    assert ask.result.text.phase is Phase.CLOSED


def test_an_error_is_reported_and_the_screen_is_ready_again(
    ask: AskView, backend, failures, qtbot: QtBot
) -> None:
    seen = failures(ask)
    backend.error = EngineError("engine_busy")
    answered(ask, qtbot)
    assert [error.code for error in seen] == ["engine_busy"]
    assert ask.question.button.isEnabled()
    assert ask.result.answer is None


def test_a_crashed_engine_is_a_banner_that_asks_again(ask: AskView, backend, failures, qtbot: QtBot) -> None:
    seen = failures(ask)
    backend.error = EngineError("engine_crashed", signal="SIGSEGV")
    answered(ask, qtbot)
    assert seen == []
    assert "SIGSEGV" in ask.banner.words.text()
    ask.banner.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "SIGSEGV" in copied
    assert ask.question.question not in copied
    backend.error = None
    with qtbot.waitSignal(ask.result.finished):
        ask.banner.restart.click()
    assert ask.banner.isHidden()
    assert [question for (question,) in backend.named("answer")] == [ask.question.question] * 2


def test_an_answer_that_the_documents_do_not_hold_is_said_as_such(
    ask: AskView, backend, make_answer_of, qtbot: QtBot
) -> None:
    text = "The documents do not say."
    claim = replace(make_answer_of().check.claims[3], start=0, end=len(text), text=text)
    backend.result = make_answer_of(
        Decision.USABLE,
        Level.LOW,
        text=text,
        refused=True,
        generation={"passages": 4},
        check=Check(text, 0.1, Level.LOW, 1.0, (claim,)),
    )
    answered(ask, qtbot)
    assert ask.result.refusal.isVisible()
    assert not ask.result.refusal.search.isVisible()
    qtbot.waitUntil(lambda: "Searched" in ask.result.refusal.searched.text())
    assert ask.result.refusal.searched.text() == (
        "Searched: 30 passages of 2 documents, by words and by meaning. "
        "The model read the 4 passages that came closest."
    )
    assert ask.result.summary.coverage.text() == "The text makes no claim that could be checked"
    assert claim.verdict is Verdict.NO_CLAIM
    assert ask.result.evidence._title.text() == "Passages the model reads"
    assert ask.result.evidence._caption.text() == (
        "1 passage found in your documents; 1 more did not fit the model's context"
    )


def test_where_the_policy_keeps_held_text_back_neither_draft_nor_answer_is_shown(
    ask: AskView, backend, qtbot: QtBot
) -> None:
    backend.settings = replace(backend.settings, show_held_text=False)
    shown: list[str] = []
    ask.result.text.textChanged.connect(lambda: shown.append(ask.result.text.toPlainText()))
    answered(ask, qtbot)
    assert not any(text.strip() for text in shown)
    assert not ask.result.text.isVisible()
    assert ask.result._kept_back.isVisible()
    assert ask.result.gate.release.isVisible()


def test_an_empty_library_says_what_to_do(ask: AskView, qtbot: QtBot) -> None:
    ask.show_readiness(Readiness(False, 0, 0, 0))
    assert ask._to_documents.isVisible()
    with qtbot.waitSignal(ask.documents_wanted):
        QTest.mouseClick(ask._to_documents, Qt.MouseButton.LeftButton)


def test_the_sample_suggests_questions_that_ask_themselves(ask: AskView, backend, qtbot: QtBot) -> None:
    ask.show_readiness(backend.ready)
    assert [button.text().strip() for button in ask._suggestions] == ["First?", "Second?"]
    with qtbot.waitSignal(ask.result.ended):
        QTest.mouseClick(ask._suggestions[1], Qt.MouseButton.LeftButton)
    assert backend.named("answer") == [("Second?",)]


def test_pasted_html_is_flattened(ask: AskView) -> None:
    data = QMimeData()
    data.setHtml("<h1>Big</h1>")
    data.setText("Big")
    ask.question.box.insertFromMimeData(data)
    assert ask.question.question == "Big"


def test_a_held_answer_without_reasons_of_its_own_gives_those_of_its_riskiest_claim(
    ask: AskView, backend, make_answer_of, qtbot: QtBot
) -> None:
    check = make_answer_of().check
    claims = tuple(replace(claim, risk=0.95) if claim.reasons else claim for claim in check.claims)
    backend.result = make_answer_of(check=replace(check, claims=claims))
    answered(ask, qtbot)
    assert ask.result.summary.reasons.isVisible()
    assert ask.result.summary.reasons.text().startswith("The trained checker is not installed")
    backend.result = make_answer_of(Decision.USABLE, Level.LOW, check=replace(check, level=Level.LOW))
    answered(ask, qtbot)
    assert not ask.result.summary.reasons.isVisible()


def test_an_old_refusal_finds_what_comes_closest_now(
    ask: AskView, backend, make_answer_of, qtbot: QtBot
) -> None:
    ask.reopen(make_answer_of(Decision.USABLE, Level.LOW, refused=True))
    assert not ask.result.refusal.searched.isVisible()
    QTest.mouseClick(ask.result.refusal.search, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ask.result.evidence._title.text() == "Passages the model reads")
    assert ask.result.evidence.cards[0].quote.toPlainText() == "Hotels cost up to 130 €."


def test_the_strip_shows_the_risk_as_a_gauge_and_what_the_answer_took(
    ask: AskView, backend, make_answer_of, qtbot: QtBot
) -> None:
    summary = ask.result.summary
    spent = {"seconds_reading": 3.0, "seconds_writing": 6.0, "answer_tokens": 40}
    ask.reopen(make_answer_of(generation=spent))
    assert summary.gauge.text == "83%"
    assert summary.gauge.accessibleName() == "Estimated risk: 83%"
    assert "9.0 s · 40 tokens written · about 0.16 Wh (estimate, 65 W)" in summary.facts.text()
    backend.settings = replace(backend.settings, machine_watts=200.0)
    ask.reopen(make_answer_of(generation=spent))
    assert "about 0.50 Wh (estimate, 200 W)" in summary.facts.text()
    ask.reopen(make_answer_of(generation={}))
    assert "Wh" not in summary.facts.text()


def test_earlier_questions_stand_beside_and_open_as_they_were_checked(
    ask: AskView, backend, qtbot: QtBot
) -> None:
    assert not ask.earlier.isVisible()
    QTest.mouseClick(ask._toggle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ask.earlier.model.rowCount() == 2)  # the supplied text is in the history only
    index = ask.earlier.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("High risk, 13 Nov 2026")
    QTest.mouseClick(
        ask.earlier.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=ask.earlier.list.visualRect(index).center(),
    )
    qtbot.waitUntil(lambda: ask.result.answer is not None)
    assert ask.question.question == "How much may a hotel cost?"
    assert ask.result.summary.isVisible()
    assert not ask.result._draft_note.isVisible()


def test_a_wide_window_shows_the_earlier_questions_unasked(ask: AskView, qtbot: QtBot) -> None:
    ask.resize(1700, 900)
    qtbot.waitUntil(ask.earlier.isVisible)
    QTest.mouseClick(ask._toggle, Qt.MouseButton.LeftButton)
    ask.resize(1710, 900)
    assert not ask.earlier.isVisible()
