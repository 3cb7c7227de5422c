"""A scripted core: every answer, document and model that the window shows in tests is written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.assistant.events import (
    ClaimChecked,
    DraftText,
    Event,
    Finished,
    Retrieved,
    Stage,
    StageName,
    Waiting,
)
from core.offline import NetworkState, Process
from core.parts import Part
from core.review.thresholds import Past, PastRisk
from core.settings import Settings, Speech, Theme
from core.store.answers import AnswerRow
from core.types import (
    Answer,
    Decision,
    Language,
    Level,
)
from desktop.backend import Readiness

from .fake_calibration import FakeCalibration
from .fake_carry import FakeCarry
from .fake_data import HIT, answer_of, row_of
from .fake_documents import FakeDocuments
from .fake_models import FakeModels
from .fake_pilot import FakePilot
from .fake_review import FakeReview
from .fake_servers import FakeServers


class FakeBackend(FakeDocuments, FakeReview, FakeModels, FakePilot, FakeServers, FakeCarry, FakeCalibration):
    """The scripted core. Set ``hold`` to keep an answer waiting until it is stopped."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings(language=Speech.EN, theme=Theme.LIGHT, reviewer="Ada")
        self.library_folder = Path("/library")
        self.ready = Readiness(False, 2, 30, 3, sample=True)
        self.result = answer_of()
        self.error: Exception | None = None
        self.hold = False
        self.stopped = threading.Event()
        self.rows = (
            row_of(3, Level.HIGH, Decision.HELD, "How much may a hotel cost?"),
            row_of(2, Level.LOW, Decision.USABLE, "When are receipts due?"),
            row_of(1, Level.LOW, Decision.USABLE, None),
        )
        self.risks: tuple[PastRisk, ...] = (
            PastRisk(0.1, Level.LOW),
            PastRisk(0.5, Level.MEDIUM),
            PastRisk(0.4, Level.MEDIUM, Level.MEDIUM),
            PastRisk(0.9, Level.HIGH),
        )
        self.network_state = NetworkState(True, True, 0, (), (Process(1, True), Process(2, True)), (), 0)

    @property
    def watts(self) -> float:
        return self.settings.machine_watts or 65.0

    def apply(self, settings: Settings) -> None:
        self.calls.append(("apply", settings))
        self.settings = settings

    def readiness(self) -> Readiness:
        return self.ready

    def answer(self, question: str) -> Iterator[Event]:
        self.calls.append(("answer", question))
        yield Stage(StageName.RETRIEVING)
        yield Retrieved((HIT,), 1)
        if self.error is not None:
            raise self.error
        yield Stage(StageName.WRITING)
        for word in self.result.text.split(" "):
            yield DraftText(word + " ")
        while self.hold and not self.stopped.wait(0.01):
            yield Waiting()
        yield Stage(StageName.CHECKING)
        claims = self.result.check.claims
        for index, claim in enumerate(claims):
            yield ClaimChecked(index, len(claims), claim)
        yield Finished(self.result)

    def check_text(self, text: str, question: str | None) -> Iterator[Event]:
        self.calls.append(("check_text", text, question))
        while self.hold:
            time.sleep(0.01)
            yield Waiting()
        yield Finished(replace(self.result, model=None, question=question))

    def text_of_file(self, path: Path) -> str:
        self.calls.append(("text_of_file", path))
        if self.error is not None:
            raise self.error
        return "  A letter from elsewhere. "

    def stop(self) -> None:
        self.stopped.set()

    def answers(self) -> tuple[AnswerRow, ...]:
        return self.rows

    def past_risks(self) -> Past:
        return Past(self.risks, 0.3, 0.7)

    def load_answer(self, answer_id: str) -> Answer:
        self.calls.append(("load", answer_id))
        return self.result

    def export(self, answer: Answer, path: Path) -> None:
        self.calls.append(("export", answer.id, path))

    def sample_files(self, language: Language) -> tuple[Path, ...]:
        return (Path(f"/sample/{language.value}/policy.md"),)

    def sample_questions(self, language: Language) -> tuple[str, ...]:
        return ("First?", "Second?") if language is Language.EN else ("第一个问题？",)

    def network(self) -> NetworkState:
        return self.network_state

    def parts(self) -> tuple[Part, ...]:
        return (Part("Touchstone", "0.1.0", "Apache-2.0", ()), Part("numpy", "2.0", "BSD-3-Clause", ()))

    def licence_text(self, part: Part) -> str:
        return f"Licence of {part.name}"

    def close(self) -> None:
        self.calls.append(("close",))

    def named(self, name: str) -> list[tuple[object, ...]]:
        """The calls of one method, without its name."""
        return [call[1:] for call in self.calls if call[0] == name]
