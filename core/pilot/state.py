"""How far a run on disk is: whether it is whole, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.pilot.store import cases, load_run
from core.pilot.types import RowStatus, Run
from core.pilot.variants import chosen
from core.store.pilot_run import RunStore


@dataclass(frozen=True, slots=True)
class RunState:
    """So many rows are there of all. ``total`` may still grow until the run is ``prepared``: passages and
    variants of questions are looked up before any model is asked.
    """

    done: int
    total: int
    failed: int
    prepared: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.prepared and self.done >= self.total


def load_state(folder: Path) -> tuple[Run, RunState]:
    """The run in this folder, and how far it is. Raises PilotError or LibraryError."""
    run = load_run(folder)
    with RunStore.open(folder) as store:
        made = cases(store)
    wanted = {question.number for question in chosen(run.questions, run.plan.stability)}
    looked_up = run.hits.keys() >= {question.number for question in run.questions}
    state = RunState(
        done=len(run.rows),
        total=(len(run.questions) + len(made)) * len(run.models),
        failed=sum(row.status is RowStatus.FAILED for row in run.rows),
        prepared=looked_up and {case.question for case in made} >= wanted,
    )
    return run, state
