"""Labelled sets as customers: what the shipped verifier says of their answers, kept between runs.

Each row of a set is judged once by each version of the verifier. What came out is kept in a file of JSON
lines by customer, row and verifier, so that benchmarks run again in seconds.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.verifier import unfitted
from core.calibrate.analysis import present_verifier
from core.calibrate.pool import ALWAYS_HELD
from core.types import Check, Verdict
from core.verify.levels import Policy, never_low
from core.verify.model import open_models
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier
from training.fit_fusion import claim_label

UNCHECKED = (Verdict.NO_CLAIM, Verdict.COULD_NOT_CHECK)


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer as the verifier saw it: its shipped risk (1 where no threshold lets it pass, None where it
    claims nothing), its label, and of each checked claim the shipped risk and label (None: unknown).
    """

    verifier: str
    customer: str
    row: str
    risk: float | None
    bad: int
    claims: tuple[tuple[float, int | None], ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """What one customer's answers offer to draw from, one case a claim, or one an answer where the set does
    not say which of an answer's claims are wrong.
    """

    risks: np.ndarray
    answer_risks: np.ndarray
    bad: np.ndarray
    answers: np.ndarray  # which answer each case stands in
    unit: str


_state: dict[str, Any] = {}


def _start() -> None:
    models = open_models(1)
    _state.update(verifier=Verifier(models.checker, Policy()), embedder=models.embedder)


def _judge(task: tuple[str, str, dict[str, Any]]) -> Judged:
    verifier, customer, row = task
    source = ContextSource(row["context"], _state["embedder"])
    return judged(verifier, customer, row, _state["verifier"].check(row["answer"], source, row["question"]))


def judged(verifier: str, customer: str, row: dict[str, Any], check: Check) -> Judged:
    """A check with the labels that the set has for it."""
    stated = [claim for claim in check.claims if claim.verdict is not Verdict.NO_CLAIM]
    held = any(never_low(claim.verdict, [reason.code for reason in claim.reasons]) for claim in stated)
    claims = tuple(
        (claim.risk, claim_label(row, claim.start, claim.end, len(stated)))
        for claim in stated
        if claim.verdict not in UNCHECKED
    )
    risk = (ALWAYS_HELD if held else check.risk) if stated else None
    return Judged(verifier, customer, str(row["id"]), risk, int(row["label"]), claims)


def gather(data: Path, sets: Sequence[str], rows: int, fitted: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of each customer: a set, or where it holds both languages one of them."""
    for name in sets:
        found = unfitted(data / f"{name}.dev.jsonl.gz", 10**9, fitted)
        found = [row for row in found if any(text.strip() for text in row["context"])]
        languages = sorted({str(row["lang"]) for row in found})
        for language in languages:
            customer = name if len(languages) == 1 else f"{name} ({language})"
            yield from ((customer, row) for row in [r for r in found if r["lang"] == language][:rows])


def score(tasks: Sequence[tuple[str, dict[str, Any]]], cache: Path | None, workers: int) -> list[Judged]:
    """Judge the rows, taking from the cache what this very verifier has judged before."""
    verifier = present_verifier()
    known = {(one.customer, one.row): one for one in _cached(cache) if one.verifier == verifier}
    todo = [(verifier, customer, row) for customer, row in tasks if (customer, str(row["id"])) not in known]
    print(f"{len(tasks)} answers, {len(todo)} of them to be judged by verifier {verifier}", flush=True)
    if todo:
        with multiprocessing.get_context("spawn").Pool(workers, _start) as pool:
            for one in _kept(cache, pool.imap(_judge, todo, 4)):
                known[one.customer, one.row] = one
    return [known[customer, str(row["id"])] for customer, row in tasks]


def _cached(cache: Path | None) -> Iterator[Judged]:
    if cache is None or not cache.exists():
        return
    with cache.open(encoding="utf-8") as lines:
        for line in lines:
            stored = json.loads(line)
            yield Judged(**stored | {"claims": tuple((risk, label) for risk, label in stored["claims"])})


def _kept(cache: Path | None, fresh: Iterable[Judged]) -> Iterator[Judged]:
    """Write each one down as it comes, so that a run that is stopped loses nothing."""
    with ExitStack() as stack:
        out = None if cache is None else stack.enter_context(cache.open("a", encoding="utf-8"))
        for one in fresh:
            if out is not None:
                out.write(json.dumps(asdict(one)) + "\n")
                out.flush()
            yield one


def cases(answers: Sequence[Judged]) -> Cases:
    """One case a claim where every label is known, else one an answer."""
    known = all(label is not None for one in answers for _, label in one.claims)
    found = [
        (risk, one.risk, label, at)
        for at, one in enumerate(answers)
        if one.risk is not None
        for risk, label in (one.claims if known else [(one.risk, one.bad)])
    ]
    columns = [np.array([case[at] for case in found], dtype=float) for at in range(4)]
    return Cases(*columns[:3], columns[3].astype(int), "claims" if known else "answers")
