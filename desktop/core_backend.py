"""The real core behind the window: builds its objects when they are first needed, on a worker thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from core import exports, review
from core.assistant import Assistant, Given, open_encoders
from core.assistant.events import Event, Finished
from core.audit import record_model_change
from core.documents.fold import fold
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import ModelError
from core.language import detect_language
from core.llm import catalog, choice
from core.llm.catalog import Adding, BrokenModel, InstalledModel
from core.llm.engine import Engine, Heartbeat
from core.llm.passport import Passport, Reading, examining
from core.llm.speed import Speed
from core.offline import NetworkState, look
from core.parts import Part, parts, text_of
from core.pilot.cost import ASSUMED_WATTS
from core.report.passport import answer_rows
from core.review.thresholds import Past, past
from core.sample import sample_files, sample_questions
from core.settings import RESOURCES, Settings, save_settings
from core.store import answers, documents
from core.store.answers import AnswerRow
from core.store.database import Library
from core.types import Answer, Check, Language
from core.words import spoken
from desktop.backend import Loaded, MemoryNeed, Readiness
from desktop.core_calibration import CoreCalibration
from desktop.core_documents import CoreDocuments
from desktop.core_pilot import CorePilot
from desktop.core_review import CoreReview
from desktop.core_servers import CoreServers
from desktop.engines import Engines
from desktop.review_backend import Unlocked

_HISTORY = 10_000  # rows of the history that are listed


class CoreBackend(CoreDocuments, CoreReview, CoreCalibration, CorePilot, CoreServers):
    """One library, one engine at a time, encoders opened once. Every call opens its own connection."""

    def __init__(self, library_folder: Path, settings: Settings) -> None:
        self.library_folder = library_folder
        self.settings = settings
        self._lock = threading.Lock()
        self._unlocked = Unlocked()
        self._encoders: tuple[Embedder, Checker | None] | None = None
        self._engines = Engines()

    @property
    def watts(self) -> float:
        """The computer's power while it works."""
        return self.settings.machine_watts or ASSUMED_WATTS

    def apply(self, settings: Settings) -> None:
        """Store new settings; the engine and the library's log follow with the next question."""
        save_settings(settings)
        self.settings = settings

    def readiness(self) -> Readiness:
        """What is installed and loaded."""
        with self._library() as library:
            listed = documents.list_documents(library)
            return Readiness(
                checker=Checker.shipped(),
                documents=len(listed),
                passages=documents.count_passages(library),
                answers=len(answers.list_answers(library, limit=1)),
                sample=any(Path(each.path).is_relative_to(RESOURCES / "sample") for each in listed),
            )

    def answer(self, question: str) -> Iterator[Event]:
        """Answer a question with the model that fits it."""
        embedder, checker = self._open_encoders()
        engine = self._open_engine(question)
        yield from Assistant(self.library_folder, engine, embedder, checker, self.settings).answer(question)

    def check_text(self, text: str, question: str | None) -> Iterator[Event]:
        """Check a text; no model is needed."""
        embedder, checker = self._open_encoders()
        assistant = Assistant(self.library_folder, None, embedder, checker, self.settings)
        yield from assistant.check_text(text, question)

    def stop(self) -> None:
        """Wake the engine, whatever it does."""
        self._engines.stop()

    def answers(self) -> tuple[AnswerRow, ...]:
        """The past answers, newest first."""
        with self._library() as library:
            return answers.list_answers(library, limit=_HISTORY)

    def past_risks(self) -> Past:
        """The risks of past answers."""
        with self._library() as library:
            return past(library)

    def load_answer(self, answer_id: str) -> Answer:
        """One past answer."""
        fold("。")  # its table takes half a second to make, and the window marks shared words with it
        with self._library() as library:
            return answers.load_answer(library, answer_id)

    def release(
        self,
        answer_id: str,
        *,
        who: str,
        reason: str,
        caveats: tuple[str, ...],
        final_text: str | None = None,
    ) -> Answer:
        """Let a held answer out; an edited text is checked again first."""
        with self._library() as library:
            answer = answers.load_answer(library, answer_id)
            checked = None if final_text is None else review.recheck(answer, final_text, self._check)
            return review.release(
                library,
                answer_id,
                who=who,
                reason=reason,
                caveats=caveats,
                final_text=final_text,
                rechecked=checked,
            )

    def reject(self, answer_id: str, *, who: str, reason: str) -> Answer:
        """Stop a held answer."""
        with self._library() as library:
            return review.reject(library, answer_id, who=who, reason=reason)

    def export(self, answer: Answer, path: Path) -> None:
        """Write an answer as its file's name says: a pack for ``….zip``, else a report."""
        language, producer = self._language(), self.settings.content_producer
        pack = path.suffix.lower() == ".zip"
        rows = () if pack else answer_rows(answer, language)
        with self._library() as library:
            if pack:
                exports.export_pack(library, answer.id, path, language, producer=producer)
            else:
                exports.export_report(library, answer.id, path, language, producer=producer, passport=rows)

    def models(self) -> tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]:
        """All model files."""
        return catalog.scan()

    def model_in_use(self) -> str | None:
        """The model that would answer in the window's language."""
        try:
            return choice.default(self.settings, self._language()).name
        except ModelError:
            return None

    def add_model(self, path: Path) -> Iterator[Adding | InstalledModel]:
        """Check, copy and register a model file; the library's log says so."""
        for step in catalog.adding(path):
            if isinstance(step, InstalledModel):
                record_model_change(self.library_folder, "added", step.info)
            yield step

    def memory_need(self, model: InstalledModel, layers: str | None = None) -> MemoryNeed:
        """An estimate from the head of the file; nothing is loaded."""
        return self._engines.memory_need(model, self.settings, layers)

    def load_model(self, model: InstalledModel) -> Iterator[Heartbeat]:
        """Load a model."""
        return self._engines.load(model, self.settings)

    def unload_model(self) -> None:
        """Free the model."""
        self._engines.unload()

    def loaded_model(self) -> Loaded | None:
        """The model in memory."""
        return self._engines.loaded()

    def speed_test(self, model: InstalledModel) -> Iterator[Speed]:
        """Measure a model."""
        return self._engines.measure(model, self.settings)

    def passport(self, model: InstalledModel) -> Iterator[Reading | Passport]:
        """What the model's file is made of."""
        return examining(model.path)

    def sample_files(self, language: Language) -> tuple[Path, ...]:
        """The sample documents."""
        return sample_files(language)

    def sample_questions(self, language: Language) -> tuple[str, ...]:
        """Questions about them."""
        return sample_questions(language)

    def network(self) -> NetworkState:
        """Try the network and ask the system about it."""
        return look()

    def parts(self) -> tuple[Part, ...]:
        """Every part of the product."""
        return parts()

    def licence_text(self, part: Part) -> str:
        """The licence texts of a part."""
        return text_of(part)

    def close(self) -> None:
        """Free the model."""
        self._engines.close()

    def _library(self) -> Library:
        return Library.open(self.library_folder)

    def _check(self, text: str, question: str | None) -> Check:
        """What the verifier says of a text, beside the record."""
        embedder, checker = self._open_encoders()
        assistant = Assistant(self.library_folder, None, embedder, checker, self.settings)
        events = assistant.check_text(text, question, Given(()))
        return next(event.answer.check for event in events if isinstance(event, Finished))

    def _language(self) -> Language:
        return spoken(self.settings.language)

    def _open_encoders(self) -> tuple[Embedder, Checker | None]:
        with self._lock:
            if self._encoders is None:
                self._encoders = open_encoders()
            return self._encoders

    def _open_engine(self, question: str) -> Engine:
        """The engine of the model that fits a question."""
        model = choice.default(self.settings, detect_language(question))
        return self._engines.open(model, self.settings)
