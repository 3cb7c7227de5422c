from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core import audit
from core.assistant import Assistant
from core.assistant import replay as module
from core.assistant.events import Finished
from core.assistant.replay import Replayed, replay
from core.cli import touchstone
from core.errors import LibraryError
from core.index import ingest
from core.index.search import Searcher
from core.llm.fake import FakeEngine
from core.settings import Settings
from core.store import removal
from core.store.database import Library
from core.store.standings import set_standing
from core.types import Answer, Language, Level, Reason, Standing, Verdict
from core.words import say

POLICY = "# Travel policy\n\n## 3 Hotels\n\nA hotel in Europe may cost up to 130 euros a night.\n"
TEXT = "A hotel in Europe may cost up to 130 euros a night."
QUESTION = "How much may a hotel in Europe cost?"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "travel-policy.md"
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, document: Path) -> Path:
    load(tmp_path / "library", document)
    return tmp_path / "library"


def load(folder: Path, *paths: Path) -> None:
    with Library.open(folder) as library:
        list(ingest.add(library, paths, None))


@pytest.fixture
def wanted() -> list[Settings]:
    """The settings that the replay opened its engine with."""
    return []


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, wanted: list[Settings]) -> FakeEngine:
    """The engine that the replay will find installed; scripted by each test."""
    fake = FakeEngine()
    monkeypatch.setattr(module, "open_engine", lambda settings, question: wanted.append(settings) or fake)
    return fake


@pytest.fixture(autouse=True)
def _no_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "open_encoders", lambda: (Named(), None))


class Named:
    """Stands for the embedder's identity only: asked for a vector it has none to give."""

    identity = "words"

    def embed(self, texts: Any, kind: Any) -> Any:
        raise AssertionError("no passage of these tests has a vector")


def asked(folder: Path, text: str = TEXT, settings: Settings | None = None) -> Answer:
    assistant = Assistant(folder, FakeEngine(text), Named(), None, settings or Settings())  # type: ignore[arg-type]
    return next(event.answer for event in assistant.answer(QUESTION) if isinstance(event, Finished))


def outcome(folder: Path, answer: Answer, settings: Settings | None = None) -> Replayed:
    *_, last = replay(folder, answer.id, settings or Settings())
    assert isinstance(last, Replayed)
    for item in (*last.differences, *last.changes):
        for language in Language:
            assert say(f"replay.{item.code}", language, item.params)
    return last


def codes(items: Any) -> list[str]:
    return [item.code for item in items]


@pytest.fixture(autouse=True)
def _search_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named has no vectors, so whatever searches must not ask it."""
    whole = Searcher.__init__
    monkeypatch.setattr(Searcher, "__init__", lambda self, library, embedder: whole(self, library, None))


def test_the_same_again_is_told_and_nothing_is_recorded(folder: Path, engine: FakeEngine) -> None:
    answer = asked(folder)
    with Library.open(folder) as library:
        before = audit.head(library)
    engine.enqueue(TEXT)
    result = outcome(folder, answer)
    assert result.same
    assert not result.changes
    assert engine.closed
    with Library.open(folder) as library:
        assert audit.head(library) == before


def test_another_text_and_another_verdict_are_listed(folder: Path, engine: FakeEngine) -> None:
    answer = asked(folder)
    engine.enqueue(TEXT.replace("130", "150"))
    result = outcome(folder, answer)
    assert not result.same
    assert {"text_differs", "claim_text", "claim_verdict", "claim_risk"} <= set(codes(result.differences))
    (first,) = [item for item in result.differences if item.code == "text_differs"]
    assert first.params["at"] == TEXT.index("130") + 1


def test_a_changed_document_explains_the_difference(folder: Path, engine: FakeEngine, document: Path) -> None:
    answer = asked(folder)
    document.write_text(POLICY.replace("130", "150"), encoding="utf-8")
    load(folder, document)
    engine.enqueue(TEXT)
    result = outcome(folder, answer)
    assert {"prompt_differs", "claim_verdict"} <= set(codes(result.differences))
    assert "document_changed" in codes(result.changes)


def test_a_removed_and_a_forgotten_document_are_named(
    folder: Path, engine: FakeEngine, document: Path
) -> None:
    answer = asked(folder)
    with Library.open(folder) as library:
        removal.remove(library, str(document))
    engine.enqueue(TEXT, TEXT)
    assert codes(outcome(folder, answer).changes) == ["document_removed"]
    with Library.open(folder) as library:
        removal.forget(library, str(document))
    assert codes(outcome(folder, answer).changes) == ["document_forgotten"]


def test_a_missing_model_is_a_change_and_no_crash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asked(folder)
    result = outcome(folder, answer)
    assert result.answer is None
    assert not result.same
    assert codes(result.changes) == ["model_missing"]


def test_changed_settings_are_named_and_not_used(folder: Path, engine: FakeEngine) -> None:
    answer = asked(folder, settings=Settings(seed=7))
    engine.enqueue(TEXT)
    result = outcome(folder, answer, Settings(seed=8))
    assert result.same
    assert [dict(item.params) for item in result.changes] == [{"name": "seed", "was": "7", "now": "8"}]
    assert engine.history[0].seed == 7


def test_another_version_is_named(folder: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asked(folder)
    monkeypatch.setattr("core.assistant.changes.__version__", "99.0")
    engine.enqueue(TEXT)
    result = outcome(folder, answer)
    assert codes(result.changes) == ["version_differs"]
    assert result.changes[0].params["name"] == "touchstone"


def test_a_supplied_text_is_checked_again(folder: Path) -> None:
    assistant = Assistant(folder, None, Named(), None, Settings())  # type: ignore[arg-type]
    answer = next(e.answer for e in assistant.check_text(TEXT) if isinstance(e, Finished))
    assert outcome(folder, answer).same


def test_an_erased_answer_is_refused_in_words(folder: Path) -> None:
    answer = asked(folder)
    with Library.open(folder) as library:
        audit.erase(library, answer.id, who="Ann Lee", reason="law")
    with pytest.raises(LibraryError, match="answer_erased"):
        outcome(folder, answer)


@pytest.mark.parametrize(("text", "status"), [(TEXT, 0), (TEXT.replace("130", "150"), 1)])
def test_the_command_line_tells_and_its_exit_code_too(
    folder: Path, engine: FakeEngine, text: str, status: int
) -> None:
    answer = asked(folder)
    engine.enqueue(text)
    command = ["audit", "replay", answer.id[:10], "--library", str(folder)]
    result = CliRunner().invoke(touchstone, command)
    assert result.exit_code == status
    assert ("came out again the same" in result.output) is (status == 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": ()},
        {"reasons": (Reason("not_found"),)},
        {"spans": ((0, 1),)},
        {"risk": 0.99},
        {"verdict": Verdict.CONFLICTING},
    ],
)
def test_each_part_of_a_claim_is_compared(folder: Path, changes: dict[str, Any]) -> None:
    claim = asked(folder).check.claims[0]
    (name,) = changes
    assert codes(module._claim_differences(1, claim, replace(claim, **changes))) == [f"claim_{name}"]


@pytest.mark.parametrize("changes", [{"level": Level.HIGH}, {"risk": 0.99}, {"coverage": 0.5}])
def test_each_figure_of_the_check_is_compared(folder: Path, changes: dict[str, Any]) -> None:
    answer = asked(folder)
    other = replace(answer, check=replace(answer.check, **changes))
    (found,) = module._differences(answer, other)
    assert (found.code, found.params["name"]) == ("check_differs", *changes)


def test_more_claims_or_fewer_are_told(folder: Path) -> None:
    answer = asked(folder)
    fewer = replace(answer, check=replace(answer.check, claims=()))
    for old, new in ((answer, fewer), (fewer, answer)):
        assert codes(module._differences(old, new)) == ["claim_count"]


def test_the_very_model_threads_and_layers_are_used_again(
    folder: Path, engine: FakeEngine, wanted: list[Settings]
) -> None:
    answer = asked(folder, settings=Settings(threads=5, model="fake", gpu_layers="3"))
    engine.enqueue(TEXT)
    outcome(folder, answer)
    (used,) = wanted
    assert answer.model is not None
    assert used.model == answer.model.sha256
    assert (used.threads, used.gpu_layers) == (1, "0")  # in force then, whatever was asked for


def test_another_standing_of_a_document_is_named(folder: Path, engine: FakeEngine, document: Path) -> None:
    answer = asked(folder)
    with Library.open(folder) as library:
        set_standing(library, str(document), Standing(valid_until="2020-01-01"))
    engine.enqueue(TEXT)
    result = outcome(folder, answer)
    assert codes(result.changes) == ["document_standing"]
    assert "claim_verdict" in codes(result.differences)
