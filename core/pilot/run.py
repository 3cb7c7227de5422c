"""Running a pilot: every question through every model on the same passages, one transaction an answer.

A run is a generator: iterate to work, close to pause. What is on disk stays; calling again goes on with the
first row that is missing, so that a pause, a crash or a kill costs the answer that was being written and
nothing else. Where checking is spread (``core.pilot.spread``) all answers are written and kept first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from core.assistant import Assistant, Written
from core.assistant.events import Event
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import CoreError, ModelError, PilotError
from core.llm import choice
from core.llm.engine import Engine, EngineConfig
from core.llm.process import LlamaProcess
from core.pilot import energy, passports, speeds
from core.pilot import store as stored
from core.pilot.checking import Begun, Checking, kept
from core.pilot.codec import decode, encode
from core.pilot.jobs import Job, key, row_without
from core.pilot.progress import (
    AnswerKept,
    Began,
    Clock,
    Ended,
    LookedUp,
    ModelReady,
    RowDone,
    RunEvent,
    Working,
)
from core.pilot.rewriting import write
from core.pilot.spread import Sent, Spread
from core.pilot.types import Environment, Question, RowStatus, RunModel, RunPlan, RunRow, Variant
from core.pilot.variants import chosen, make_cases
from core.settings import load_settings
from core.store.database import Library
from core.store.pilot_run import Key, RunStore
from core.types import Reason

OpenEngine = Callable[[RunModel, EngineConfig], Engine]
Found = TypeVar("Found")


def engine_of(model: RunModel, config: EngineConfig) -> Engine:
    """The engine of a run: llama.cpp in a child process of its own, or a server of the firm.

    Raises ModelError when the server's entry is gone, EngineError when its host is not allowed.
    """
    if model.server is not None:
        return choice.open_server(model.name, config, load_settings())
    return LlamaProcess(Path(model.path), config)


@dataclass(slots=True)
class Pilot:
    """Works off the run in ``folder``. ``open_engine`` is there for tests and for engines elsewhere;
    ``spread`` checks the answers elsewhere, once all are written.
    """

    folder: Path
    embedder: Embedder | None
    checker: Checker | None
    open_engine: OpenEngine = engine_of
    spread: Spread | None = None

    def work(self) -> Generator[RunEvent, None, None]:
        """Do what is missing; a row that fails is told as a row.

        Raises PilotError when something that rows are compared by is not as the run began: ``run_documents``,
        ``run_policy``, ``run_environment``, ``run_model_changed``; and ``run_elsewhere`` when another program
        works on this run. Raises LibraryError when a file cannot be written.
        """
        with RunStore.open(self.folder) as store:
            facts = store.facts()
            begun = Begun(decode(facts["plan"], RunPlan), decode(facts["environment"], Environment))
            with Library.open(Path(begun.plan.library), create=False) as library:
                yield from _Session(self, store, begun, library).work()


class _Session:
    """One stretch of work on a run, from opening to its end or a pause."""

    def __init__(self, pilot: Pilot, store: RunStore, begun: Begun, library: Library) -> None:
        self._pilot, self._store, self._plan, self._begun = pilot, store, begun.plan, begun
        self._checking = Checking(begun, library, pilot.embedder, pilot.checker)
        self._settings, self._searcher = self._checking.settings, self._checking.searcher
        self._questions = stored.questions(store)
        self._models = stored.models(store)
        self._clock = Clock()
        self._failed = 0
        self._jobs: tuple[Job, ...] = ()
        self._there: set[Key] = store.keys()
        self._written: set[Key] = store.written()

    def work(self) -> Iterator[RunEvent]:
        """Everything that is missing, in a fixed order."""
        yield from self._look_up()
        self._jobs = tuple(self._planned())
        yield Began(len(self._there), self._total)
        for position, model in enumerate(self._models):
            yield from self._model(position, model)
        if self._pilot.spread is not None:
            yield from self._check_elsewhere(self._pilot.spread)
        yield Ended(len(self._there), self._failed)

    @property
    def _config(self) -> EngineConfig:
        return EngineConfig(self._settings.context_tokens, self._settings.threads, self._settings.gpu_layers)

    @property
    def _total(self) -> int:
        return len(self._jobs) * len(self._models)

    def _pending(self, model: RunModel) -> list[Job]:
        return [job for job in self._jobs if key(model.name, job) not in self._there]

    def _unwritten(self, model: RunModel) -> list[Job]:
        """What a model has yet to write."""
        return [
            job
            for job in self._pending(model)
            if job.skipped is None and key(model.name, job) not in self._written
        ]

    def _look_up(self) -> Iterator[RunEvent]:
        """Passages and variants, before any model: they are the same for all."""
        known = stored.hits(self._store)
        for done, question in enumerate(self._questions, start=1):
            if question.number not in known:
                found = self._searcher.search(question.text, self._settings.passages)
                self._store.put_hits(question.number, encode(found))
                yield LookedUp(done, len(self._questions))
        made = {case.question for case in stored.cases(self._store)}
        missing = [q for q in chosen(self._questions, self._plan.stability) if q.number not in made]
        writer = next((model for model in self._models if model.name == self._plan.writer), None)
        if writer is None or not missing:
            yield from self._vary(missing, None, None)
        else:
            with closing(self._pilot.open_engine(writer, self._config)) as engine:
                yield from self._vary(missing, writer, engine)

    def _vary(
        self, missing: list[Question], writer: RunModel | None, engine: Engine | None
    ) -> Iterator[RunEvent]:
        """The variants of questions, with a model's words where one writes them."""
        hits = stored.hits(self._store)
        for question in missing:
            wordings = None
            if writer is not None and engine is not None:
                first = Job(question, Variant.REWRITTEN, question.text, ())
                wordings = yield from _told(write(question, engine, writer.name), writer, first)
            cases = make_cases(question, hits[question.number], self._searcher.search, wordings)
            stored.put_cases(self._store, cases)
            yield LookedUp(len(self._questions), len(self._questions))

    def _planned(self) -> Iterator[Job]:
        """The original questions first, so that a run that is cut short still has them all."""
        hits = stored.hits(self._store)
        for question in self._questions:
            yield Job(question, Variant.BASE, question.text, hits[question.number])
        for case in stored.cases(self._store):
            question = self._questions[case.question - 1]
            yield Job(question, case.variant, case.asked, case.hits, case.note, case.skipped)

    def _model(self, position: int, model: RunModel) -> Iterator[RunEvent]:
        pending = self._pending(model)
        if not self._unwritten(model):
            for job in pending:
                yield from self._row(model, job, None, None)
            return
        with closing(self._pilot.open_engine(model, self._config)) as engine:
            broken: CoreError | None = None
            try:
                model = yield from self._load(position, model, engine, pending[0])
            except ModelError as error:
                broken = error  # each row says why; the next model may work
            for job in pending:
                yield from self._row(model, job, engine, broken)

    def _load(
        self, position: int, model: RunModel, engine: Engine, first: Job
    ) -> Generator[RunEvent, None, RunModel]:
        started = time.monotonic()
        for _ in engine.load():
            yield Working(first.question.number, model.name, first.variant)
        loading = round(time.monotonic() - started, 3)
        facts = engine.facts()
        if facts.model.sha256 != model.sha256:
            raise PilotError("run_model_changed", name=model.name)
        known = replace(model, facts=facts, seconds_loading=model.seconds_loading or loading)
        if known.passport is None:
            known = replace(known, passport=(yield from _told(passports.take(model), model, first)))
        if known.speeds is None:
            known = replace(known, speeds=(yield from _told(speeds.measure(engine), model, first)))
        self._store.put_model(position, known.name, encode(known))
        yield ModelReady(known)
        return known

    def _row(
        self, model: RunModel, job: Job, engine: Engine | None, broken: CoreError | None
    ) -> Iterator[RunEvent]:
        """One row: worked out, put on disk, then told. Where checking is spread, its answer alone."""
        started, row = time.monotonic(), None
        if job.skipped is not None:
            row = row_without(model.name, job, RowStatus.SKIPPED, job.skipped)
        elif broken is not None and key(model.name, job) not in self._written:
            row = row_without(model.name, job, RowStatus.FAILED, Reason(broken.code, broken.params))
        elif self._pilot.spread is None:
            row = yield from kept(model.name, job, self._ask(model, job, engine))
        else:
            row = yield from kept(model.name, job, self._keep(model, job, engine))
        if job.skipped is None:
            self._clock.add(model.name, time.monotonic() - started)
        if row is not None:
            waiting = self._pending if self._pilot.spread is None else self._unwritten
            self._put(model.name, job, row)
            yield self._done(row, self._clock.left({each.name: len(waiting(each)) for each in self._models}))

    def _put(self, model: str, job: Job, row: RunRow) -> None:
        self._failed += row.status is RowStatus.FAILED
        if not self._store.put_row(key(model, job), row.status.value, encode(row)):
            raise PilotError(
                "run_elsewhere", path=str(self._store.path)
            )  # written since we looked: not by us
        self._there.add(key(model, job))

    def _done(self, row: RunRow, left: float | None) -> RowDone:
        return RowDone(row, len(self._there), self._total, left)

    def _ask(self, model: RunModel, job: Job, engine: Engine | None) -> Generator[RunEvent, None, RunRow]:
        """Write and check, here."""
        before = None if key(model.name, job) in self._written else energy.read()
        written = yield from self._answer(model, job, engine)
        return (yield from _told(self._checking.row(model.name, job, written, before), model, job))

    def _answer(self, model: RunModel, job: Job, engine: Engine | None) -> Generator[RunEvent, None, Written]:
        """The answer that is kept, else one written now."""
        if key(model.name, job) in self._written:
            return decode(self._store.written_answer(key(model.name, job)), Written)
        own, pilot = Path(self._plan.library), self._pilot
        assistant = Assistant(own, engine, pilot.embedder, pilot.checker, self._settings)
        return (yield from _told(assistant.write(job.asked, self._checking.given(job)), model, job))

    def _keep(self, model: RunModel, job: Job, engine: Engine | None) -> Generator[RunEvent, None, None]:
        """Write one answer and put it on disk, to be checked with all others."""
        if key(model.name, job) in self._written:
            return
        written = yield from self._answer(model, job, engine)
        self._store.put_written(key(model.name, job), encode(written))
        self._written.add(key(model.name, job))
        left = sum(len(self._unwritten(each)) for each in self._models)
        yield AnswerKept(job.question.number, model.name, job.variant, left)

    def _check_elsewhere(self, spread: Spread) -> Iterator[RunEvent]:
        """All answers that are written, checked and put on disk as they come back."""
        waiting = [(model.name, job) for model in self._models for job in self._pending(model)]
        if not waiting:
            return
        sent = (
            Sent(name, job, decode(self._store.written_answer(key(name, job)), Written))
            for name, job in waiting
        )
        started = time.monotonic()
        with closing(spread(self._begun, sent)) as rows:
            for done, ((name, job), row) in enumerate(zip(waiting, rows, strict=True), start=1):
                self._put(name, job, row)
                each = (time.monotonic() - started) / done
                yield self._done(row, each * (len(waiting) - done))


def _told(
    work: Generator[Event | None, None, Found], model: RunModel, job: Job
) -> Generator[RunEvent, None, Found]:
    """What the work says meanwhile, as events of a run; the value is the work's."""
    with closing(work):
        while True:
            try:
                event = next(work)
            except StopIteration as end:
                found: Found = end.value
                return found
            yield Working(job.question.number, model.name, job.variant, event)
