"""The use case: a question, or a text from elsewhere, becomes a checked, decided and audited answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from core import audit
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
from core.assistant.prompt import Prompt, build_prompt, template
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import EngineError
from core.index.search import Searcher
from core.language import detect_language
from core.llm.engine import Engine, Generated, Heartbeat, Request, StopReason, Token
from core.settings import Settings
from core.store.database import Library
from core.store.documents import count_passages
from core.types import Claim, Param
from core.verify.signals import TokenSignals
from core.verify.sources import LibrarySource
from core.verify.verifier import Policy, Verifier


@dataclass(slots=True)
class _Draft:
    """What the engine has written so far, with the token signals that belong to it."""

    tokens: list[Token] = field(default_factory=list)
    end: Generated | None = None

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


class Assistant:
    """Answers questions from one library with one engine, and checks texts against it.

    Every call opens its own connection to the library, so that calls may come from different threads;
    one call runs at a time. ``engine`` is None where only texts from elsewhere are checked.
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

    def answer(self, question: str) -> Iterator[Event]:
        """Retrieve, write, check, decide, record. Closing the iterator stops the run; nothing is recorded then.

        Raises EngineError, LibraryError or VerifierError; what was written so far is dropped.
        """
        if self.engine is None:
            raise EngineError("engine_missing")
        with Library.open(self.library_folder) as library:
            yield Stage(StageName.RETRIEVING)
            searcher = Searcher(library, self.embedder)
            hits = searcher.search(question, self.settings.passages)
            if not count_passages(library):
                yield from self._decline(library, searcher, question)
                return
            yield Stage(StageName.LOADING)
            prompt = self._prompt(self.engine, question, hits)
            yield Retrieved(prompt.hits, prompt.cut)
            draft = _Draft()
            yield from self._write(self.engine, prompt, draft)
            context = {**self._engine_facts(self.engine), **self._settings_facts()}
            yield from self._conclude(library, searcher, draft.text, question, draft, prompt, context)

    def check_text(self, text: str, question: str | None = None) -> Iterator[Event]:
        """Check a text that came from elsewhere, as an answer is checked. Raises as ``answer`` does."""
        with Library.open(self.library_folder) as library:
            searcher = Searcher(library, self.embedder)
            yield from self._conclude(library, searcher, text, question, None, None, self._settings_facts())

    def _decline(self, library: Library, searcher: Searcher, question: str) -> Iterator[Event]:
        """An empty library: no model is asked, and the refusal itself is held as could not check."""
        text = template("decline", detect_language(question))
        yield DraftText(text)
        yield from self._conclude(library, searcher, text, question, None, None, self._settings_facts())

    def _prompt(self, engine: Engine, question: str, hits: tuple[object, ...]) -> Prompt:
        budget = engine.facts().context_tokens - self.settings.max_answer_tokens
        return build_prompt(question, hits, detect_language(question), budget, engine.count_tokens)  # type: ignore[arg-type]

    def _write(self, engine: Engine, prompt: Prompt, draft: _Draft) -> Iterator[Event]:
        request = Request(
            messages=prompt.messages,
            max_tokens=self.settings.max_answer_tokens,
            temperature=self.settings.temperature,
            seed=self.settings.seed,
        )
        yield Stage(StageName.READING, 0, 100)
        with closing(engine.generate(request)) as events:  # type: ignore[type-var]
            for event in events:
                yield from self._told(event, draft)

    def _told(self, event: Token | Heartbeat | Generated, draft: _Draft) -> Iterator[Event]:
        if isinstance(event, Generated):
            draft.end = event
        elif isinstance(event, Heartbeat):
            yield (
                Stage(StageName.READING, round(100 * event.progress), 100) if not draft.tokens else Waiting()
            )
        else:
            if not draft.tokens:
                yield Stage(StageName.WRITING)
            draft.tokens.append(event)
            yield DraftText(event.text)

    def _conclude(
        self,
        library: Library,
        searcher: Searcher,
        text: str,
        question: str | None,
        draft: _Draft | None,
        prompt: Prompt | None,
        context: Mapping[str, Param],
    ) -> Iterator[Event]:
        verifier = Verifier(self.embedder, self.checker, Policy.from_settings(self.settings))
        source = LibrarySource(searcher)
        cut_off = bool(draft and draft.end and draft.end.reason is StopReason.LENGTH)
        signals = TokenSignals.from_tokens(draft.tokens) if draft else None
        claims: list[Claim] = []
        yield Stage(StageName.CHECKING)
        for index, total, claim in verifier.claims(text, source, question, signals=signals):
            claims.append(claim)
            yield ClaimChecked(index, total, claim)
        check = verifier.conclude(text, tuple(claims), source, question, cut_off=cut_off)
        answer = self._answer(text, question, check, draft)
        audit.record_answer(library, answer, prompt=prompt.text() if prompt else "", context=context)
        yield Finished(answer)
