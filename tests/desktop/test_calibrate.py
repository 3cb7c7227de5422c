from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.calibrate.labelling import Label
from core.calibrate.sampling import LARGEST, SMALLEST, USUAL, Method
from core.errors import CalibrationError
from core.types import Language, Verdict
from desktop.i18n import Translators
from desktop.models.calibrate import CutoffsModel, progress_words
from desktop.text import verdict_word
from desktop.views.calibrate import CalibrateView
from desktop.widgets import draw_card
from desktop.widgets.label_bar import LABELS

Settled = Callable[[Callable[[], bool]], None]


@pytest.fixture
def view(qtbot: QtBot, backend) -> CalibrateView:
    made = CalibrateView(backend)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.start.state is not None)
    return made


def labelling(view: CalibrateView, settled: Settled) -> CalibrateView:
    view.start.work.start.click()
    settled(lambda: bool(view.labels.passages.cards))
    return view


def resulting(view: CalibrateView, settled: Settled, backend) -> CalibrateView:
    label = Label.SUPPORTED
    backend.where = replace(
        backend.where, tasks=tuple(replace(each, label=label) for each in backend.where.tasks)
    )
    view.refresh()
    settled(view.start.work.result.isEnabled)
    view.start.work.result.click()
    settled(lambda: view.result.outcome is not None)
    return view


def press(view: CalibrateView, qtbot: QtBot, key: Qt.Key) -> None:
    view.activateWindow()
    view.labels.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(view.labels, key)


def shown(view: QWidget) -> str:
    parts = [part for part in view.findChildren(QWidget) if part.isVisibleTo(view)]
    words = [part.text() for part in parts if isinstance(part, QLabel | QAbstractButton)]
    spoken = [text for part in parts for text in (part.accessibleName(), part.toolTip())]
    return "\n".join((*words, *spoken))


# The draw


def test_claims_are_drawn_as_asked_for(view: CalibrateView, backend, settled: Settled) -> None:
    card = view.start.drawing
    card.count.setValue(80)
    card.draw.click()
    settled(lambda: bool(backend.named("draw_claims")))
    card.method.setCurrentIndex(1)
    card.draw.click()
    settled(lambda: len(backend.named("draw_claims")) == 2)
    assert backend.named("draw_claims") == [(80, False, "Ada"), (80, True, "Ada")]


def test_another_way_of_drawing_sets_the_labels_given_so_far_aside(view: CalibrateView, backend) -> None:
    first, *others = backend.where.tasks
    state = replace(backend.where, tasks=(replace(first, label=Label.SUPPORTED), *others))
    view.start.show_state(state)
    assert "the other way" not in view.start.drawing.note.text()
    view.start.drawing.method.setCurrentIndex(1)
    assert "the other way" in view.start.drawing.note.text()


def test_where_nothing_is_left_to_draw_the_button_says_so(view: CalibrateView, backend) -> None:
    view.start.show_state(replace(backend.where, could_draw=0))
    assert not view.start.drawing.draw.isEnabled()
    assert "0 claims can still be drawn." in view.start.drawing.note.text()


def test_what_is_left_out_of_the_draw_is_told(view: CalibrateView, backend) -> None:
    view.start.show_state(replace(backend.where, elsewhere=7))
    assert "7 answers are left out" in view.start.drawing.note.text()
    view.start.show_state(replace(backend.where, could_draw=0, tasks=()))
    assert "ask some questions first" in view.start.drawing.note.text()


def test_bounds_and_ways_are_those_of_the_core() -> None:
    assert (draw_card.SMALLEST, draw_card.USUAL, draw_card.LARGEST) == (SMALLEST, USUAL, LARGEST)
    assert Method.WEIGHTED.value == draw_card._WEIGHTED


def test_what_reviewers_said_can_be_taken_over(view: CalibrateView, backend, settled: Settled) -> None:
    assert view.start.work.reviewed.isVisible()
    view.start.work.reviewed.click()
    settled(lambda: not view.start.work.reviewed.isVisible())
    assert view.start.work.progress.text().startswith("1 of 3 labelled")


# Labelling


def test_one_key_labels_a_claim_and_shows_the_next(
    view: CalibrateView, backend, qtbot: QtBot, settled: Settled
) -> None:
    labelling(view, settled)
    assert view.labels.progress.text() == "0 of 3 labelled · about 1 min to go"
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        press(view, qtbot, key)
    settled(lambda: len(backend.named("label_task")) == 2)
    assert backend.named("label_task") == [(0, Label.CONTRADICTED, "Ada"), (1, Label.NOT_FOUND, "Ada")]
    assert view.labels.at == 2
    assert view.labels.progress.text() == "2 of 3 labelled"


def test_the_labels_are_those_of_the_core() -> None:
    assert set(LABELS) | {"unsupported"} == {label.value for label in Label}


def test_nothing_of_what_the_checker_said_is_shown(view: CalibrateView, settled: Settled) -> None:
    """The claims of the script are contradicted with a risk of 0.87 in an answer of high risk."""
    labelling(view, settled)
    said = shown(view.labels)
    assert "87" not in said
    assert "High risk" not in said
    buttons = {view.labels.claim.bar.buttons[value].text() for value in LABELS}
    rest = [line for line in said.splitlines() if line not in buttons]
    words = {verdict_word(verdict) for verdict in Verdict}
    assert not [line for line in rest if line in words]
    assert not [card for card in view.labels.passages.cards if card._relation is not None]


def test_a_label_can_be_taken_back(view: CalibrateView, backend, qtbot: QtBot, settled: Settled) -> None:
    labelling(view, settled)
    press(view, qtbot, Qt.Key.Key_1)
    press(view, qtbot, Qt.Key.Key_B)
    assert view.labels.at == 0
    assert view.labels.claim.bar.own.text == "Supported"
    press(view, qtbot, Qt.Key.Key_4)
    settled(lambda: len(backend.named("label_task")) == 2)
    assert [each[:2] for each in backend.named("label_task")] == [(0, Label.SUPPORTED), (0, Label.UNCLEAR)]
    assert view.labels.at == 1


def test_backspace_returns_to_the_claim_that_was_labelled_last(
    view: CalibrateView, qtbot: QtBot, settled: Settled
) -> None:
    labelling(view, settled)
    press(view, qtbot, Qt.Key.Key_N)
    press(view, qtbot, Qt.Key.Key_1)
    press(view, qtbot, Qt.Key.Key_3)
    assert view.labels.at == 0, "the one that was skipped comes last"
    press(view, qtbot, Qt.Key.Key_Backspace)
    assert view.labels.at == 2
    press(view, qtbot, Qt.Key.Key_Backspace)
    assert view.labels.at == 1
    assert view.labels.claim.bar.own.text == "Supported"


def test_the_passages_of_the_next_claim_are_there_before_it_is(
    view: CalibrateView, backend, settled: Settled
) -> None:
    labelling(view, settled)
    settled(lambda: 1 in view.labels._found)
    view.labels.say("supported")
    assert len(view.labels.passages.cards) == 2


def test_where_no_passage_comes_near_that_is_said(view: CalibrateView, backend, settled: Settled) -> None:
    backend.nearest = ()
    view.start.work.start.click()
    settled(lambda: view.labels.passages.words.text().startswith("No passage comes near"))


def test_labelling_goes_on_where_it_was_left(view: CalibrateView, backend, settled: Settled) -> None:
    first, *others = backend.where.tasks
    backend.where = replace(backend.where, tasks=(replace(first, label=Label.UNSUPPORTED), *others))
    view.refresh()
    settled(lambda: view.start.work.start.text() == "Go on labelling")
    labelling(view, settled)
    assert view.labels.at == 1
    view.labels._to_earlier()
    assert view.labels.claim.bar.own.text == "Not supported"


def test_after_the_last_claim_the_result_comes(view: CalibrateView, backend, settled: Settled) -> None:
    labelling(view, settled)
    for _ in range(3):
        view.labels.say("not_found")
    settled(lambda: view.result.outcome is not None)
    assert view.result.isVisible()
    asked = [call[0] for call in backend.calls if call[0] in ("label_task", "outcome")]
    assert asked == ["label_task", "label_task", "label_task", "outcome"], "no label is left out"


def test_leaving_waits_for_the_last_label(view: CalibrateView, backend, settled: Settled) -> None:
    labelling(view, settled)
    view.labels.say("supported")
    view.labels._leave()
    settled(view.start.isVisible)
    settled(lambda: view.start.work.progress.text().startswith("1 of 3 labelled"))


def test_a_label_that_could_not_be_kept_is_open_again(
    view: CalibrateView, backend, settled: Settled, failures
) -> None:
    labelling(view, settled)
    seen = failures(view)
    backend.not_kept = CalibrationError("calibration_name")
    view.labels.say("supported")
    settled(lambda: bool(seen))
    assert view.labels.labelled == 0
    assert view.labels.at == 0


def test_without_a_name_nothing_is_labelled(view: CalibrateView) -> None:
    view.start.who.setText("  ")
    view.start.work.start.click()
    assert view.start.isVisible()
    assert view.start.who.hasFocus()


def test_under_four_eyes_the_passphrase_comes_first(view: CalibrateView, backend, settled: Settled) -> None:
    view.start.show_state(replace(backend.where, secret=True))
    view.start.work.start.click()
    settled(lambda: view.unlock.dialog is not None)
    assert not view.labels.isVisible()
    view.unlock.dialog.fill("Bea", "a long passphrase")
    view.unlock.dialog.ok.click()
    settled(view.labels.isVisible)
    view.labels.say("supported")
    settled(lambda: bool(backend.named("label_task")))
    assert backend.named("label_task") == [(0, Label.SUPPORTED, "Bea")]


def test_coming_back_to_the_screen_does_not_interrupt_labelling(
    view: CalibrateView, settled: Settled
) -> None:
    labelling(view, settled)
    view.labels.say("supported")
    view.refresh()
    assert view.labels.isVisible()
    assert view.labels.labelled == 1


# The result


def test_thresholds_are_listed_with_their_intervals(view: CalibrateView, backend, settled: Settled) -> None:
    model = resulting(view, settled, backend).result.model
    words = [model.index(at, CutoffsModel.FROM).data() for at in range(model.rowCount())]
    assert sum("now" in each for each in words) == 1
    assert sum("for your wish" in each for each in words) == 1
    assert "10%" in words
    outcome = view.result.outcome
    assert outcome is not None
    first = outcome.cutoffs[0].misses
    at = words.index("10%")
    assert model.index(at, CutoffsModel.MISSES).data().startswith(f"{first.share:.0%} (")
    settled(view.result.charts[0].isVisible)
    assert view.result.charts[1].isVisible() == outcome.helps


def test_a_wish_that_the_labels_cannot_bear_asks_for_more_of_them(
    view: CalibrateView, backend, settled: Settled
) -> None:
    backend.labels = 20
    resulting(view, settled, backend).result.promise.rate.setValue(2)
    settled(lambda: "cannot be promised yet" in view.result.promise.promise.text())
    few = view.result.outcome.too_few
    assert f"at least {few.needed} " in view.result.promise.promise.text()
    assert f"about {few.more} more" in view.result.promise.promise.text()


def test_a_threshold_by_hand_comes_from_a_row_and_goes_again(
    view: CalibrateView, backend, settled: Settled
) -> None:
    promise = resulting(view, settled, backend).result.promise
    assert not promise.take.isEnabled()
    view.result.table.selectRow(0)
    chosen = view.result.table.row.cutoff.shown
    promise.take.click()
    settled(lambda: promise.promise.text().startswith("By hand"))
    assert backend.named("outcome")[-1] == (0.1, chosen)
    promise.undo.click()
    settled(lambda: promise.promise.text().startswith("Hold answers from"))


def test_an_outcome_is_stored_under_a_name_and_decides_nothing_yet(
    view: CalibrateView, backend, settled: Settled
) -> None:
    promise = resulting(view, settled, backend).result.promise
    assert not promise.store.isEnabled()
    promise.name.setText(" Contracts ")
    promise.store.click()
    settled(lambda: "Contracts, version 1" in promise.kept.text())
    assert backend.named("store_policy") == [(0.1, "Contracts", "Ada")]
    assert not backend.named("adopt_policy")
    assert view.start.policies.model.rows[0].policy.name == "Contracts"


def test_the_result_follows_the_language(
    view: CalibrateView, backend, settled: Settled, dressed: Translators
) -> None:
    page = resulting(view, settled, backend).result
    title = page.charts[2].accessibleName()
    backend.settings = backend.settings.with_text("language", "zh")
    dressed.speak(Language.ZH)
    QApplication.processEvents()
    assert page.charts[2].accessibleName() != title
    assert page.promise.promise.text().startswith("自风险")
    assert page.model.headerData(CutoffsModel.MISSES, Qt.Orientation.Horizontal) == "漏检"


# The policies


def test_a_policy_is_chosen_with_a_reason(view: CalibrateView, backend, settled: Settled) -> None:
    card = view.start.policies
    assert card.present.text() == "“our files, version 2” decides since 24 Nov 2026, 09:00, chosen by Ada."
    card.table.selectRow(2)
    card.why.setText("fewer false alarms")
    card.adopt.click()
    settled(lambda: "version 1” decides" in card.present.text())
    assert backend.named("adopt_policy") == [("our files", 1, "Ada", "fewer false alarms")]


@pytest.mark.parametrize(("row", "may"), [(0, False), (1, False), (2, True)])
def test_only_another_policy_for_this_checker_can_be_chosen(view: CalibrateView, row: int, may: bool) -> None:
    view.start.policies.table.selectRow(row)
    assert view.start.policies.adopt.isEnabled() is may


def test_going_back_ends_with_what_was_shipped(view: CalibrateView, backend, settled: Settled) -> None:
    card = view.start.policies
    card.revert.click()
    settled(lambda: card.present.text() == "What was shipped decides.")
    assert backend.named("revert_policy") == [("Ada", "")]
    assert not card.revert.isEnabled()


def test_a_damaged_policy_and_one_for_another_checker_are_told(view: CalibrateView, backend) -> None:
    card, state = view.start.policies, backend.where
    present = next(row for row in state.policies if row.in_use)
    for change, words in (({"damaged": True}, "Its text is not"), ({"fits": False}, "another version")):
        view.start.show_state(replace(state, policies=(replace(present, **change),)))
        assert words in card.warning.text()
        assert card.revert.isEnabled()
    view.start.show_state(replace(state, by_setting=0.3))
    assert "from 30% on" in card.warning.text()


def test_the_progress_tells_how_long_it_takes() -> None:
    assert progress_words(0, 60) == "0 of 60 labelled · about 20 min to go"
    assert progress_words(60, 60) == "60 of 60 labelled"
