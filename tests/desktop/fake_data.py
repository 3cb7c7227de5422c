"""What the scripted core shows: an answer with its claims, documents, rows of the history, models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.documents.sheets import sheet_page
from core.llm.catalog import InstalledModel
from core.review import QueueItem
from core.store.answers import AnswerRow
from core.store.documents import StoredDocument
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
    Level,
    ModelInfo,
    PageId,
    Passage,
    PassageId,
    Place,
    Reason,
    Relation,
    RiskSpan,
    Verdict,
)

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
