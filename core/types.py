"""The nouns that every package shares: frozen records, closed choices, ids.

Offsets are Python string indices, half open. A *page* is a page of a PDF, a sheet of a workbook, a
slide or a section: the unit whose text evidence offsets count in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

DocumentId = NewType("DocumentId", int)
PageId = NewType("PageId", int)
PassageId = NewType("PassageId", int)
AnswerId = NewType("AnswerId", str)

Param = str | int | float


class Language(StrEnum):
    """The two languages that Touchstone reads, answers and speaks."""

    EN = "en"
    ZH = "zh"


class DocumentState(StrEnum):
    """What became of a file; only ``INDEXED`` and ``UNCHANGED`` count as ready."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"


class Verdict(StrEnum):
    """What the documents say about one claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    NOT_FOUND = "not_found"
    COULD_NOT_CHECK = "could_not_check"
    NO_CLAIM = "no_claim"


class Level(StrEnum):
    """An answer's risk in three steps; everything but ``LOW`` is flagged."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Decision(StrEnum):
    """Whether an answer may be acted on."""

    USABLE = "usable"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"


class Relation(StrEnum):
    """How a piece of evidence bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a code of ``resources/i18n/words/*.toml`` and what fills it."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a PDF page in points, origin at the lower left of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Ties ``text[start:end]`` of a page to a place in the file: a box (PDF) or a cell (``"B4"``)."""

    start: int
    end: int
    box: Box | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, sheet, slide or section of a file, as plain text with anchors in reading order.

    ``number`` is 1-based and None where the format has no pages (then ``section`` or ``sheet`` says
    where we are). ``header`` holds the header row of a sheet or table page, None elsewhere.
    """

    text: str
    number: int | None = None
    section: str | None = None
    sheet: str | None = None
    header: str | None = None
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands, for people: the file, then page, section or sheet and cells."""

    document: str
    document_sha256: str
    page: int | None = None
    section: str | None = None
    sheet: str | None = None
    cells: str | None = None
    box: Box | None = None


class Force(StrEnum):
    """Whether a document holds on a day."""

    NOW = "now"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands to others, as its owner set it: more ``authority`` goes first where two disagree.
    ``valid_from`` and ``valid_until`` are days (``2025-01-31``), both included; None leaves that side open.
    """

    authority: int = 0
    valid_from: str | None = None
    valid_until: str | None = None

    def force(self, day: str) -> Force:
        """Whether the document holds on this day."""
        if self.valid_until is not None and self.valid_until < day:
            return Force.PAST
        return Force.FUTURE if self.valid_from is not None and day < self.valid_from else Force.NOW


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page that is indexed and shown as a whole.

    ``text`` equals the page's text[start:end]. ``header`` is the table header that belongs to the
    rows of ``text`` where they stand apart from it; it is context for models, not quoted text.
    """

    id: PassageId
    document_id: DocumentId
    page_id: PageId
    text: str
    start: int
    end: int
    place: Place
    header: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by the index. Ranks are 1-based, None where that side did not find it."""

    passage: Passage
    score: float
    word_rank: int | None = None
    vector_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that bears on a claim. ``start`` and ``end`` count within its page's text (library) or
    within ``context[context_index]`` (batch); exactly one of ``place`` and ``context_index`` is set.
    """

    relation: Relation
    text: str
    start: int
    end: int
    score: float
    place: Place | None = None
    context_index: int | None = None


@dataclass(frozen=True, slots=True)
class RiskSpan:
    """A stretch of the answer with its own risk; it counts as marked from 0.5."""

    start: int
    end: int
    risk: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of an answer with its verdict. ``text`` is ``answer[start:end]``."""

    start: int
    end: int
    text: str
    verdict: Verdict
    risk: float
    reasons: tuple[Reason, ...] = ()
    spans: tuple[RiskSpan, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The verifier's word on a whole answer.

    ``risk`` is the calibrated probability that the answer holds an unsupported claim; ``coverage``
    the share of its claims that could be checked (1.0 for an answer without claims).
    """

    answer: str
    risk: float
    level: Level
    coverage: float
    claims: tuple[Claim, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The model that wrote an answer, as recorded: name, file hash, and who licences it. ``server`` is where
    it ran, None for this machine; the file of a server's model is not seen here, and its hash is "".
    """

    name: str
    sha256: str
    license: str | None = None
    server: str | None = None

    def record(self) -> dict[str, str]:
        """What records and files say of it."""
        told = {"name": self.name, "sha256": self.sha256}
        return told if self.server is None else told | {"server": self.server}


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature under a decision: the raw public key and the signature, in hexadecimal digits."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was written, checked and decided.

    ``model`` is None for a text that was supplied from elsewhere. ``text`` is the draft as written;
    ``final_text`` what a reviewer released (equal to ``text`` unless edited), None before release.
    ``generation`` holds the recorded settings of the run (seed, temperature, prompt hash, tokens,
    seconds …); ``created_at`` and ``decided_at`` are ISO 8601 in UTC. ``asked_by`` is the name that the
    asker's settings gave. ``four_eyes``: only a decision signed by another reviewer lets it out.
    ``decision_code`` is the listed reason of a decision, ``review_seconds`` the time that it took.
    """

    id: AnswerId
    question: str | None
    text: str
    check: Check
    decision: Decision
    created_at: str
    model: ModelInfo | None = None
    final_text: str | None = None
    caveats: tuple[str, ...] = ()
    decided_by: str | None = None
    decided_at: str | None = None
    decision_reason: str | None = None
    refused: bool = False
    generation: Mapping[str, Param] = field(default_factory=dict)
    asked_by: str | None = None
    four_eyes: bool = False
    decision_code: str | None = None
    review_seconds: float | None = None
    signature: Signature | None = None
