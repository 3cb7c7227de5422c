"""One row of a run to come, and the rows that it can become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.audit import now
from core.pilot.types import Question, RowStatus, RunRow, Timing, Variant
from core.store.pilot_run import Key
from core.types import Answer, Hit, Param, Reason


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked, and from which passages. ``skipped`` says why the variant does not apply."""

    question: Question
    variant: Variant
    asked: str
    hits: tuple[Hit, ...]
    note: Mapping[str, Param] = field(default_factory=dict)
    skipped: Reason | None = None


def key(model: str, job: Job) -> Key:
    """Where the row stands in the run's file."""
    return model, job.variant.value, job.question.number


def row_of(model: str, job: Job, answer: Answer, checking: float) -> RunRow:
    """The row of an answer that took so many seconds to check; further answers are drawn for the check alone,
    so that their seconds belong to it.
    """
    facts = answer.generation
    cut = int(facts["passages_cut"])
    return RunRow(
        question=job.question.number,
        model=model,
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
            checking=round(checking + float(facts.get("seconds_samples", 0.0)), 3),
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


def row_without(model: str, job: Job, status: RowStatus, reason: Reason) -> RunRow:
    """A row without an answer."""
    return RunRow(
        question=job.question.number,
        model=model,
        variant=job.variant,
        status=status,
        asked=job.asked,
        reason=reason,
        note=job.note,
        at=now(),
    )
