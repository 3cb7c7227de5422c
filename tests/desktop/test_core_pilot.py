"""Pilot runs of the window over the real core, with scripted engines and once with the real small model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import EngineError, PilotError
from core.index.ingest import add
from core.llm import catalog
from core.llm.catalog import InstalledModel
from core.llm.fake import FakeEngine
from core.pilot.drafting import WORDED
from core.pilot.progress import Ended, RowDone
from core.settings import Settings
from core.store.database import Library
from desktop.core_backend import CoreBackend
from desktop.pilot_backend import DraftWish, PilotWish
from desktop.views.pilot import PilotView

POLICY = "# Claims\n\nAn expense claim is submitted within 30 days of the return from the trip.\n"
RIGHT = "An expense claim is submitted within 30 days of the return from the trip."
QUESTIONS = "question,expected\nWithin how many days is a claim submitted?,Within 30 days.\nWho signs it?,\n"
FEES = "The yearly fee for the parking garage behind the office is 480 euros a person.\n"
WORDED_FEE = "According to fees.md, what is the yearly fee a person for the parking garage behind the office?"
Settled = Callable[[Callable[[], bool]], None]


@pytest.fixture
def backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CoreBackend:
    """A library of one document, a question set, no encoders."""
    (tmp_path / "claims.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "set.csv").write_text(QUESTIONS, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(add(library, [tmp_path / "claims.md"], None))
    found = CoreBackend(tmp_path / "library", Settings(reviewer="Ada"))
    monkeypatch.setattr(found, "_open_encoders", lambda: (None, None))
    found.open_run_engine = lambda *_: FakeEngine(RIGHT, "The documents do not say.")
    return found


def model_of(path: Path) -> InstalledModel:
    return InstalledModel("small", path, "0" * 64, 1, None, "llama", "Q4_1", 512, 1, ("en",))


def wish_of(backend: CoreBackend, tmp_path: Path) -> PilotWish:
    asked = backend.question_set(tmp_path / "set.csv")
    return PilotWish(tmp_path / "run", asked, (model_of(tmp_path / "small.gguf"),))


def test_a_run_ends_and_is_loaded(backend: CoreBackend, tmp_path: Path) -> None:
    events = list(backend.begin_pilot(wish_of(backend, tmp_path)))
    assert isinstance(events[-1], Ended)
    run, state = backend.load_pilot(tmp_path / "run")
    assert [row.answer for row in run.rows] == [RIGHT, "The documents do not say."]
    assert (state.done, state.total, state.failed, state.complete) == (2, 2, 0, True)


def test_a_run_that_was_closed_is_not_complete_and_goes_on(backend: CoreBackend, tmp_path: Path) -> None:
    working = backend.begin_pilot(wish_of(backend, tmp_path))
    next(event for event in working if isinstance(event, RowDone))
    working.close()
    _, state = backend.load_pilot(tmp_path / "run")
    assert (state.done, state.total, state.complete) == (1, 2, False)
    backend.open_run_engine = lambda *_: FakeEngine("Nobody.")
    assert isinstance(list(backend.resume_pilot(tmp_path / "run"))[-1], Ended)
    run, state = backend.load_pilot(tmp_path / "run")
    assert [row.answer for row in run.rows] == [RIGHT, "Nobody."]
    assert state.complete


def test_a_run_that_was_closed_before_its_passages_were_found_is_not_complete(
    backend: CoreBackend, tmp_path: Path
) -> None:
    wish = wish_of(backend, tmp_path)
    working = backend.begin_pilot(PilotWish(wish.folder, wish.asked, wish.models, stability=1))
    next(working)
    working.close()
    _, state = backend.load_pilot(wish.folder)
    assert not state.prepared
    assert not state.complete


def test_failed_rows_are_asked_again_only_when_that_is_wanted(backend: CoreBackend, tmp_path: Path) -> None:
    backend.open_run_engine = lambda *_: FakeEngine(EngineError("engine_failed"), RIGHT)
    list(backend.begin_pilot(wish_of(backend, tmp_path)))
    assert backend.load_pilot(tmp_path / "run")[1].failed == 1
    backend.open_run_engine = lambda *_: FakeEngine(RIGHT)
    list(backend.resume_pilot(tmp_path / "run"))
    assert backend.load_pilot(tmp_path / "run")[1].failed == 1
    list(backend.resume_pilot(tmp_path / "run", retry=True))
    assert backend.load_pilot(tmp_path / "run")[1].failed == 0


def test_a_run_has_the_memory_alone(backend: CoreBackend, tmp_path: Path) -> None:
    """No second run, and no model of the window's own, until it is closed."""
    working = backend.begin_pilot(wish_of(backend, tmp_path))
    next(working)
    assert backend.loaded_model() is None
    with pytest.raises(EngineError, match="engine_lent"):
        next(backend.resume_pilot(tmp_path / "run"))
    with pytest.raises(EngineError, match="engine_lent"):
        backend.load_model(model_of(tmp_path / "small.gguf"))
    working.close()
    assert isinstance(list(backend.resume_pilot(tmp_path / "run"))[-1], Ended)


def test_a_run_that_is_refused_gives_the_memory_back(backend: CoreBackend, tmp_path: Path) -> None:
    list(backend.begin_pilot(wish_of(backend, tmp_path)))
    with pytest.raises(PilotError, match="run_exists"):
        list(backend.begin_pilot(wish_of(backend, tmp_path)))
    backend._engines.open(model_of(tmp_path / "small.gguf"), backend.settings)
    backend.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_a_template_and_drafts_are_sets_that_can_be_read(
    backend: CoreBackend, tmp_path: Path, ending: str
) -> None:
    written = backend.write_template(tmp_path / f"template.{ending}")
    assert backend.question_set(written).usable
    *_, path = backend.draft_questions(DraftWish(tmp_path / f"draft.{ending}", 1))
    drafted = backend.question_set(path)
    assert drafted.usable
    assert all("draft" in question.tags for question in drafted.questions)


def test_a_model_words_the_drafts_where_it_keeps_what_they_ask(backend: CoreBackend, tmp_path: Path) -> None:
    (tmp_path / "fees.md").write_text(FEES, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(add(library, [tmp_path / "fees.md"], None))
    *_, plain = backend.draft_questions(DraftWish(tmp_path / "plain.csv", 1))
    before = backend.question_set(plain).questions
    at = next(index for index, question in enumerate(before) if "number" in question.tags)
    written = ["nothing"] * len(before)
    written[at] = WORDED_FEE
    backend.open_writer = lambda *_: FakeEngine(*written)
    *steps, path = backend.draft_questions(
        DraftWish(tmp_path / "draft.csv", 1, model_of(tmp_path / "a.gguf"))
    )
    after = backend.question_set(path).questions
    assert after[at].text == WORDED_FEE
    assert after[at].tags == (*before[at].tags, WORDED)
    assert after[at].expected == before[at].expected
    assert [each.text for each in (*after[:at], *after[at + 1 :])] == [
        each.text for each in (*before[:at], *before[at + 1 :])
    ]
    assert (steps[-1].done, steps[-1].total, steps[-1].kept) == (len(before), len(before), 1)
    assert backend.loaded_model() is None


def test_a_file_that_is_there_is_told_before_a_model_works(backend: CoreBackend, tmp_path: Path) -> None:
    (tmp_path / "draft.csv").write_text("mine", encoding="utf-8")
    wish = DraftWish(tmp_path / "draft.csv", 1, model_of(tmp_path / "a.gguf"))
    with pytest.raises(PilotError, match="file_exists"):
        next(backend.draft_questions(wish))


def test_the_real_model_answers_from_the_screen(
    backend: CoreBackend, tmp_path: Path, small_model: Path, qtbot: QtBot
) -> None:
    """The window's model is freed first, the run has a process of its own, and its results open."""
    del backend.open_run_engine
    model = catalog.find(str(small_model))
    view = PilotView(backend)
    qtbot.addWidget(view)
    (tmp_path / "one.csv").write_text(QUESTIONS.partition("Who")[0], encoding="utf-8")
    asked = backend.question_set(tmp_path / "one.csv")
    view.begin(PilotWish(tmp_path / "run", asked, (model,)))
    qtbot.waitUntil(lambda: view.results.run is not None, timeout=60_000)
    assert [row.done for row in view.results.run.rows] == [True]
    assert view.results.missing.isHidden()
    assert view.results.run.models[0].facts.model.sha256 == model.sha256
