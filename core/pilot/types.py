"""The nouns of a pilot: questions, one row an answer, and what must be known to repeat a run.

A run asks each question of a set with each model, all with the same passages. A *row* is one question × one
model × one variant of the question; the original question is the variant ``base``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.llm.engine import EngineFacts, Timed
from core.llm.passport.types import Declared, Finding
from core.types import Check, Decision, Evidence, Hit, Level, Param, Reason, Verdict


class Expect(StrEnum):
    """What a careful reader of the documents would do with a question."""

    ANSWER = "answer"
    REFUSE = "refuse"
    UNKNOWN = "unknown"  # the set does not say: not counted among right or wrong refusals


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set. ``number`` counts from 1 in the order of the set.

    ``document`` is the file name (or its end) that holds the answer; ``other`` the same question in the
    other language, where the set gives it.
    """

    number: int
    text: str
    expected: str | None = None
    document: str | None = None
    must_refuse: bool | None = None
    tags: tuple[str, ...] = ()
    other: str | None = None

    @property
    def expect(self) -> Expect:
        """What is right: an expected answer or document says that the documents hold one."""
        if self.must_refuse:
            return Expect.REFUSE
        known = self.must_refuse is False or self.expected is not None or self.document is not None
        return Expect.ANSWER if known else Expect.UNKNOWN


class Variant(StrEnum):
    """How a question or its passages were changed; what should happen then is ``core.pilot.stability``'s."""

    BASE = "base"  # as the set has it
    GIVEN = "given"  # the base answer, checked against the given passages only: what variants compare with
    REWORDED = "reworded"
    REWRITTEN = "rewritten"  # in other words by a model
    TRANSLATED = "translated"
    TYPOS = "typos"
    ORDER = "order"  # the passages in another order
    DISTRACTOR = "distractor"  # a passage of another document added
    REMOVED = "removed"  # the evidence taken away
    CHANGED = "changed"  # the figure in the evidence changed
    NEGATED = "negated"  # the question turned round


class RowStatus(StrEnum):
    """What became of a row."""

    DONE = "done"
    FAILED = "failed"  # ``reason`` says why; a failure is never left out of a count of rows
    SKIPPED = "skipped"  # the variant does not apply to this question; ``reason`` says why


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one answer by the wall clock, and its tokens. ``cached_tokens`` of the prompt were not read
    again. ``writing`` and ``reading`` are the model's share, ``checking`` the verifier's. ``joules`` are
    what the whole machine spent meanwhile by its own counters, None where it has none that may be read.
    """

    reading: float = 0.0
    writing: float = 0.0
    checking: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0
    joules: float | None = None

    @property
    def seconds(self) -> float:
        """Everything that somebody waits for, once the model is loaded and the passages are found."""
        return self.reading + self.writing + self.checking


@dataclass(frozen=True, slots=True)
class Agreement:
    """How an answer agrees with the expected one.

    ``similarity`` is rapidfuzz's token-set ratio, 0..1. ``covers`` says whether the answer supports the
    expected answer by the verifier, ``covered`` whether the expected answer supports the given one; both
    None where there was nothing to check (a refusal). The risks are the verifier's for the two directions.
    """

    similarity: float
    covers: bool | None = None
    covered: bool | None = None
    covers_risk: float | None = None
    covered_risk: float | None = None


class Knock(StrEnum):
    """What became of a supported claim when its evidence was taken away."""

    FELL = "fell"  # no longer supported: the citation is genuine
    STOOD = "stood"  # still supported from elsewhere: the answer did not depend on this source


@dataclass(frozen=True, slots=True)
class Knockout:
    """One supported claim, checked again without the passages that were cited for its answer's claims."""

    claim: int
    result: Knock
    verdict: Verdict
    removed: tuple[str, ...]
    left: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRow:
    """One answer of a run, as it was written, checked and decided; or why there is none.

    ``model`` is the name of a RunModel. ``check``, ``level`` and ``decision`` are None unless the row is
    done. ``note`` tells how a variant was made (by ``rule`` or from the ``set``, what was replaced).
    """

    question: int
    model: str
    variant: Variant
    status: RowStatus
    asked: str = ""
    answer: str = ""
    check: Check | None = None
    decision: Decision | None = None
    refused: bool = False
    timing: Timing = field(default_factory=Timing)
    stop: str = ""
    passages: int = 0
    cut: int = 0
    prompt_sha256: str = ""
    agreement: Agreement | None = None
    knockouts: tuple[Knockout, ...] = ()
    reason: Reason | None = None
    note: Mapping[str, Param] = field(default_factory=dict)
    at: str = ""

    @property
    def done(self) -> bool:
        """Whether there is an answer."""
        return self.status is RowStatus.DONE

    @property
    def level(self) -> Level | None:
        """The answer's level; None without an answer."""
        return self.check.level if self.check else None


@dataclass(frozen=True, slots=True)
class Speeds:
    """One fixed text through our engine and through llama.cpp alone, one after the other in one child.

    ``bare`` None: ``reason`` says why it was not measured.
    """

    ours: Timed | None = None
    bare: Timed | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class RunPassport:
    """What a model's file was made of when the run began with it: reports need no file any more.

    ``declared`` is None where the file could not be examined; ``reason`` says why.
    """

    sha256: str = ""
    declared: Declared | None = None
    findings: tuple[Finding, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class RunModel:
    """A model of a run. ``size`` is its file's, in bytes; ``facts`` are known once it has been loaded. Of
    one on a ``server`` no file is known.

    ``seconds_loading`` is how long the engine took to be ready for the first question, ``speeds`` what was
    measured before it, ``passport`` what its file is made of (both None in runs from before that was done,
    and until the model has been loaded).
    """

    name: str
    sha256: str
    path: str
    size: int
    license: str | None = None
    architecture: str = ""
    quantization: str = ""
    parameters: int = 0
    facts: EngineFacts | None = None
    seconds_loading: float = 0.0
    server: str | None = None
    speeds: Speeds | None = None
    passport: RunPassport | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is to be done, and what must be the same when a run is resumed.

    ``settings`` hold every setting but the reviewer's name; ``documents`` is a digest over the paths,
    hashes and standings of the library's current documents, ``policy`` that of the library's own calibration,
    empty where the shipped one decides. ``stability`` is the number of questions that get variants (0:
    none), ``knockout`` whether citations are knocked out, ``writer`` the model of the run that rewords and
    translates questions for variants; empty: by rule and by the set alone.
    """

    set_name: str
    set_sha256: str
    library: str
    documents: str
    models: tuple[tuple[str, str], ...]  # name and SHA-256, in the order of the run
    settings: Mapping[str, Param | bool]
    stability: int = 0
    knockout: bool = False
    policy: str = ""
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """The machine and the versions of one run, as it began; instruction sets stand in a model's facts."""

    touchstone: str
    prompt_version: str
    python: str
    platform: str
    cpu: str
    llama_cpp: str
    onnxruntime: str
    embedder: str
    checker: str | None
    calibration_sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run as stored. ``hits`` are the passages that every model read, by question's number."""

    id: str
    created_at: str
    plan: RunPlan
    environment: Environment
    questions: tuple[Question, ...]
    hits: Mapping[int, tuple[Hit, ...]]
    models: tuple[RunModel, ...]
    rows: tuple[RunRow, ...]

    def of(self, model: str, variant: Variant = Variant.BASE) -> tuple[RunRow, ...]:
        """The rows of one model in the order of the questions."""
        return tuple(row for row in self.rows if row.model == model and row.variant is variant)

    def question(self, number: int) -> Question:
        """The question with this number."""
        return next(question for question in self.questions if question.number == number)
