"""What the window needs from the core: one protocol, so that tests can hand in a scripted one.

Everything here may be called from a worker thread only, through ``desktop.jobs``; ``stop`` and the plain
attributes are safe from any thread. Methods raise CoreError for what a person can act on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.assistant.events import Event
from core.index.freshness import Freshness
from core.settings import Settings
from core.types import Answer, Hit, Language, Page, Place, Standing
from desktop.calibration_backend import CalibrationBackend
from desktop.pilot_backend import PilotBackend
from desktop.review_backend import ReviewBackend
from desktop.server_backend import ServerBackend

if TYPE_CHECKING:
    from core.documents.render import PageImage
    from core.index.progress import IngestEvent
    from core.llm.catalog import Adding, BrokenModel, InstalledModel
    from core.llm.engine import Heartbeat
    from core.llm.passport import Passport, Reading
    from core.llm.speed import Speed
    from core.offline import NetworkState
    from core.parts import Part
    from core.review.thresholds import Past
    from core.store.answers import AnswerRow
    from core.store.documents import StoredDocument


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a first look at the library tells. ``checker`` says that a trained checker is installed,
    ``sample`` that documents of the sample library are loaded.
    """

    checker: bool
    documents: int
    passages: int
    answers: int
    sample: bool = False


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """What a model will take and what is free, in bytes; where it would compute, as llama.cpp says it.

    ``layers`` are those that could be moved to a GPU, 0 where there is none.
    """

    needed: int
    free: int
    gpu_layers: int
    device: str
    layers: int = 0
    gpu_needed: int = 0
    gpu_free: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model in memory, and the bytes that its process takes now."""

    name: str
    memory: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A document of the list, with what became of its file since it was read, how many versions of it the
    library has seen, and how its owner ranked it.
    """

    document: StoredDocument
    freshness: Freshness
    versions: int = 1
    standing: Standing = field(default_factory=Standing)


class Backend(ReviewBackend, CalibrationBackend, PilotBackend, ServerBackend, Protocol):
    """The core as the window sees it."""

    settings: Settings
    library_folder: Path

    @property
    def watts(self) -> float:
        """The power that energy is estimated with: what the settings say, or what is assumed. Any thread."""
        ...

    def apply(self, settings: Settings) -> None:
        """Use and store new settings; a changed model setting takes effect with the next question."""
        ...

    def readiness(self) -> Readiness:
        """What the library holds; quick, so that the window can decide what to show."""
        ...

    def answer(self, question: str) -> Iterator[Event]:
        """Answer a question from the library, checked, decided and recorded."""
        ...

    def check_text(self, text: str, question: str | None) -> Iterator[Event]:
        """Check a text that came from elsewhere."""
        ...

    def text_of_file(self, path: Path) -> str:
        """The text of a file that is to be checked itself; it does not go into the library."""
        ...

    def stop(self) -> None:
        """Wake a running answer so that it ends now; any thread."""
        ...

    def add_documents(self, paths: Sequence[Path]) -> Iterator[IngestEvent]:
        """Read files and folders into the library."""
        ...

    def files(self) -> tuple[FileRow, ...]:
        """The current documents of the library and what became of their files."""
        ...

    def versions(self, path: str) -> tuple[StoredDocument, ...]:
        """Every version of one file that the library has seen, newest first."""
        ...

    def pages(self, document: StoredDocument) -> tuple[Page, ...]:
        """What was read from one version of a file, page by page."""
        ...

    def evidence_page(self, place: Place, start: int, text: str) -> Page:
        """The page that a quote came from, in the version that was checked then."""
        ...

    def find_passages(self, question: str) -> tuple[Hit, ...]:
        """The passages that a question finds, best first, as the model and the checker would get them."""
        ...

    def remove_document(self, path: str) -> None:
        """Take a file out of the search; old answers still show what they quoted from it."""
        ...

    def set_standing(self, path: str, standing: Standing) -> Standing:
        """Say how a document stands to others, and when it holds; the plain standing takes it away."""
        ...

    def answers(self) -> tuple[AnswerRow, ...]:
        """The past answers, newest first."""
        ...

    def past_risks(self) -> Past:
        """The risks of past answers, to tell what other thresholds would have let through."""
        ...

    def load_answer(self, answer_id: str) -> Answer:
        """One past answer as it was checked."""
        ...

    def release(
        self,
        answer_id: str,
        *,
        who: str,
        reason: str,
        caveats: tuple[str, ...],
        final_text: str | None = None,
    ) -> Answer:
        """Let a held answer out under a person's name; the caveats go wherever it goes. ``final_text`` is
        the edited text, which is checked again first, and the outcome recorded.
        """
        ...

    def reject(self, answer_id: str, *, who: str, reason: str) -> Answer:
        """Stop a held answer for good under a person's name."""
        ...

    def page_image(self, document: str, sha256: str, page: int, scale: float) -> PageImage:
        """A page of a PDF as a picture; only of the very file that was read (same hash)."""
        ...

    def export(self, answer: Answer, path: Path) -> None:
        """Write an answer that may be used, with its claims and sources, to a file."""
        ...

    def models(self) -> tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]:
        """The installed models, and the files that cannot be used."""
        ...

    def model_in_use(self) -> str | None:
        """The name of the model that would answer in the window's language; None without any. A model
        file that was never seen before is hashed first, which takes seconds a gigabyte.
        """
        ...

    def add_model(self, path: Path) -> Iterator[Adding | InstalledModel]:
        """Check, copy and register a GGUF file; ends with the installed model."""
        ...

    def memory_need(self, model: InstalledModel, layers: str | None = None) -> MemoryNeed:
        """What the model would take, and what is free; ``layers`` on the GPU instead of the setting."""
        ...

    def load_model(self, model: InstalledModel) -> Iterator[Heartbeat]:
        """Load a model into memory, in place of the one that is there."""
        ...

    def unload_model(self) -> None:
        """Free the memory of the model; the next question loads one again."""
        ...

    def loaded_model(self) -> Loaded | None:
        """The model that is in memory now."""
        ...

    def speed_test(self, model: InstalledModel) -> Iterator[Speed]:
        """How fast a model reads and writes here, as it is measured; loads it first."""
        ...

    def passport(self, model: InstalledModel) -> Iterator[Reading | Passport]:
        """Read a model's whole file; the last thing that comes is its passport."""
        ...

    def sample_files(self, language: Language) -> tuple[Path, ...]:
        """The files of the sample library in a language."""
        ...

    def sample_questions(self, language: Language) -> tuple[str, ...]:
        """Questions that go with the sample library."""
        ...

    def network(self) -> NetworkState:
        """What is known about the network now."""
        ...

    def parts(self) -> tuple[Part, ...]:
        """Every part of the product with its licence."""
        ...

    def licence_text(self, part: Part) -> str:
        """The licence texts of a part, one after the other."""
        ...

    def close(self) -> None:
        """Free the model and end the child process."""
        ...
