from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core import audit
from core.review import RejectCode
from core.settings import Settings
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Answer, AnswerId, Decision, Language, Level, Reason, Verdict
from desktop.core_backend import CoreBackend
from desktop.models.review import ReviewModel
from desktop.views.review import ReviewView
from desktop.widgets.review_dialog import REJECT_CODES, ReviewDialog


@pytest.fixture
def view(qtbot: QtBot, backend) -> ReviewView:
    made = ReviewView(backend)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.counted):
        made.refresh()
    return made


def opened(view: ReviewView, qtbot: QtBot, at: int = 0) -> ReviewView:
    view.open(view.queue.model.rows[at])
    qtbot.waitUntil(lambda: view.page.answer is not None)
    return view


def press(view: ReviewView, qtbot: QtBot, key: Qt.Key) -> None:
    view.activateWindow()
    view.page.text.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(view.page.text, key)


def test_the_queue_stands_in_the_order_of_the_core(view: ReviewView) -> None:
    cells = [
        [view.queue.model.index(row, column).data() for column in range(view.queue.model.columnCount())]
        for row in range(view.queue.model.rowCount())
    ]
    assert cells == [
        ["How much may a hotel cost?", "High risk", "30 h", "Nobody yet"],
        ["When are receipts due?", "Not shown", "30 min", "Nobody yet"],
    ]


def test_levels_and_words_filter_the_queue(view: ReviewView) -> None:
    view.queue.model.set_level(Level.HIGH)
    assert [row.question for row in view.queue.model.rows] == ["How much may a hotel cost?"]
    view.queue.model.set_level(None)
    view.queue.filter.setText("receipts")
    assert [row.question for row in view.queue.model.rows] == ["When are receipts due?"]
    assert view.queue.model.index(0, ReviewModel.QUESTION).data() == "When are receipts due?"


def test_c_confirms_and_a_number_overrules(view: ReviewView, backend, qtbot: QtBot) -> None:
    opened(view, qtbot)
    press(view, qtbot, Qt.Key.Key_C)
    assert view.page.text.current == 1
    view.page.judge_bar.why.setText("the contract says so")
    press(view, qtbot, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(backend.named("label_claim")) == 2)
    answer = backend.result.id
    assert sorted(backend.named("label_claim"), key=lambda call: call[1]) == [
        (answer, 0, Verdict.CONTRADICTED, ""),
        (answer, 1, Verdict.CONTRADICTED, "the contract says so"),
    ]
    assert view.page.head.progress.text() == "2 of 3 claims looked at"


def test_equal_claims_are_told_apart_by_their_place(view: ReviewView, backend, qtbot: QtBot) -> None:
    first = backend.result.check.claims[0]
    backend.result = replace(
        backend.result,
        check=replace(backend.result.check, claims=(first, first, *backend.result.check.claims[1:])),
    )
    item = view.queue.model.rows[0]
    backend.claims_said = (
        ClaimLabel(AnswerId(item.answer_id), 1, first.verdict, first.risk, Verdict.SUPPORTED, "Ada", "2026"),
    )
    opened(view, qtbot)
    assert view.page._said == {1: Verdict.SUPPORTED}
    assert view.page.text.current == 0


@pytest.mark.parametrize(("at", "before"), [(0, "High risk"), (1, "Level not shown yet")])
def test_a_level_that_the_queue_hides_shows_after_the_decision_only(
    view: ReviewView, backend, qtbot: QtBot, at: int, before: str
) -> None:
    opened(view, qtbot, at)
    assert view.page.head.level.text == before
    view.page.ask_release()
    assert view.page.dialog is not None
    view.page.dialog.fill("Ada", "read it all")
    with qtbot.waitSignal(view.page.decided):
        view.page.dialog.ok.click()
    assert view.page.head.level.text == "High risk"
    assert view.page.head.outcome_words.text() == "Released by Ada. Touchstone had rated it: High risk."


def test_a_release_goes_through_the_backend_and_leaves_the_queue(
    view: ReviewView, backend, qtbot: QtBot
) -> None:
    item = opened(view, qtbot).queue.model.rows[0]
    view.page.ask_release()
    assert view.page.dialog is not None
    assert not view.page.dialog.ok.isEnabled()
    view.page.dialog.fill("Ada", "read it all", caveats="until May")
    with qtbot.waitSignals([view.page.decided, view.counted]):
        view.page.dialog.ok.click()
    ((answer_id, said),) = backend.named("decide")
    assert answer_id == backend.result.id
    assert (said.release, said.who, said.reason, said.caveats) == (True, "Ada", "read it all", ("until May",))
    assert said.opened_at is not None
    assert view.page.answer is not None
    assert view.page.answer.decision is Decision.RELEASED
    assert item.question == "How much may a hotel cost?"


def test_the_reason_of_a_held_answer_is_said_but_not_of_a_hidden_one(
    view: ReviewView, backend, qtbot: QtBot
) -> None:
    check = replace(backend.result.check, reasons=(Reason("no_evidence"),))
    backend.result = replace(backend.result, check=check)
    opened(view, qtbot)
    assert view.page.head.held.isVisible()
    assert view.page.head.held.text().startswith("Why it is held: ")
    assert len(view.page.head.held.text()) > len("Why it is held: ")
    view.back()
    opened(view, qtbot, 1)
    assert view.page.head.held.isHidden()


def everything_shown(view: ReviewView) -> list[str]:
    parts = [part for part in view.page.findChildren(QWidget) if part.isVisibleTo(view.page)]
    shown = [part.text() for part in parts if isinstance(part, QLabel | QAbstractButton)]
    spoken = [words for part in parts for words in (part.accessibleName(), part.toolTip())]
    return [words for words in (*shown, *spoken) if words]


def test_a_drawn_answer_looks_like_a_held_one_whose_level_is_hidden(
    view: ReviewView, backend, qtbot: QtBot
) -> None:
    drawn = replace(
        backend.result,
        decision=Decision.USABLE,
        check=replace(backend.result.check, level=Level.LOW, risk=0.02, reasons=()),
    )
    held = replace(
        backend.result,
        check=replace(backend.result.check, level=Level.HIGH, risk=0.99, reasons=(Reason("no_evidence"),)),
    )
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    seen = []
    for answer in (drawn, held):
        backend.result = answer
        opened(view, qtbot, 1)
        QThreadPool.globalInstance().waitForDone(5000)  # the page is drawn, its version looked up
        QApplication.processEvents()
        cell = view.queue.model.index(1, ReviewModel.RISK)
        icon = cell.data(Qt.ItemDataRole.DecorationRole).pixmap(24, 24).toImage()
        seen.append((icon, [cell.data(role) for role in roles], everything_shown(view)))
        view.page.ask_release()
        assert view.page.dialog is not None
        seen[-1][2].extend(part.text() for part in view.page.dialog.findChildren(QLabel))
        view.page.dialog.reject()
        with qtbot.waitSignal(view.counted):
            view.back()
    assert seen[0] == seen[1]
    assert "Level not shown yet" in seen[0][2]


def test_an_answer_whose_key_is_refused_changes_nothing_on_the_page(
    view: ReviewView, backend, qtbot: QtBot
) -> None:
    opened(view, qtbot)
    backend.settings = replace(backend.settings, four_eyes=True)
    view.step(1)
    qtbot.waitUntil(lambda: view.key_dialog is not None)
    assert view.key_dialog is not None
    view.key_dialog.reject()
    assert view.key_dialog is None
    view.page.retranslate()
    assert view.page._question.text() == "How much may a hotel cost?"


def test_under_four_eyes_the_passphrase_comes_first(view: ReviewView, backend, qtbot: QtBot) -> None:
    backend.settings = replace(backend.settings, four_eyes=True)
    view.open(view.queue.model.rows[0])
    qtbot.waitUntil(lambda: view.key_dialog is not None)
    assert view.page.answer is None
    assert view.key_dialog is not None
    view.key_dialog.fill("Ada", "a long passphrase")
    view.key_dialog.ok.click()
    qtbot.waitUntil(lambda: view.page.answer is not None)
    assert backend.named("unlock") == [("Ada", "a long passphrase")]


def test_an_answer_that_was_asked_under_four_eyes_needs_the_passphrase_whatever_the_settings_say(
    view: ReviewView, backend, qtbot: QtBot
) -> None:
    backend.result = replace(backend.result, four_eyes=True)
    view.open(view.queue.model.rows[0])
    qtbot.waitUntil(lambda: view.key_dialog is not None)
    assert view.page.answer is None
    assert "load" not in {name for name, *_ in backend.calls}


def test_the_core_says_who_may_read(tmp_path: Path, make_answer: Callable[..., Answer]) -> None:
    """The library's own policy counts in the window of a user who never asked for four eyes."""
    free, asked = make_answer(), replace(make_answer(), four_eyes=True)
    with Library.open(tmp_path / "library") as library:
        for answer in (free, asked):
            audit.record_answer(library, answer, prompt="", context={})
    backend = CoreBackend(tmp_path / "library", Settings())
    assert [backend.needs_key(answer.id) for answer in (free, asked)] == [False, True]
    with Library.open(tmp_path / "library") as library:
        audit.note_settings(library, Settings(four_eyes=True))
    assert backend.needs_key(free.id)


def test_the_listed_reasons_are_those_of_the_core(qtbot: QtBot) -> None:
    assert [code.value for code in RejectCode] == list(REJECT_CODES)
    dialog = ReviewDialog(release=False, who="Ada", text="", language=Language.EN)
    qtbot.addWidget(dialog)
    assert dialog.ok.isEnabled()
    dialog.fill("Ada", "", code=REJECT_CODES.index("other"))
    assert not dialog.ok.isEnabled()
