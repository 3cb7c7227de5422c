"""Two models side by side, on the same questions: paired tests, and "no difference shown" where none is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

from core.pilot.figures import Unit
from core.pilot.statistics import Interval, holm, mcnemar, mean, sign_flips
from core.pilot.types import Expect, Run, RunRow
from core.types import Level

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of two models: the mean difference (first − second) over ``pairs`` questions that both
    answered, with its bootstrap interval; ``p`` of the paired test (``mcnemar`` for shares, ``sign_flips``
    for means), ``adjusted`` by Holm for all comparisons of the pair.
    """

    code: str
    first: str
    second: str
    unit: Unit
    difference: Interval
    pairs: int
    test: str
    p: float
    adjusted: float

    @property
    def shown(self) -> bool:
        """Whether a difference is shown; else: no difference shown."""
        return self.adjusted < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class _Measure:
    code: str
    unit: Unit
    of: Callable[[RunRow], float]
    counts: Callable[[Expect, RunRow], bool] = lambda _expect, _row: True


_MEASURES = (
    _Measure("answer_rate", Unit.SHARE, lambda row: not row.refused),
    _Measure("right_refusals", Unit.SHARE, lambda row: row.refused, lambda e, _: e is Expect.REFUSE),
    _Measure("wrong_refusals", Unit.SHARE, lambda row: row.refused, lambda e, _: e is Expect.ANSWER),
    _Measure("level_low", Unit.SHARE, lambda row: row.level is Level.LOW),
    _Measure(
        "covers",
        Unit.SHARE,
        lambda row: bool(row.agreement and row.agreement.covers),
        lambda _, row: row.agreement is not None,
    ),
    _Measure(
        "similarity",
        Unit.SHARE,
        lambda row: row.agreement.similarity if row.agreement else 0.0,
        lambda _, row: row.agreement is not None,
    ),
    _Measure("seconds", Unit.SECONDS, lambda row: row.timing.seconds),
    _Measure("answer_tokens", Unit.TOKENS, lambda row: row.timing.answer_tokens),
)
_MEANS = ("similarity", "seconds", "answer_tokens")


def comparisons(run: Run) -> tuple[Comparison, ...]:
    """Every pair of models on every measure that has pairs."""
    found: list[Comparison] = []
    for first, second in combinations([model.name for model in run.models], 2):
        found += _pair(run, first, second)
    return tuple(found)


def _pair(run: Run, first: str, second: str) -> list[Comparison]:
    rows = [{row.question: row for row in run.of(name) if row.done} for name in (first, second)]
    expects = {question.number: question.expect for question in run.questions}
    both = [(number, rows[0][number], rows[1][number]) for number in sorted(rows[0].keys() & rows[1].keys())]
    found: list[tuple[_Measure, list[float], list[float], str, float]] = []
    for measure in _MEASURES:
        kept = [(a, b) for number, a, b in both if measure.counts(expects[number], a)]
        ones, others = [float(measure.of(a)) for a, _ in kept], [float(measure.of(b)) for _, b in kept]
        if kept:
            test, p = _tested(measure, ones, others)
            found.append((measure, ones, others, test, p))
    adjusted = holm([p for *_, p in found])
    return [
        Comparison(
            code=measure.code,
            first=first,
            second=second,
            unit=measure.unit,
            difference=mean([a - b for a, b in zip(ones, others, strict=True)]),
            pairs=len(ones),
            test=test,
            p=p,
            adjusted=better,
        )
        for (measure, ones, others, test, p), better in zip(found, adjusted, strict=True)
    ]


def _tested(measure: _Measure, ones: list[float], others: list[float]) -> tuple[str, float]:
    pairs = list(zip(ones, others, strict=True))
    if measure.code in _MEANS:
        return "sign_flips", sign_flips([a - b for a, b in pairs])
    return "mcnemar", mcnemar(sum(a > b for a, b in pairs), sum(a < b for a, b in pairs))
