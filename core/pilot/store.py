"""A run on disk as records: begin one, load one, and read what is still to be done."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.audit import now
from core.errors import PilotError
from core.llm.choice import AnyModel
from core.llm.servers import ServerModel
from core.pilot.codec import decode, encode
from core.pilot.sets import QuestionSet
from core.pilot.types import Environment, Question, Run, RunModel, RunPlan, RunRow
from core.pilot.variants import Case
from core.store.pilot_run import RunStore
from core.types import Hit


def begin(
    folder: Path, asked: QuestionSet, plan: RunPlan, models: Sequence[AnyModel], here: Environment
) -> None:
    """Write a new run's file; nothing is asked yet.

    Raises PilotError ``set_problems`` for a set that is not usable, ``run_exists`` where a run is.
    """
    if not asked.usable:
        raise PilotError("set_problems", path=asked.name, count=len(asked.problems))
    facts = {
        "id": secrets.token_hex(8),
        "created_at": now(),
        "plan": encode(plan),
        "environment": encode(here),
    }
    with RunStore.create(folder) as store:
        store.put_plan(facts, [(question.number, encode(question)) for question in asked.questions])
        for position, model in enumerate(models):
            store.put_model(position, model.name, encode(_run_model(model)))


def _run_model(model: AnyModel) -> RunModel:
    if isinstance(model, ServerModel):
        return RunModel(name=model.name, sha256="", path="", size=0, server=model.url)
    return RunModel(
        name=model.name,
        sha256=model.sha256,
        path=str(model.path),
        size=model.size,
        license=model.license,
        architecture=model.architecture,
        quantization=model.quantization,
        parameters=model.parameters,
    )


def load_run(folder: Path) -> Run:
    """The run in this folder with whatever rows it has. Raises PilotError or LibraryError."""
    with RunStore.open(folder) as store:
        facts = store.facts()
        if not {"id", "created_at", "plan", "environment"} <= facts.keys():
            raise PilotError("run_damaged")
        return Run(
            id=facts["id"],
            created_at=facts["created_at"],
            plan=decode(facts["plan"], RunPlan),
            environment=decode(facts["environment"], Environment),
            questions=questions(store),
            hits=hits(store),
            models=models(store),
            rows=tuple(decode(text, RunRow) for text in store.rows()),
        )


def questions(store: RunStore) -> tuple[Question, ...]:
    """The questions in order."""
    return tuple(decode(text, Question) for text in store.questions())


def hits(store: RunStore) -> dict[int, tuple[Hit, ...]]:
    """The passages of each question that has been looked up."""
    return {number: decode(text, tuple[Hit, ...]) for number, text in store.hits().items()}


def models(store: RunStore) -> tuple[RunModel, ...]:
    """The models in the order of the run."""
    return tuple(decode(text, RunModel) for text in store.models())


def cases(store: RunStore) -> tuple[Case, ...]:
    """The variants that were made, by question."""
    return tuple(decode(text, Case) for text in store.cases())


def put_cases(store: RunStore, made: Iterable[Case]) -> None:
    """Keep variants, so that every model is asked the same and a resumed run asks them again unchanged."""
    store.put_cases((case.question, case.variant.value, encode(case)) for case in made)
