"""Running a pilot: every question through every model on the same passages, one transaction an answer.

A run is a generator: iterate to work, close to pause. What is on disk stays; calling again goes on with the
first row that is missing, so that a pause, a crash or a kill costs the answer that was being written and
nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from core.assistant import Assistant, Given
from core.assistant.events import Finished, Retrieved, Stage, StageName
from core.assistant.prompt import shown
from core.audit import now
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import CoreError, LibraryError, ModelError, PilotError
from core.index.search import Searcher
from core.llm import choice
from core.llm.engine import Engine, EngineConfig
from core.llm.process import LlamaProcess
from core.pilot import energy, passports, speeds
from core.pilot import store as stored
from core.pilot.agreement import agreement
from core.pilot.codec import decode, encode
from core.pilot.environment import differing, documents_digest, environment, policy_in_use, settings_of
from core.pilot.knockout import knock_out
from core.pilot.progress import Began, Clock, Ended, LookedUp, ModelReady, RowDone, RunEvent, Working
from core.pilot.rewriting import write
from core.pilot.types import (
    Environment,
    Question,
    RowStatus,
    RunModel,
    RunPlan,
    RunRow,
    Timing,
    Variant,
)
from core.pilot.variants import chosen, make_cases
from core.settings import load_settings
from core.store.database import Library
from core.store.documents import count_passages
from core.store.pilot_run import Key, RunStore
from core.types import Answer, Hit, Param, Reason
from core.verify.evidence import EvidenceSource
from core.verify.levels import Policy
from core.verify.sources import ContextSource, LibrarySource
from core.verify.verifier import Verifier

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
    """Works off the run in ``folder``. ``open_engine`` is there for tests and for engines elsewhere."""

    folder: Path
    embedder: Embedder | None
    checker: Checker | None
    open_engine: OpenEngine = engine_of

    def work(self) -> Generator[RunEvent, None, None]:
        """Do what is missing; a row that fails is told as a row.

        Raises PilotError when something that rows are compared by is not as the run began: ``run_documents``,
        ``run_policy``, ``run_environment``, ``run_model_changed``; and ``run_elsewhere`` when another program
        works on this run. Raises LibraryError when a file cannot be written.
        """
        with RunStore.open(self.folder) as store:
            facts = store.facts()
            plan = decode(facts["plan"], RunPlan)
            changed = differing(
                decode(facts["environment"], Environment), environment(self.embedder, self.checker)
            )
            if changed:
                raise PilotError("run_environment", what=", ".join(changed))
            with Library.open(Path(plan.library), create=False) as library:
                if documents_digest(library) != plan.documents:
                    raise PilotError("run_documents", path=plan.library)
                yield from _Session(self, store, plan, library).work()


@dataclass(frozen=True, slots=True)
class _Job:
    """One row to come: what is asked, and from which passages."""

    question: Question
    variant: Variant
    asked: str
    hits: tuple[Hit, ...]
    note: Mapping[str, Param] = field(default_factory=dict)
    skipped: Reason | None = None


class _Session:
    """One stretch of work on a run, from opening to its end or a pause."""

    def __init__(self, pilot: Pilot, store: RunStore, plan: RunPlan, library: Library) -> None:
        self._pilot, self._store, self._plan = pilot, store, plan
        self._settings = settings_of(dict(plan.settings))
        self._searcher = Searcher(library, pilot.embedder)
        self._whole = LibrarySource(self._searcher, empty=not count_passages(library))
        policy, outdated = policy_in_use(library, pilot.checker)
        if policy.digest != plan.policy:
            raise PilotError("run_policy", path=plan.library)
        self._verifier = Verifier(
            pilot.checker, Policy.from_settings(self._settings, policy, outdated=outdated)
        )
        self._questions = stored.questions(store)
        self._models = stored.models(store)
        self._clock = Clock()
        self._failed = 0
        self._jobs: tuple[_Job, ...] = ()
        self._there: set[Key] = store.keys()

    def work(self) -> Iterator[RunEvent]:
        """Everything that is missing, in a fixed order."""
        yield from self._look_up()
        self._jobs = tuple(self._planned())
        yield Began(len(self._there), self._total)
        for position, model in enumerate(self._models):
            yield from self._model(position, model)
        yield Ended(len(self._there), self._failed)

    @property
    def _config(self) -> EngineConfig:
        return EngineConfig(self._settings.context_tokens, self._settings.threads, self._settings.gpu_layers)

    @property
    def _total(self) -> int:
        return len(self._jobs) * len(self._models)

    def _pending(self, model: RunModel) -> list[_Job]:
        return [job for job in self._jobs if _key(model, job) not in self._there]

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
                first = _Job(question, Variant.REWRITTEN, question.text, ())
                wordings = yield from _told(write(question, engine, writer.name), writer, first)
            cases = make_cases(question, hits[question.number], self._searcher.search, wordings)
            stored.put_cases(self._store, cases)
            yield LookedUp(len(self._questions), len(self._questions))

    def _planned(self) -> Iterator[_Job]:
        """The original questions first, so that a run that is cut short still has them all."""
        hits = stored.hits(self._store)
        for question in self._questions:
            yield _Job(question, Variant.BASE, question.text, hits[question.number])
        for case in stored.cases(self._store):
            question = self._questions[case.question - 1]
            yield _Job(question, case.variant, case.asked, case.hits, case.note, case.skipped)

    def _model(self, position: int, model: RunModel) -> Iterator[RunEvent]:
        pending = self._pending(model)
        if not pending:
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
        self, position: int, model: RunModel, engine: Engine, first: _Job
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
        self, model: RunModel, job: _Job, engine: Engine, broken: CoreError | None
    ) -> Iterator[RunEvent]:
        """One row: worked out, put on disk, then told."""
        started = time.monotonic()
        if job.skipped is not None:
            row = _without(model, job, RowStatus.SKIPPED, job.skipped)
        elif broken is not None:
            row = _without(model, job, RowStatus.FAILED, Reason(broken.code, broken.params))
        else:
            row = yield from self._answered(model, job, engine)
        self._failed += row.status is RowStatus.FAILED
        if not self._store.put_row(_key(model, job), row.status.value, encode(row)):
            raise PilotError(
                "run_elsewhere", path=str(self._store.path)
            )  # written since we looked: not by us
        self._there.add(_key(model, job))
        if row.status is not RowStatus.SKIPPED:
            self._clock.add(model.name, time.monotonic() - started)
        left = self._clock.left({each.name: len(self._pending(each)) for each in self._models})
        yield RowDone(row, len(self._there), self._total, left)

    def _answered(self, model: RunModel, job: _Job, engine: Engine) -> Generator[RunEvent, None, RunRow]:
        try:
            return (yield from self._ask(model, job, engine))
        except LibraryError:
            raise  # a disk that is full or gone: nothing can be kept
        except CoreError as error:
            return _without(model, job, RowStatus.FAILED, Reason(error.code, error.params))
        except (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError) as error:
            detail = f"{type(error).__name__}: {error}"[:200]  # one odd answer must not end a night's run
            return _without(model, job, RowStatus.FAILED, Reason("row_failed", {"detail": detail}))

    def _ask(self, model: RunModel, job: _Job, engine: Engine) -> Generator[RunEvent, None, RunRow]:
        own = Path(self._plan.library)
        assistant = Assistant(own, engine, self._pilot.embedder, self._pilot.checker, self._settings)
        source = self._whole if job.variant is Variant.BASE else _passages_of(job.hits, self._pilot.embedder)
        cut, checking, before = 0, time.monotonic(), energy.read()
        with closing(assistant.answer(job.asked, Given(job.hits, source))) as events:
            for event in events:
                cut = event.cut if isinstance(event, Retrieved) else cut
                if isinstance(event, Stage) and event.name is StageName.CHECKING:
                    checking = time.monotonic()
                if isinstance(event, Finished):
                    row = _row_of(model, job, event.answer, cut, time.monotonic() - checking)
                    spent = energy.read().since(before)
                    row = replace(row, timing=replace(row.timing, joules=spent))
                    return self._compared(row, job)
                yield Working(job.question.number, model.name, job.variant, event)
        raise AssertionError("an answer always ends with Finished")

    def _compared(self, row: RunRow, job: _Job) -> RunRow:
        """What is held against the answer afterwards; none of it counts as checking time."""
        expected, question = job.question.expected, job.question
        if expected and job.variant is Variant.BASE:
            agreed = agreement(self._verifier, question.text, expected, row.answer, refused=row.refused)
            row = replace(row, agreement=agreed)
        if self._plan.knockout and job.variant is Variant.BASE and row.check is not None:
            row = replace(row, knockouts=knock_out(self._verifier, self._whole, row.check, question.text))
        return row


def _told(
    work: Generator[None, None, Found], model: RunModel, first: _Job
) -> Generator[RunEvent, None, Found]:
    """What is done once for each model before its first row: a resumed run does not do it again."""
    with closing(work):
        while True:
            try:
                next(work)
            except StopIteration as end:
                found: Found = end.value
                return found
            yield Working(first.question.number, model.name, first.variant)


def _passages_of(hits: tuple[Hit, ...], embedder: Embedder | None) -> EvidenceSource:
    """Only the passages that the model read, each with the header and the file name it was shown with."""
    return ContextSource([shown(hit.passage) for hit in hits], embedder)


def _row_of(model: RunModel, job: _Job, answer: Answer, cut: int, checking: float) -> RunRow:
    facts = answer.generation
    return RunRow(
        question=job.question.number,
        model=model.name,
        variant=job.variant,
        status=RowStatus.DONE,
        asked=job.asked,
        answer=answer.text,
        check=answer.check,
        decision=answer.decision,
        refused=answer.refused,
        timing=Timing(
            reading=float(facts["seconds_reading"]),
            writing=float(facts["seconds_writing"]),
            checking=round(checking, 3),
            prompt_tokens=int(facts["prompt_tokens"]),
            cached_tokens=int(facts["cached_tokens"]),
            answer_tokens=int(facts["answer_tokens"]),
        ),
        stop=str(facts["stop"]),
        passages=len(job.hits) - cut,
        cut=cut,
        prompt_sha256=str(facts["prompt_sha256"]),
        note=job.note,
        at=now(),
    )


def _without(model: RunModel, job: _Job, status: RowStatus, reason: Reason) -> RunRow:
    """A row without an answer."""
    return RunRow(
        question=job.question.number,
        model=model.name,
        variant=job.variant,
        status=status,
        asked=job.asked,
        reason=reason,
        note=job.note,
        at=now(),
    )


def _key(model: RunModel, job: _Job) -> Key:
    return model.name, job.variant.value, job.question.number
