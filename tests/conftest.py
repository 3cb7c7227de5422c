"""What every test stands on: a home of its own, so that no test reads or writes the user's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import audit
from core.llm import catalog
from core.settings import RESOURCES, models_folder
from core.store.database import Library
from core.types import (
    Answer,
    Check,
    Claim,
    Decision,
    Evidence,
    Level,
    ModelInfo,
    Place,
    Reason,
    Relation,
    RiskSpan,
    Verdict,
)

# Looked up at import: each test has a home of its own, the real model lies in the user's.
_MODEL_FOLDERS = (models_folder(), RESOURCES / "models")


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The real small model; its absence is a failure with the command that helps, never a skip."""
    for folder in _MODEL_FOLDERS:
        path = folder / f"{catalog.SMALL}.gguf"
        if path.exists():
            return path
    pytest.fail(f"{catalog.SMALL} is not installed: run `make models-small` first")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def make_answer() -> Callable[..., Answer]:
    """Builds an answer with one contradicted claim; held unless told otherwise."""

    def build(text: str = "Hotels are paid up to 150 €.", decision: Decision = Decision.HELD) -> Answer:
        place = Place("travel-policy.md", "ab" * 32, page=2, section="3 Hotels")
        quote = Evidence(Relation.CONTRADICTS, "up to 130 €", 10, 21, 0.9, place=place)
        claim = Claim(
            start=0,
            end=len(text),
            text=text,
            verdict=Verdict.CONTRADICTED,
            risk=0.93,
            reasons=(Reason("value_differs", {"claim": "150 €", "evidence": "130 €"}),),
            spans=(RiskSpan(0, min(5, len(text)), 0.9),),
            evidence=(quote,),
        )
        return Answer(
            id=audit.new_answer_id(),
            question="How much may a hotel cost?",
            text=text,
            check=Check(text, 0.93, Level.HIGH, 1.0, (claim,)),
            decision=decision,
            created_at=audit.now(),
            model=ModelInfo("SmolLM2-135M", "cd" * 32, "apache-2.0"),
            generation={"seed": 0, "temperature": 0.0, "prompt_sha256": "ef" * 32},
        )

    return build
