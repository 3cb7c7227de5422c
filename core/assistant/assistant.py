"""The use case: a question, or a text from elsewhere, becomes a checked, decided and audited answer."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from core import __version__, audit, gate
from core.assistant.draft import Draft
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
from core.assistant.located import located
from core.assistant.prompt import PROMPT_VERSION, Prompt, build_prompt, template
from core.assistant.samples import Samples
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import EngineError, IdentityError
from core.identity import require_permitted
from core.index.search import Searcher
from core.language import detect_language
from core.llm.engine import Engine, EngineEvent, EngineFacts, Generated, Heartbeat, Request
from core.llm.remote import ServerEngine
from core.settings import Settings
from core.store.answers import four_eyes
from core.store.database import Library
from core.store.documents import count_passages
from core.store.keys import library_key
from core.types import Answer, Check, Claim, Hit, Param, Reason
from core.verify.evidence import EvidenceSource
from core.verify.levels import Policy
from core.verify.policy import SHIPPED, Calibration, in_use, verifier_identity
from core.verify.sources import LibrarySource
from core.verify.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Given:
    """Passages chosen beforehand, so that several answers read the same: nothing is retrieved, nothing
    recorded. ``source`` is where the claims are looked up; None: the whole library.
    """

    hits: tuple[Hit, ...]
    source: EvidenceSource | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that is written and not yet checked: its tokens, what the model read, who it was."""

    draft: Draft
    prompt: Prompt | None
    facts: EngineFacts | None
    samples: Samples = field(default_factory=Samples)


@dataclass(slots=True)
class _Run:
    """One answer on its way: where it is looked up, what was asked and written, and by whom."""

    library: Library
    searcher: Searcher
    question: str | None
    given: Given | None = None
    draft: Draft = field(default_factory=Draft)
    prompt: Prompt | None = None
    facts: EngineFacts | None = None
    samples: Samples = field(default_factory=Samples)
    four_eyes: bool = False
    calibration: Calibration = SHIPPED


class Assistant:
    """Answers questions from one library with one engine, and checks texts against it.

    Every call opens its own connection to the library, so that calls may come from different threads;
    one call runs at a time. ``engine`` is None where only texts from elsewhere are checked. ``checker``
    None means that no trained checker is installed: the verifier then says so with every answer.
    """

    def __init__(
        self,
        library_folder: Path,
        engine: Engine | None,
        embedder: Embedder | None,
        checker: Checker | None,
        settings: Settings,
    ) -> None:
        self.library_folder = library_folder
        self.engine = engine
        self.embedder = embedder
        self.checker = checker
        self.settings = settings

    def answer(self, question: str, given: Given | None = None) -> Generator[Event, None, None]:
        """Retrieve, write, check, decide, record. Closing the iterator stops it; nothing is recorded then.

        In an empty library no model is asked: the refusal itself is held, as could not check. ``given``
        passages take the place of retrieval. Raises EngineError, LibraryError or VerifierError; what was
        written so far is then dropped.
        """
        with self._run(question, given) as run:
            if given or count_passages(run.library):
                yield from self._write(run, question)
            else:
                run.draft.add(template("decline", detect_language(question)))
                yield Waiting() if run.four_eyes else DraftText(run.draft.text)
            yield from self._conclude(run)

    def write(self, question: str, given: Given) -> Generator[Event, None, Written]:
        """The first half of ``answer``, for one that is checked later; nothing is recorded. The value is what
        ``conclude`` needs. Raises EngineError or LibraryError.
        """
        with self._run(question, given) as run:
            yield from self._write(run, question)
            return Written(run.draft, run.prompt, run.facts, run.samples)

    def conclude(self, question: str, written: Written, given: Given) -> Generator[Event, None, None]:
        """The second half of ``answer``: check and decide; nothing is recorded. No engine is needed."""
        with self._run(question, given) as run:
            run.draft, run.prompt, run.facts = written.draft, written.prompt, written.facts
            run.samples = written.samples
            yield from self._conclude(run)

    def check_text(
        self, text: str, question: str | None = None, given: Given | None = None
    ) -> Generator[Event, None, None]:
        """Check a text that came from elsewhere, as an answer is checked. With ``given`` nothing is recorded.
        Raises as ``answer`` does.
        """
        with self._run(question, given) as run:
            run.draft.add(text)
            yield from self._conclude(run)

    @contextmanager
    def _run(self, question: str | None, given: Given | None = None) -> Iterator[_Run]:
        with Library.open(self.library_folder) as library:
            if given is None:
                self._prepare_record(library)
            run = _Run(library, Searcher(library, self.embedder), question, given)
            run.four_eyes = self.settings.four_eyes or four_eyes(library)
            yield run

    def _prepare_record(self, library: Library) -> None:
        """Find out before the work what would stop its record, and note settings that have changed."""
        library_key(library)
        audit.note_settings(library, self.settings)
        if four_eyes(library) and not self.settings.reviewer.strip():
            raise IdentityError("four_eyes_asker")

    def _write(self, run: _Run, question: str) -> Iterator[Event]:
        if self.engine is None:
            raise EngineError("engine_missing")
        yield Stage(StageName.RETRIEVING)
        hits = run.given.hits if run.given else run.searcher.search(question, self.settings.passages)
        if isinstance(self.engine, ServerEngine):
            require_permitted(run.library, self.engine.host)
        yield Stage(StageName.LOADING)
        for _ in self.engine.load():
            yield Waiting()
        run.facts = self.engine.facts()
        if run.given is None:
            audit.note_model(run.library, run.facts.model)
        budget = run.facts.context_tokens - self.settings.max_answer_tokens
        language = detect_language(question)
        run.prompt = build_prompt(question, hits, language, budget, self.engine.count_tokens)
        yield Retrieved(run.prompt.hits, run.prompt.cut)
        yield Stage(StageName.READING, 0, 100)
        with closing(self.engine.generate(self._request(run.prompt))) as events:
            for event in events:
                yield from _told(event, run.draft, secret=run.four_eyes)
        yield from run.samples.write(self.engine, self._request(run.prompt), self.settings.extra_samples)

    def _request(self, prompt: Prompt) -> Request:
        settings = self.settings
        return Request(prompt.messages, settings.max_answer_tokens, settings.temperature, settings.seed)

    def _conclude(self, run: _Run) -> Iterator[Event]:
        """Check the draft, let the gate decide, write the record."""
        run.calibration, outdated = in_use(run.library, self._verifier())
        policy = Policy.from_settings(self.settings, run.calibration, outdated=outdated)
        verifier = Verifier(self.checker, policy)
        source = _source(run)
        text, cut_off = run.draft.text, run.draft.cut_off
        signals = run.draft.signals() if run.prompt else None
        claims: list[Claim] = []
        yield Stage(StageName.CHECKING)
        checking = verifier.claims(
            text, source, run.question, cut_off=cut_off, signals=signals, samples=run.samples.texts
        )
        for index, total, found in checking:
            claim = located(run.library, found)
            claims.append(claim)
            secret = Stage(StageName.CHECKING, index + 1, total)
            yield secret if run.four_eyes else ClaimChecked(index, total, claim)
        check = verifier.conclude(text, source, run.question, claims, cut_off=cut_off)
        if run.prompt and signals is None:
            check = replace(check, reasons=(*check.reasons, Reason("signals_absent")))
        answer = _answer(run, check, self.settings)
        prompt = run.prompt.text() if run.prompt else ""
        if run.given is None:
            audit.record_answer(
                run.library,
                answer,
                prompt=prompt,
                context=self._context(run),
                sample_rate=self.settings.review_sample,
            )
        yield Finished(answer)

    def _context(self, run: _Run) -> Mapping[str, object]:
        """What a replay needs beside the texts: settings, versions, engine, encoders."""
        return {
            "touchstone": __version__,
            "prompt_version": PROMPT_VERSION,
            "settings": {name: value for name, value in asdict(self.settings).items() if name != "reviewer"},
            "engine": asdict(run.facts) if run.facts else None,
            "embedder": self.embedder.identity if self.embedder else None,
            "checker": self.checker.identity if self.checker else None,
            "verifier": self._verifier(),
            "policy": run.calibration.record(),
        }

    def _verifier(self) -> str:
        return verifier_identity(self.checker.identity if self.checker else None)


def _source(run: _Run) -> EvidenceSource:
    if run.given and run.given.source is not None:
        return run.given.source
    return LibrarySource(run.searcher, empty=not count_passages(run.library))


def _told(event: EngineEvent, draft: Draft, *, secret: bool) -> Iterator[Event]:
    """What an engine's event means for the consumer; the draft grows by its tokens. Under four eyes its
    words are ``secret``: nobody reads along.
    """
    if isinstance(event, Generated):
        draft.end = event
    elif isinstance(event, Heartbeat):
        yield Waiting() if draft.text else Stage(StageName.READING, round(100 * event.progress), 100)
    else:
        if not draft.text:
            yield Stage(StageName.WRITING)
        draft.add(event.text, event)
        yield Waiting() if secret else DraftText(event.text)


def _answer(run: _Run, check: Check, settings: Settings) -> Answer:
    refused = any(reason.code == "no_claim_refusal" for claim in check.claims for reason in claim.reasons)
    return Answer(
        id=audit.new_answer_id(),
        question=run.question,
        text=run.draft.text,
        check=check,
        decision=gate.decide(check, four_eyes=run.four_eyes),
        created_at=audit.now(),
        model=run.facts.model if run.facts else None,
        refused=refused and not any(claim.evidence for claim in check.claims),
        generation=_generation(run, settings),
        asked_by=settings.reviewer.strip() or None,
        four_eyes=run.four_eyes,
    )


def _generation(run: _Run, settings: Settings) -> Mapping[str, Param]:
    if run.prompt is None or run.draft.end is None:
        return {}
    end = run.draft.end
    return {
        "seed": settings.seed,
        "temperature": settings.temperature,
        "stop": end.reason.value,
        "prompt_sha256": hashlib.sha256(run.prompt.text().encode("utf-8")).hexdigest(),
        "passages": len(run.prompt.hits),
        "passages_cut": run.prompt.cut,
        "prompt_tokens": end.prompt_tokens,
        "cached_tokens": end.cached_tokens,
        "answer_tokens": end.answer_tokens,
        "seconds_reading": round(end.prompt_seconds, 3),
        "seconds_writing": round(end.answer_seconds, 3),
        **run.samples.facts(),
    }
