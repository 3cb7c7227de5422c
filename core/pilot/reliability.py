"""How the verifier's risks hold against the set's own expected answers: reliability, and risk by coverage.

An answer is *wrong* here where the set can tell: it answers a question that the documents do not answer, or
lacks a figure of the expected answer, or, where that has no figure, does not hold it by the verifier. What
else an answer says is not judged by this, so that a risk told for such a rest looks too high.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from core.pilot.evidence import wanted_figures
from core.pilot.stability import states
from core.pilot.statistics import share
from core.pilot.types import Expect, Question, Run, RunRow
from core.report.charts import Bin
from core.report.drawing import Point
from core.types import Level

ENOUGH = 10  # answers that must be told right or wrong before a curve says anything
_BINS, _BIN_SIZE = 5, 5  # at most so many bins, each of at least so many answers


def wrong(question: Question, row: RunRow) -> bool | None:
    """Whether an answer is wrong by the set; None for a refusal, a failure, and where the set cannot tell."""
    if not row.done or row.refused:
        return None
    if question.expect is Expect.REFUSE:
        return True
    figures = wanted_figures(question)
    if figures:
        return not all(states(row.answer, figure) for figure in figures)
    return None if row.agreement is None else not row.agreement.covers


def told(run: Run, model: str) -> tuple[tuple[float, bool, Level], ...]:
    """Risk, wrong or not, and level of each answer of a model that the set can judge, by rising risk."""
    found = []
    for row in run.of(model):
        bad = wrong(run.question(row.question), row)
        if bad is not None and row.check is not None:
            found.append((row.check.risk, bad, row.check.level))
    return tuple(sorted(found, key=lambda each: each[0]))


def bins(judged: Sequence[tuple[float, bool, Level]]) -> tuple[Bin, ...]:
    """About equally many answers a bin, by rising risk, each share with Wilson's interval."""
    ordered = sorted(judged, key=lambda each: each[0])
    count = max(1, min(_BINS, len(ordered) // _BIN_SIZE))
    parts = [ordered[at * len(ordered) // count : (at + 1) * len(ordered) // count] for at in range(count)]
    return tuple(_bin(part) for part in parts if part)


def _bin(part: Sequence[tuple[float, bool, Level]]) -> Bin:
    seen = share(sum(bad for _, bad, _ in part), len(part))
    return Bin(fmean(risk for risk, _, _ in part), seen.value, len(part), seen.low, seen.high)


def risk_curve(judged: Sequence[tuple[float, bool, Level]]) -> tuple[Point, ...]:
    """The share let through against the share of wrong ones in it, as the bound on the risk rises; answers of
    one risk pass together.
    """
    points: list[Point] = []
    passed = bad = 0
    for _, same_risk in groupby(sorted(judged, key=lambda each: each[0]), key=lambda each: each[0]):
        for _, is_bad, _ in same_risk:
            passed, bad = passed + 1, bad + is_bad
        points.append((passed / len(judged), bad / passed))
    return tuple(points)


def at_gate(judged: Sequence[tuple[float, bool, Level]]) -> Point | None:
    """The point of the curve at which the gate stands: what is low passes. None where nothing does."""
    low = [bad for _, bad, level in judged if level is Level.LOW]
    return (len(low) / len(judged), sum(low) / len(low)) if low else None
