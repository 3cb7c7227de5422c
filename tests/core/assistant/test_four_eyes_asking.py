"""Under four eyes nobody reads along while an answer is written, and the asker must have a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core import audit
from core.assistant import Assistant, answer_object
from core.assistant.events import ClaimChecked, DraftText, Finished, Stage, StageName, Waiting
from core.errors import IdentityError
from core.index import ingest
from core.llm.fake import FakeEngine
from core.settings import Settings
from core.store import answers
from core.store.database import Library
from core.types import Decision, Language

WRITTEN = "An expense claim is submitted within 30 days of the return from the trip."
BOB = Settings(reviewer="Bob")


@pytest.fixture(params=["setting", "library"])
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> Assistant:
    """An assistant under four eyes: asked for by this user's settings, or by the library alone."""
    document = tmp_path / "policy.md"
    document.write_text(f"# Claims\n\n{WRITTEN}\n", encoding="utf-8")
    by_setting = replace(BOB, four_eyes=True)
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [document], None))
        if request.param == "library":
            audit.note_settings(library, by_setting)
    settings = by_setting if request.param == "setting" else BOB
    return Assistant(tmp_path / "library", FakeEngine(WRITTEN, WRITTEN), None, None, settings)


def test_no_event_before_the_end_holds_a_word_of_it(asked: Assistant) -> None:
    events = list(asked.answer("Within how many days?"))
    assert not [event for event in events if isinstance(event, DraftText | ClaimChecked)]
    assert any(isinstance(event, Waiting) for event in events), "the window still hears that it goes on"
    assert any(
        isinstance(event, Stage) and event.name is StageName.CHECKING and event.done for event in events
    )
    assert isinstance(events[-1], Finished)
    answer = events[-1].answer
    assert (answer.decision, answer.four_eyes, answer.asked_by) == (Decision.HELD, True, "Bob")
    assert answer_object(answer, Language.EN)["answer"] is None
    with Library.open(asked.library_folder) as library:
        assert answers.load_answer(library, answer.id) == answer
        assert answers.own_four_eyes(library)


def test_a_supplied_text_is_not_told_claim_by_claim_either(asked: Assistant) -> None:
    events = list(asked.check_text(WRITTEN))
    assert not [event for event in events if isinstance(event, ClaimChecked)]
    assert isinstance(events[-1], Finished)
    assert events[-1].answer.decision is Decision.HELD


def test_an_asker_without_a_name_is_told_before_the_work(asked: Assistant) -> None:
    asked.settings = replace(asked.settings, reviewer=" ")
    with pytest.raises(IdentityError, match="four_eyes_asker"):
        list(asked.answer("Within how many days?"))
    assert isinstance(asked.engine, FakeEngine)
    assert asked.engine.history == []
