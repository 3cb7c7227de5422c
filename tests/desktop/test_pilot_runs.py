"""A pilot run from the window: put together, paused, gone on with, stopped, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.errors import EngineError, PilotError
from core.pilot.types import Question
from core.settings import home
from core.types import Language
from desktop.models.pilot_problems import ProblemsModel
from desktop.models.pilot_tally import TallyModel
from desktop.pilot_backend import DraftWish, PilotWish
from desktop.views.pilot import PilotView
from desktop.widgets.pilot_progress import left_words

from .fake_pilot import PROBLEMS, QUESTIONS, row_of, run_of

Settled = Callable[[Callable[[], bool]], None]


@pytest.fixture
def view(qtbot: QtBot, backend) -> PilotView:
    made = PilotView(backend)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def put_together(view: PilotView, settled: Settled, *models: str) -> PilotView:
    """A new run of two questions, ready to start."""
    view._new.click()
    view.setup.set.read(Path("/sets/set.csv"))
    settled(lambda: bool(view.setup.set.asked and view.setup.models.ticks))
    for name in models or ("SmolLM2",):
        view.setup.models.ticks[name].setChecked(True)
    return view


def working(view: PilotView, backend, settled: Settled, at: int = 1) -> PilotView:
    """A run that waits before a row."""
    backend.wait_at = at
    put_together(view, settled, "Qwen", "SmolLM2").setup.start.click()
    settled(lambda: view.running.progress.words.text().startswith(f"Answer {at + 1} of 4"))
    return view


def test_a_run_is_put_together_works_and_is_shown(view: PilotView, backend, settled: Settled) -> None:
    put_together(view, settled, "Qwen", "SmolLM2")
    view.setup.options.stability.setValue(1)
    view.setup.options.knockout.setChecked(True)
    assert view.setup.count.text() == "4 answers + variants of 1 question"
    view.setup.start.click()
    settled(lambda: view.results.run is not None)
    ((wish,),) = backend.named("begin_pilot")
    assert isinstance(wish, PilotWish)
    assert [model.name for model in wish.models] == ["Qwen", "SmolLM2"]
    assert (wish.stability, wish.knockout) == (1, True)
    assert wish.folder.parent == home() / "pilots"
    assert view.results.isVisible()
    assert len(view.results.model.rows) == 2
    assert view.results.missing.isHidden()
    assert backend.named("load_pilot") == [(wish.folder,)]


def test_the_button_says_what_is_missing(view: PilotView, backend, settled: Settled) -> None:
    view._new.click()
    settled(lambda: bool(view.setup.models.ticks))
    assert view.setup.count.text() == "Choose a question set to begin with."
    view.setup.set.read(Path("/sets/set.csv"))
    settled(lambda: view.setup.set.asked is not None)
    assert view.setup.count.text() == "Tick the models that shall answer."
    assert not view.setup.start.isEnabled()
    view.setup.models.ticks["Qwen"].setChecked(True)
    assert view.setup.start.isEnabled()


def test_a_set_with_problems_shows_each_and_cannot_be_run(view: PilotView, backend, settled: Settled) -> None:
    backend.asked = replace(backend.asked, problems=PROBLEMS)
    put_together(view, settled)
    model, card = view.setup.set.model, view.setup.set
    assert card.table.isVisible()
    found = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert [line[:2] for line in found] == [["3", "Must refuse"], ["5", "Question"]]
    assert found[0][2].startswith("“maybe” is neither yes nor no.")
    assert card.whole.text().startswith("Row 3, column “Must refuse”: “maybe”")
    assert card.note.text().startswith("1 problem keeps this set from being run.")
    assert not view.setup.start.isEnabled()
    backend.asked = replace(backend.asked, problems=PROBLEMS[1:])
    card.again.click()
    settled(view.setup.start.isEnabled)
    assert card.table.isVisible(), "a remark keeps no set from being run, and is still told"


def test_the_memory_of_each_model_is_shown(view: PilotView, settled: Settled) -> None:
    put_together(view, settled)
    settled(lambda: all(bar.isVisible() for bar in view.setup.models.bars.values()))
    assert "It will not fit" in view.setup.models.bars["Qwen"].note.text()
    assert view.setup.models.bars["SmolLM2"].words.text().startswith("Needs about")


def test_ticks_stay_when_another_model_arrives(
    view: PilotView, backend, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_together(view, settled, "SmolLM2")
    usable, broken = backend.models()
    monkeypatch.setattr(
        backend, "models", lambda: ((*usable, replace(usable[0], name="R&D")), broken), raising=True
    )
    view.refresh()
    settled(lambda: len(view.setup.models.ticks) == 3)
    assert [model.name for model in view.setup.models.chosen] == ["SmolLM2"]
    assert view.setup.models.ticks["R&D"].text() == "R&&D"


def test_a_run_is_paused_and_gone_on_with(view: PilotView, backend, settled: Settled) -> None:
    working(view, backend, settled)
    assert view.running.progress.words.text() == "Answer 2 of 4 · Qwen"
    assert view.running.progress.time.text() == "about 2 min left · Writing a draft"
    assert view.running.progress.question.text() == QUESTIONS[1].text
    assert not view._new.isEnabled()
    assert not view._open.isEnabled()
    view.running.progress.pause.click()
    settled(lambda: not view.running.running)
    assert view.running.progress.pause.hasFocus()
    assert view.running.progress.words.text() == "Paused · 1 of 4 answers"
    assert view._open.isEnabled()
    backend.gone_on.set()
    view.running.progress.pause.click()
    settled(lambda: view.results.run is not None)
    assert len(view.results.run.rows) == 4
    assert [call[1] for call in backend.named("resume_pilot")] == [False]


def test_a_stop_shows_what_there_is_and_the_rest_can_follow(
    view: PilotView, backend, settled: Settled
) -> None:
    working(view, backend, settled, at=2)
    view.running.progress.stop.click()
    settled(lambda: view.results.run is not None)
    assert view.results.missing_words.text() == "This run is not finished: 2 of 4 answers are there."
    backend.gone_on.set()
    view.results.go_on.click()
    settled(lambda: view.results.isVisible() and len(view.results.run.rows) == 4)
    assert view.results.missing.isHidden()


def test_an_interrupted_run_goes_on_when_its_folder_is_opened(
    view: PilotView, backend, settled: Settled
) -> None:
    backend.pilot_run = run_of("Qwen", rows=(row_of(1, "Qwen"),))
    view.open(Path("/pilots/old"))
    settled(lambda: view.results.run is not None)
    view.results.go_on.click()
    settled(lambda: backend.named("resume_pilot") == [(Path("/pilots/old"), False)])
    settled(lambda: len(view.results.run.rows) == 2)


def test_questions_without_an_answer_are_asked_again(view: PilotView, backend, settled: Settled) -> None:
    backend.failing = {2}
    put_together(view, settled).setup.start.click()
    settled(lambda: view.results.run is not None)
    assert view.results.missing_words.text() == "1 question got no answer."
    assert view.results.go_on.isHidden()
    backend.failing = set()
    view.results.retry.click()
    settled(lambda: view.results.isVisible() and view.results.missing.isHidden())
    assert [call[1] for call in backend.named("resume_pilot")] == [True]


def test_a_run_that_cannot_begin_leaves_what_was_put_together(
    view: PilotView, backend, settled: Settled, failures
) -> None:
    seen = failures(view)
    backend.pilot_refused = EngineError("engine_busy")
    put_together(view, settled).setup.start.click()
    settled(lambda: bool(seen))
    settled(view.setup.isVisible)
    assert view.setup.set.asked is not None
    assert view.setup.start.isEnabled()


def test_an_error_in_the_middle_keeps_the_run(view: PilotView, backend, settled: Settled, failures) -> None:
    seen = failures(view)
    backend.pilot_error = PilotError("run_elsewhere", path="/pilots/old")
    put_together(view, settled).setup.start.click()
    settled(lambda: bool(seen) and not view.running.running)
    assert view.running.progress.words.text() == "Interrupted · 1 of 2 answers"
    backend.pilot_error = None
    view.running.progress.pause.click()
    settled(lambda: view.results.run is not None)


def test_leaving_the_screen_leaves_the_run_alone(view: PilotView, backend, settled: Settled) -> None:
    working(view, backend, settled)
    view.refresh()
    assert view.running.isVisible()
    assert view.running.running
    backend.gone_on.set()
    settled(lambda: view.results.run is not None)


def test_a_template_is_written_and_then_read(view: PilotView, backend, settled: Settled) -> None:
    view._new.click()
    card = view.setup.set
    card.write_template(Path("/sets/mine.csv"))
    settled(lambda: "mine.csv is written" in card.note.text())
    assert card.asked is None
    card.again.click()
    settled(lambda: card.asked is not None)
    assert backend.named("question_set") == [(Path("/sets/mine.csv"),)]


def test_drafted_questions_are_taken_with_a_warning(view: PilotView, backend, settled: Settled) -> None:
    drafts = (*QUESTIONS, Question(3, "What is a week?", tags=("draft",)))
    backend.asked = replace(backend.asked, questions=drafts)
    view._new.click()
    drafting = view.setup.set.drafting
    view.setup.set.proposals.click()
    settled(lambda: drafting.dialog is not None)
    assert drafting.dialog.count.value() == 3
    assert drafting.dialog.writer is None
    drafting.dialog.count.setValue(7)
    drafting.dialog.ok.click()
    (chosen,) = view.findChildren(QFileDialog)
    chosen.close()
    chosen.fileSelected.emit("/sets/proposals.csv")
    settled(lambda: view.setup.set.asked is not None)
    assert backend.named("draft_questions") == [(DraftWish(Path("/sets/proposals.csv"), 7),)]
    assert "1 question is an unread proposal:" in view.setup.set.note.text()
    assert view.setup.set.summary.text() == "3 questions · 1 with an expected answer · 1 must be refused"


def test_a_model_words_the_drafts_and_can_be_stopped(view: PilotView, backend, settled: Settled) -> None:
    backend.wait_at = 0
    view._new.click()
    card = view.setup.set
    card.proposals.click()
    settled(lambda: card.drafting.dialog is not None)
    card.drafting.dialog.wording.setCurrentIndex(2)
    writer = card.drafting.dialog.writer
    assert writer is not None
    assert writer.name == "SmolLM2"
    card.drafting.dialog.reject()
    card.drafting.draft(DraftWish(Path("/sets/proposals.csv"), 3, writer))
    settled(lambda: "1 so far in the model's words" in card.drafting.progress.words)
    assert card.drafting.isVisible()
    assert not card.choose.isEnabled()
    card.drafting.progress.stop_wanted.emit()
    settled(lambda: not card.drafting.running)
    assert not card.drafting.isVisible()
    assert card.choose.isEnabled()
    assert card.asked is None


def test_a_ticked_model_can_word_the_variants(view: PilotView, backend, settled: Settled) -> None:
    put_together(view, settled, "Qwen", "SmolLM2")
    options = view.setup.options
    assert not options.wording.isEnabled(), "without variants there is nothing to word"
    options.stability.setValue(1)
    assert [options.wording.itemText(at) for at in range(3)] == ["By rule only", "Qwen", "SmolLM2"]
    assert view.setup.wish.writer == ""
    options.wording.setCurrentIndex(2)
    assert view.setup.wish.writer == "SmolLM2"
    assert "2 more answers" in options._writer_note.text()
    view.setup.models.ticks["Qwen"].setChecked(False)
    assert view.setup.wish.writer == "SmolLM2", "the choice stays with its name"
    options.stability.setValue(0)
    assert view.setup.wish.writer == ""
    options.stability.setValue(1)
    view.setup.models.ticks["Qwen"].setChecked(True)
    view.setup.models.ticks["SmolLM2"].setChecked(False)
    assert view.setup.wish.writer == "", "a model that is not asked writes nothing"


def test_cancel_goes_back(view: PilotView) -> None:
    view._new.click()
    view.setup.back.click()
    assert view._blank.isVisible()
    assert view._new.hasFocus()


def test_the_models_keep_qts_contract(qtmodeltester: ModelTester) -> None:
    problems, tally = ProblemsModel(), TallyModel()
    problems.language = Language.ZH
    problems.set_rows(PROBLEMS)
    tally.begin(["A", "B"], [row_of(1, "A")])
    tally.add(row_of(2, "A"))
    for model in (problems, tally):
        qtmodeltester.check(model, force_py=True)
    assert [row.answers for row in tally.rows] == [2, 0]
    assert tally.index(0, 2).data() == "2"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "less than a minute left"),
        (200, "about 3 min left"),
        (3599, "about 1 h 0 min left"),
        (9000, "about 2 h 30 min left"),
    ],
)
def test_the_time_that_is_left_is_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_a_paused_run_can_be_left_for_its_results(view: PilotView, backend, settled: Settled) -> None:
    working(view, backend, settled)
    view.running.progress.pause.click()
    settled(lambda: not view.running.running)
    view.running.progress.stop.click()
    settled(lambda: view.results.run is not None)
    assert view.results.missing_words.text() == "This run is not finished: 1 of 4 answers are there."
    view.results.go_on.click()
    settled(lambda: view.running.progress.words.text() == "Answer 2 of 4 · Qwen")
    view.running.progress.stop.click()
    settled(view.results.isVisible)
