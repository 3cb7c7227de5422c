from __future__ import annotations

from pathlib import Path

import pytest

from core import audit
from core.assistant import Assistant, answer_object
from core.assistant.events import ClaimChecked, DraftText, Event, Finished, Retrieved, Stage, StageName
from core.errors import EngineError
from core.index import ingest
from core.llm.fake import FakeEngine
from core.settings import Settings
from core.store import answers, audit_log
from core.store.database import Library
from core.types import Answer, Decision, Language, Level, Verdict

POLICY = """# Travel policy

## 3 Hotels

A hotel in Europe may cost up to 130 euros a night. Breakfast is paid in addition.

## 4 Claims

An expense claim is submitted within 30 days of the return from the trip.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    document = tmp_path / "travel-policy.md"
    document.write_text(POLICY, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [document], None))
    return tmp_path / "library"


def assistant(folder: Path, *script: str | EngineError, settings: Settings | None = None) -> Assistant:
    return Assistant(folder, FakeEngine(*script), None, None, settings or Settings())


def finished(events: list[Event]) -> Answer:
    assert isinstance(events[-1], Finished)
    return events[-1].answer


QUESTION = "Within how many days is an expense claim submitted?"


def test_an_answer_goes_through_every_stage_and_is_recorded(folder: Path) -> None:
    text = "An expense claim is submitted within 30 days of the return from the trip."
    events = list(assistant(folder, text).answer(QUESTION))
    answer = finished(events)
    assert [event.name for event in events if isinstance(event, Stage) and not event.done] == [
        StageName.RETRIEVING,
        StageName.LOADING,
        StageName.READING,
        StageName.READING,
        StageName.WRITING,
        StageName.CHECKING,
    ]
    assert "".join(event.text for event in events if isinstance(event, DraftText)) == text
    assert any(isinstance(event, Retrieved) and event.hits for event in events)
    assert any(isinstance(event, ClaimChecked) for event in events)
    with Library.open(folder) as library:
        assert answers.load_answer(library, answer.id) == answer
        assert audit.verify(library).holds


def test_a_wrong_number_is_held_with_the_right_one_as_evidence(folder: Path) -> None:
    answer = finished(
        list(assistant(folder, "A hotel in Europe may cost up to 150 euros a night.").answer("Hotel?"))
    )
    claim = answer.check.claims[0]
    assert claim.verdict is Verdict.CONTRADICTED
    assert "130" in claim.evidence[0].text
    assert claim.evidence[0].place is not None
    assert claim.evidence[0].place.document.endswith("travel-policy.md")
    assert answer.decision is Decision.HELD


def test_an_empty_library_is_never_fine(tmp_path: Path) -> None:
    answer = finished(list(assistant(tmp_path / "empty").answer(QUESTION)))
    assert answer.check.level is Level.HIGH
    assert answer.decision is Decision.HELD
    assert answer.check.reasons


def test_an_answer_cut_off_by_its_length_is_held(folder: Path) -> None:
    text = "An expense claim is submitted within 30 days of the return from the trip."
    settings = Settings(max_answer_tokens=16)
    answer = finished(list(assistant(folder, text, settings=settings).answer(QUESTION)))
    assert answer.text == text[: 16 * 4]
    assert answer.decision is Decision.HELD
    assert "cut_off" in {reason.code for reason in answer.check.reasons}


def test_an_engine_that_dies_leaves_no_record_and_the_next_question_works(folder: Path) -> None:
    asked = assistant(folder, EngineError("engine_died"), "The documents do not say.")
    with pytest.raises(EngineError):
        list(asked.answer(QUESTION))
    with Library.open(folder) as library:
        assert answers.list_answers(library) == ()
    assert finished(list(asked.answer("Who is the chief executive?"))).refused


def test_closing_the_events_stops_the_run_without_a_record(folder: Path) -> None:
    events = assistant(folder, "A long answer about hotels and claims.").answer(QUESTION)
    next(event for event in events if isinstance(event, DraftText))
    events.close()  # type: ignore[attr-defined]
    with Library.open(folder) as library:
        assert answers.list_answers(library) == ()


def test_a_supplied_text_is_checked_and_names_no_model(folder: Path) -> None:
    answer = finished(list(assistant(folder).check_text("Breakfast is not paid.", "Is breakfast paid?")))
    assert answer.model is None
    assert answer.decision is Decision.HELD


def test_the_same_question_twice_gives_the_same_answer(folder: Path) -> None:
    text = "A hotel in Europe may cost up to 130 euros a night."
    first, second = (finished(list(assistant(folder, text).answer(QUESTION))) for _ in range(2))
    assert first.check == second.check
    assert first.generation == second.generation
    with Library.open(folder) as library:
        prompts = {audit_log.text_of(library, answer.id, "prompt") for answer in (first, second)}
    assert len(prompts) == 1


def test_the_prompt_names_the_passages_that_the_model_saw(folder: Path) -> None:
    asked = assistant(folder, "30 days.")
    list(asked.answer(QUESTION))
    assert isinstance(asked.engine, FakeEngine)
    assert "within 30 days" in asked.engine.history[0].messages[-1].content


def test_without_an_engine_a_question_is_refused_in_words(folder: Path) -> None:
    with pytest.raises(EngineError, match="engine_missing"):
        list(Assistant(folder, None, None, None, Settings()).answer(QUESTION))


def test_the_object_of_an_answer_keeps_the_contract(folder: Path) -> None:
    answer = finished(list(assistant(folder, "A hotel in Europe may cost up to 150 euros.").answer("Hotel?")))
    whole = answer_object(answer, Language.EN)
    assert {
        "answer_id",
        "question",
        "answer",
        "decision",
        "model",
        "risk",
        "level",
        "coverage",
        "claims",
    } <= set(whole)
    item = whole["claims"][0]["evidence"][0]
    assert {"document", "document_sha256", "page", "section", "sheet", "cells", "box"} <= set(item)
    assert "context" not in item


def test_a_policy_may_keep_every_word_of_a_held_answer_back(folder: Path) -> None:
    answer = finished(list(assistant(folder, "A hotel in Europe may cost up to 157 euros.").answer("Hotel?")))
    whole = answer_object(answer, Language.EN, show_held=False)
    assert answer.text in str(answer_object(answer, Language.EN))
    for word in ("157", "hotel", "euros"):
        assert word not in str(whole | {"id": None, "answer_id": None, "model": None, "question": None})
    assert (whole["id"], whole["answer"], whole["question"]) == (answer.id, None, "Hotel?")


def test_further_answers_are_drawn_told_and_recorded_where_the_settings_ask_for_them(folder: Path) -> None:
    text = "An expense claim is submitted within 30 days of the return from the trip."
    settings = Settings(extra_samples=2)
    events = list(assistant(folder, text, text, "Nobody knows.", settings=settings).answer(QUESTION))
    answer = finished(events)
    told = [
        (event.done, event.total)
        for event in events
        if isinstance(event, Stage) and event.name is StageName.SAMPLING
    ]
    assert told == [(1, 2), (2, 2)]
    assert answer.text == text
    assert answer.generation["samples"] == 2
    assert [dict(r.params) for r in answer.check.claims[0].reasons if r.code == "samples_differ"] == [
        {"count": 1, "total": 2}
    ]
    plain = finished(list(assistant(folder, text).answer(QUESTION)))
    assert "samples" not in plain.generation
    assert plain.check.risk < answer.check.risk
