"""Intervals and tests for the figures of a pilot, with numpy alone and fixed seeds: the same rows, the same
digits.

Sources: Wilson 1927 (interval of a share); Efron 1979 (percentile bootstrap); McNemar 1947 in its exact
binomial form; Rogan and Gladen 1978 (a share as an imperfect test sees it); Holm 1979 (several tests).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
RESAMPLES = 2_000
PERMUTATIONS = 10_000
_GRID = 1_001  # shares of bad cases that are weighed against each other
_SEED = 20_240_601
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between two bounds that hold it in 95 of 100 repetitions."""

    value: float
    low: float
    high: float


def share(successes: int, total: int) -> Interval:
    """A share of independent cases with Wilson's interval, which stays honest at none and at all."""
    if total == 0:
        return Interval(float("nan"), 0.0, 1.0)
    p, z2 = successes / total, _Z * _Z
    centre = (p + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * sqrt(p * (1 - p) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == total else min(1.0, centre + half)
    return Interval(p, low, high)


def ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """Sum over sum with a bootstrap over the pairs: for a mean give ones below, for claims one pair an
    answer, so that the claims of one answer stay together.
    """
    tops, bottoms = np.asarray(above, float), np.asarray(below, float)
    if not len(tops) or bottoms.sum() == 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    drawn = _resampled(len(tops))
    totals = bottoms[drawn].sum(axis=1)
    found = tops[drawn].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(tops.sum() / bottoms.sum()), float(low), float(high))


def mean(values: Sequence[float]) -> Interval:
    """A mean with its bootstrap interval."""
    return ratio(values, [1.0] * len(values))


def claim_share(successes: Sequence[int], totals: Sequence[int]) -> Interval:
    """A share of things that come in groups: by bootstrap over the groups, by Wilson over the groups where
    none or all of the things succeed and a bootstrap would show no doubt at all.
    """
    if 0 < sum(successes) < sum(totals):
        return ratio(successes, totals)
    groups = sum(total > 0 for total in totals)
    bounds = share(groups if sum(successes) else 0, groups)
    return Interval(bounds.value, bounds.low, bounds.high)


def _resampled(count: int) -> NDArray[np.int64]:
    generator = np.random.Generator(np.random.PCG64(_SEED))
    return generator.integers(0, count, (RESAMPLES, count))


@dataclass(frozen=True, slots=True)
class TestErrors:
    """How a test errs: of ``bad`` bad cases it passed so many (``misses``), of ``good`` ones it flagged so
    many (``false_alarms``), both as shares.
    """

    __test__ = False  # a name that pytest must not collect

    misses: float
    false_alarms: float
    bad: int
    good: int


def rogan_gladen(flagged: int, total: int, errors: TestErrors) -> Interval | None:
    """The share of bad cases behind a share of flagged ones, given how the test errs.

    The value is (flagged − false alarms) ÷ (1 − misses − false alarms), cut to 0..1. The interval is the
    shortest that holds 95 % of the posterior of the share under a flat prior, with the test's own errors
    drawn from their Jeffreys posteriors: a value at 0 or 1 keeps its doubt. None where nothing was counted
    or the test tells too little (misses and false alarms may well add up to one).
    """
    power = 1 - errors.misses - errors.false_alarms
    if total == 0 or power <= 0:
        return None
    generator = np.random.Generator(np.random.PCG64(_SEED))
    misses = _posterior(generator, errors.misses, errors.bad)
    alarms = _posterior(generator, errors.false_alarms, errors.good)
    if (1 - misses - alarms > 0.02).mean() < LEVEL:
        return None
    low, high = _densest(_likelihood(flagged, total, misses, alarms))
    value = min(1.0, max(0.0, (flagged / total - errors.false_alarms) / power))
    return Interval(value, min(low, value), max(high, value))


def _posterior(generator: np.random.Generator, rate: float, cases: int) -> NDArray[np.float64]:
    return generator.beta(rate * cases + 0.5, (1 - rate) * cases + 0.5, RESAMPLES)


def _likelihood(
    flagged: int, total: int, misses: NDArray[np.float64], alarms: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How well each share of bad cases on the grid explains what was flagged, over all draws."""
    bad = np.linspace(0, 1, _GRID)[:, None]
    seen = np.clip(bad * (1 - misses) + (1 - bad) * alarms, 1e-12, 1 - 1e-12)
    logs = flagged * np.log(seen) + (total - flagged) * np.log(1 - seen)
    explained: NDArray[np.float64] = np.exp(logs - logs.max()).sum(axis=1)
    return explained


def _densest(weights: NDArray[np.float64]) -> tuple[float, float]:
    """The ends of the shortest stretch of the grid that holds 95 % of the weight."""
    mass = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    ends = np.searchsorted(mass, mass[:-1] + LEVEL - 1e-12)
    starts = np.flatnonzero(ends <= _GRID)
    best = starts[np.argmin(ends[starts] - starts)]
    return float(best) / (_GRID - 1), float(ends[best] - 1) / (_GRID - 1)


def mcnemar(only_first: int, only_second: int) -> float:
    """Two-sided exact p of McNemar's test: the chance of so uneven a split of the pairs that differ."""
    differing = only_first + only_second
    if differing == 0:
        return 1.0
    ways = tail = 1
    for k in range(min(only_first, only_second)):
        ways = ways * (differing - k) // (k + 1)  # the next binomial coefficient
        tail += ways
    return min(1.0, tail / (1 << (differing - 1)))  # whole numbers: a float ends at 1,024 pairs


def sign_flips(differences: Sequence[float]) -> float:
    """Two-sided p of a paired permutation test on the mean: every sign pattern up to 12 pairs, else drawn."""
    values = np.asarray([value for value in differences if value != 0], float)
    if not len(values):
        return 1.0
    observed = abs(values.sum())
    if len(values) <= 12:
        patterns = (np.arange(2 ** len(values))[:, None] >> np.arange(len(values))) & 1
        sums = np.abs(np.where(patterns == 1, values, -values).sum(axis=1))
        return float(np.mean(sums >= observed - 1e-12))
    generator = np.random.Generator(np.random.PCG64(_SEED))
    signs = generator.choice([-1.0, 1.0], (PERMUTATIONS, len(values)))
    extreme = int(np.count_nonzero(np.abs(signs @ values) >= observed - 1e-12))
    return (extreme + 1) / (PERMUTATIONS + 1)


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """The p-values adjusted by Holm's method for having been computed together, in the given order."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    adjusted, so_far = [0.0] * len(values), 0.0
    for rank, at in enumerate(order):
        so_far = max(so_far, min(1.0, (len(values) - rank) * values[at]))
        adjusted[at] = so_far
    return tuple(adjusted)
