"""A scripted core: every answer, document and model that the window shows in tests is written down here."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

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
from core.documents.sheets import sheet_page
from core.index.freshness import Freshness
from core.index.ingest import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.llm.catalog import Adding, BrokenModel, InstalledModel
from core.llm.engine import Heartbeat
from core.llm.passport import Passport, Reading
from core.llm.speed import Speed
from core.offline import NetworkState, Process
from core.parts import Part
from core.review import QueueItem
from core.review.thresholds import Past, PastRisk
from core.settings import Settings, Speech, Theme
from core.store.answers import AnswerRow
from core.store.documents import StoredDocument
from core.store.reviews import ClaimLabel
from core.types import (
    Answer,
    AnswerId,
    Box,
    Check,
    Claim,
    Decision,
    DocumentId,
    DocumentState,
    Evidence,
    Hit,
    Language,
    Level,
    ModelInfo,
    Page,
    PageId,
    Passage,
    PassageId,
    Place,
    Reason,
    Relation,
    RiskSpan,
    Standing,
    Verdict,
)
from desktop.backend import FileRow, Loaded, MemoryNeed, Readiness
from desktop.review_backend import Said

from .fake_calibration import FakeCalibration
from .fake_carry import FakeCarry
from .fake_pilot import FakePilot
from .fake_servers import FakeServers

TEXT = "Hotels cost up to 150 €. Receipts are due in 30 days. Trains are 😀 free. Good luck!"


def claim_of(part: str, verdict: Verdict, risk: float, *evidence: Evidence, marked: str = "") -> Claim:
    start = TEXT.index(part)
    spans = (RiskSpan(TEXT.index(marked), TEXT.index(marked) + len(marked), 0.9),) if marked else ()
    reasons = (Reason("checker_missing"),) if verdict is Verdict.COULD_NOT_CHECK else ()
    return Claim(start, start + len(part), part, verdict, risk, reasons, spans, evidence)


def quote_of(text: str, relation: Relation, **where: object) -> Evidence:
    place = Place(**{"document": "/docs/policy.md", "document_sha256": "ab" * 32, **where})  # type: ignore[arg-type]
    return Evidence(relation, text, 0, len(text), 0.9, place=place)


CLAIMS = (
    claim_of(
        "Hotels cost up to 150 €.",
        Verdict.CONTRADICTED,
        0.9,
        quote_of(
            "Hotels cost up to 130 € a night.",
            Relation.CONTRADICTS,
            document="/docs/contract.pdf",
            page=2,
            box=Box(100, 600, 300, 620),
        ),
        marked="150 €",
    ),
    claim_of(
        "Receipts are due in 30 days.",
        Verdict.SUPPORTED,
        0.05,
        quote_of("Receipts are due in 30 days.", Relation.SUPPORTS, section="9. Claims"),
    ),
    claim_of("Trains are 😀 free.", Verdict.COULD_NOT_CHECK, 0.7),
    claim_of("Good luck!", Verdict.NO_CLAIM, 0.0),
)


def answer_of(decision: Decision = Decision.HELD, level: Level = Level.HIGH, **changes: object) -> Answer:
    answer = Answer(
        id=AnswerId("0123456789abcdef"),
        question="How much may a hotel cost?",
        text=TEXT,
        check=Check(TEXT, 0.83, level, 0.67, CLAIMS),
        decision=decision,
        created_at="2026-11-25T03:20:00+00:00",
        model=ModelInfo("SmolLM2-135M", "cd" * 32, "apache-2.0"),
        generation={"seconds": 7.3},
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def document_of(number: int, name: str, state: DocumentState, reason: Reason | None = None) -> StoredDocument:
    ready = state is DocumentState.INDEXED
    return StoredDocument(
        id=DocumentId(number),
        path=str(Path(__file__).parent / name),
        sha256="ef" * 32,
        format="md",
        size=1000 * number,
        state=state,
        reason=reason,
        pages=number,
        passages=10 * number if ready else 0,
        added_at=f"2026-11-{10 + number}T09:00:00+00:00",
        current=True,
    )


def row_of(number: int, level: Level, decision: Decision, question: str | None) -> AnswerRow:
    return AnswerRow(
        id=AnswerId(f"{number:016d}"),
        created_at=f"2026-11-{10 + number}T09:00:00+00:00",
        question=question,
        level=level,
        risk=0.5,
        coverage=1.0,
        decision=decision,
        refused=False,
        model="SmolLM2-135M",
        decided_by=None,
        erased=False,
    )


def model_of(name: str, size: int) -> InstalledModel:
    path = Path("/models") / f"{name}.gguf"
    return InstalledModel(name, path, name[:1] * 64, size, None, "llama", "Q4_1", 8192, 134515008, ("en",))


HIT = Hit(
    Passage(
        PassageId(1),
        DocumentId(1),
        PageId(1),
        "Hotels cost up to 130 €.",
        0,
        24,
        Place("/docs/policy.md", "ab" * 32, section="4 Hotels"),
    ),
    1.0,
    1,
    1,
)


SHEET = sheet_page([(1, ["Item", "Price"]), (3, ["Sensor", "12 €"]), (4, ["Valve", "30 €"])], "Prices")


def queued(number: int, question: str, level: Level | None, hours: float) -> QueueItem:
    risk = None if level is None else 0.8
    when = f"2026-11-{10 + number}T09:00:00+00:00"
    return QueueItem(AnswerId(f"{number:016d}"), when, question, level, risk, hours, None)


class FakeBackend(FakePilot, FakeServers, FakeCarry, FakeCalibration):
    """The scripted core. Set ``hold`` to keep an answer waiting until it is stopped."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings(language=Speech.EN, theme=Theme.LIGHT, reviewer="Ada")
        self.library_folder = Path("/library")
        self.ready = Readiness(False, 2, 30, 3, sample=True)
        self.result = answer_of()
        self.error: Exception | None = None
        self.hold = False
        self.examined: tuple[Reading | Passport, ...] = ()
        self.stopped = threading.Event()
        self.listed: tuple[StoredDocument, ...] = (
            document_of(1, "conftest.py", DocumentState.INDEXED),
            document_of(2, "scan.pdf", DocumentState.EMPTY, Reason("file_scan", {"pages": 2})),
        )
        self.freshness = Freshness.AS_READ
        self.versions_seen = 1
        self.standings: dict[str, Standing] = {}
        self.page = SHEET
        self.read: tuple[Page, ...] = (
            Page("Hotels cost up to 130 €.", section="4 Travel > Hotels"),
            Page("Receipts are due in 30 days.", section="9 Claims"),
            SHEET,
        )
        self.rows = (
            row_of(3, Level.HIGH, Decision.HELD, "How much may a hotel cost?"),
            row_of(2, Level.LOW, Decision.USABLE, "When are receipts due?"),
            row_of(1, Level.LOW, Decision.USABLE, None),
        )
        self.broken: tuple[BrokenModel, ...] = ()
        self.risks: tuple[PastRisk, ...] = (
            PastRisk(0.1, Level.LOW),
            PastRisk(0.5, Level.MEDIUM),
            PastRisk(0.4, Level.MEDIUM, Level.MEDIUM),
            PastRisk(0.9, Level.HIGH),
        )
        self.waiting: tuple[QueueItem, ...] = (
            queued(3, "How much may a hotel cost?", Level.HIGH, 30.0),
            queued(2, "When are receipts due?", None, 0.5),
        )
        self.key_of: str | None = None
        self.claims_said: tuple[ClaimLabel, ...] = ()
        self.layers = 0  # that could go to a GPU
        self.in_memory: Loaded | None = None
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

    def add_documents(self, paths: Sequence[Path]) -> Iterator[IngestEvent]:
        self.calls.append(("add", *paths))
        if self.error is not None:
            raise self.error
        for index, document in enumerate(self.listed, 1):
            yield FileStarted(document.path, index, len(self.listed))
            yield PassagesIndexed(document.path, document.passages, document.passages)
            yield FileDone(document, index, len(self.listed))

    def files(self) -> tuple[FileRow, ...]:
        return tuple(
            FileRow(each, self.freshness, self.versions_seen, self.standings.get(each.path, Standing()))
            for each in self.listed
        )

    def versions(self, path: str) -> tuple[StoredDocument, ...]:
        now = next((document for document in self.listed if document.path == path), None)
        if now is None:
            return ()
        return (now, replace(now, id=DocumentId(99), sha256="0d" * 32, current=False))

    def pages(self, document: StoredDocument) -> tuple[Page, ...]:
        self.calls.append(("pages", document.sha256))
        return self.read

    def evidence_page(self, place: Place, start: int, text: str) -> Page:
        self.calls.append(("evidence_page", place.document, start))
        if self.error is not None:
            raise self.error
        return self.page

    def find_passages(self, question: str) -> tuple[Hit, ...]:
        self.calls.append(("find", question))
        return (HIT, replace(HIT, word_rank=None, vector_rank=2))

    def remove_document(self, path: str) -> None:
        self.calls.append(("remove", path))
        self.listed = tuple(document for document in self.listed if document.path != path)

    def set_standing(self, path: str, standing: Standing) -> Standing:
        self.calls.append(("set_standing", path, standing))
        if self.error is not None:
            raise self.error
        self.standings[path] = standing
        return standing

    def answers(self) -> tuple[AnswerRow, ...]:
        return self.rows

    def past_risks(self) -> Past:
        return Past(self.risks, 0.3, 0.7)

    def load_answer(self, answer_id: str) -> Answer:
        self.calls.append(("load", answer_id))
        return self.result

    def release(
        self,
        answer_id: str,
        *,
        who: str,
        reason: str,
        caveats: tuple[str, ...],
        final_text: str | None = None,
    ) -> Answer:
        self.calls.append(("release", answer_id, who, reason, caveats, final_text))
        if self.error is not None:
            raise self.error
        return self._decided(Decision.RELEASED, who, reason, final_text=final_text or TEXT, caveats=caveats)

    def reject(self, answer_id: str, *, who: str, reason: str) -> Answer:
        self.calls.append(("reject", answer_id, who, reason))
        return self._decided(Decision.REJECTED, who, reason)

    def review_queue(self) -> tuple[QueueItem, ...]:
        return self.waiting

    def assign(self, answer_id: str, who: str | None) -> str:
        self.calls.append(("assign", answer_id, who))
        return answer_id

    def needs_key(self, *answer_ids: str) -> bool:
        return self.needs or self.settings.four_eyes or self.result.four_eyes

    def unlocked(self) -> str | None:
        return self.key_of

    def unlock(self, name: str, passphrase: str) -> str:
        self.calls.append(("unlock", name, passphrase))
        self.key_of = name
        return name

    def claim_labels(self, answer_id: str) -> tuple[ClaimLabel, ...]:
        return tuple(each for each in self.claims_said if each.answer_id == answer_id)

    def label_claim(self, answer_id: str, number: int, verdict: Verdict, reason: str) -> ClaimLabel:
        self.calls.append(("label_claim", answer_id, number, verdict, reason))
        shown = self.result.check.claims[number]
        when = "2026-11-25T03:25:00+00:00"
        return ClaimLabel(AnswerId(answer_id), number, shown.verdict, shown.risk, verdict, "Ada", when)

    def recheck(self, text: str, question: str | None) -> Check:
        self.calls.append(("recheck", text, question))
        return replace(self.result.check, text=text)

    def decide(self, answer_id: str, said: Said) -> Answer:
        self.calls.append(("decide", answer_id, said))
        if self.error is not None:
            raise self.error
        self.waiting = tuple(item for item in self.waiting if item.answer_id != answer_id)
        made = Decision.RELEASED if said.release else Decision.REJECTED
        return self._decided(made, said.who, said.reason)

    def page_image(self, document: str, sha256: str, page: int, scale: float) -> SimpleNamespace:
        self.calls.append(("page", document, page))
        if self.error is not None:
            raise self.error
        return SimpleNamespace(
            width=60, height=80, rgb=b"\xff" * 60 * 80 * 3, points_width=600, points_height=800
        )

    def export(self, answer: Answer, path: Path) -> None:
        self.calls.append(("export", answer.id, path))

    def models(self) -> tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]:
        return (model_of("Qwen", 10**9), model_of("SmolLM2", 10**8)), self.broken

    def model_in_use(self) -> str | None:
        return self.settings.model or "SmolLM2"

    def add_model(self, path: Path) -> Iterator[Adding | InstalledModel]:
        self.calls.append(("add_model", path))
        if self.error is not None:
            raise self.error
        yield Adding(1, 2)
        yield model_of("New", 5)

    def memory_need(self, model: InstalledModel, layers: str | None = None) -> MemoryNeed:
        self.calls.append(("memory_need", model.name, layers))
        moved = 0 if layers in (None, "auto") else int(layers)
        share = model.size * moved // max(1, self.layers)
        return MemoryNeed(model.size - share, 4 * 10**8, moved, "CPU", self.layers, share, 10**9)

    def load_model(self, model: InstalledModel) -> Iterator[Heartbeat]:
        self.calls.append(("load_model", model.name))
        yield Heartbeat(0.0)
        while self.hold and not self.stopped.wait(0.01):
            yield Heartbeat(0.0)
        self.in_memory = Loaded(model.name, model.size)

    def unload_model(self) -> None:
        self.in_memory = None

    def loaded_model(self) -> Loaded | None:
        return self.in_memory

    def speed_test(self, model: InstalledModel) -> Iterator[Speed]:
        self.calls.append(("speed_test", model.name))
        yield Speed()
        while self.hold and not self.stopped.wait(0.01):
            yield Speed(0.5, 100, 1.0)
        yield Speed(1.0, 1000, 4.0, 60, 5.0)

    def passport(self, model: InstalledModel) -> Iterator[Reading | Passport]:
        yield from self.examined

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

    def _decided(self, decision: Decision, who: str, reason: str, **changes: object) -> Answer:
        when = "2026-11-25T03:30:00+00:00"
        return replace(
            self.result, decision=decision, decided_by=who, decided_at=when, decision_reason=reason, **changes
        )  # type: ignore[arg-type]
