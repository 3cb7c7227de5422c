"""The checking of a run's answers: here after each is written, or in a worker elsewhere, by the same code."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from core.assistant import Assistant, Given, Written
from core.assistant.events import Event, Finished
from core.assistant.prompt import shown
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.errors import CoreError, LibraryError, PilotError
from core.index.search import Searcher
from core.pilot.agreement import agreement
from core.pilot.energy import Reading, read
from core.pilot.environment import differing, documents_digest, environment, policy_in_use, settings_of
from core.pilot.jobs import Job, row_of, row_without
from core.pilot.knockout import knock_out
from core.pilot.types import Environment, RowStatus, RunPlan, RunRow, Variant
from core.store.database import Library
from core.store.documents import count_passages
from core.types import Reason
from core.verify.evidence import EvidenceSource
from core.verify.levels import Policy
from core.verify.sources import ContextSource, LibrarySource
from core.verify.verifier import Verifier

Told = TypeVar("Told")
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Begun:
    """What a run stood on when it began: rows from anything else do not compare."""

    plan: RunPlan
    environment: Environment


class Checking:
    """Checks the answers of one run, and holds them against what was expected."""

    def __init__(
        self, begun: Begun, library: Library, embedder: Embedder | None, checker: Checker | None
    ) -> None:
        """Raises PilotError ``run_environment``, ``run_documents`` or ``run_policy`` where something is not
        as the run began.
        """
        plan = begun.plan
        changed = differing(begun.environment, environment(embedder, checker))
        if changed:
            raise PilotError("run_environment", what=", ".join(changed))
        if documents_digest(library) != plan.documents:
            raise PilotError("run_documents", path=plan.library)
        policy, outdated = policy_in_use(library, checker)
        if policy.digest != plan.policy:
            raise PilotError("run_policy", path=plan.library)
        self._plan, self._embedder = plan, embedder
        self.settings = settings_of(dict(plan.settings))
        self.searcher = Searcher(library, embedder)
        self._whole = LibrarySource(self.searcher, empty=not count_passages(library))
        self._verifier = Verifier(checker, Policy.from_settings(self.settings, policy, outdated=outdated))
        self._assistant = Assistant(Path(plan.library), None, embedder, checker, self.settings)

    def row(
        self, model: str, job: Job, written: Written, before: Reading | None = None
    ) -> Generator[Event, None, RunRow]:
        """Check one answer, with the events of it meanwhile; the value is its row. ``before`` are the
        machine's counters from before it was written, None where that was at another time.
        """
        started = time.monotonic()
        with closing(self._assistant.conclude(job.asked, written, self.given(job))) as events:
            for event in events:
                if isinstance(event, Finished):
                    row = row_of(model, job, event.answer, time.monotonic() - started)
                    if before is not None:
                        row = replace(row, timing=replace(row.timing, joules=read().since(before)))
                    return self._compared(row, job)
                yield event
        raise AssertionError("an answer always ends with Finished")

    def given(self, job: Job) -> Given:
        """The passages of a row, and where its claims are looked up: the whole library for the question as
        the set has it, for a variant only what the model read, each with the header and the name it was
        shown with.
        """
        source: EvidenceSource = self._whole
        if job.variant is not Variant.BASE:
            source = ContextSource([shown(hit.passage) for hit in job.hits], self._embedder)
        return Given(job.hits, source)

    def _compared(self, row: RunRow, job: Job) -> RunRow:
        """What is held against the answer afterwards; none of it counts as checking time."""
        expected, question = job.question.expected, job.question
        if expected and job.variant is Variant.BASE:
            agreed = agreement(self._verifier, question.text, expected, row.answer, refused=row.refused)
            row = replace(row, agreement=agreed)
        if self._plan.knockout and job.variant is Variant.BASE and row.check is not None:
            row = replace(row, knockouts=knock_out(self._verifier, self._whole, row.check, question.text))
        return row


def kept(model: str, job: Job, work: Generator[Told, None, Got]) -> Generator[Told, None, Got | RunRow]:
    """What the work ends with, or a row that says why there is nothing. Raises LibraryError: on a disk that
    is full or gone nothing can be kept.
    """
    try:
        return (yield from work)
    except LibraryError:
        raise
    except CoreError as error:
        return row_without(model, job, RowStatus.FAILED, Reason(error.code, error.params))
    except (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError) as error:
        detail = f"{type(error).__name__}: {error}"[:200]  # one odd answer must not end a night's run
        return row_without(model, job, RowStatus.FAILED, Reason("row_failed", {"detail": detail}))
