"""Intervals of a share, exact for plain counts and cautious for weighted ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its interval. ``count`` cases were looked at, ``hits`` of them had it."""

    share: float
    low: float
    high: float
    hits: int
    count: int


def rate(hits: Sequence[bool], weights: Sequence[float], confidence: float = 0.95) -> Rate:
    """The weighted share of hits with its two-sided interval; no cases: anything is possible.

    Equal weights give the interval of Clopper and Pearson (Biometrika 26, 1934). Others give the one that
    Korn and Graubard (Survey Methodology 24, 1998) derive from it: the number of cases is replaced by the
    effective one, (sum of weights)² / sum of squares. It never collapses to a point where no hit was seen,
    as a bootstrap would.
    """
    if not hits:
        return Rate(0.0, 0.0, 1.0, 0, 0)
    total = sum(weights)
    share = sum(weight for hit, weight in zip(hits, weights, strict=True) if hit) / total
    effective = total * total / sum(weight * weight for weight in weights)
    low, high = clopper_pearson(share * effective, effective, confidence)
    return Rate(share, low, high, sum(hits), len(hits))


def clopper_pearson(hits: float, count: float, confidence: float) -> tuple[float, float]:
    """The two-sided interval of a binomial share, also for counts that are no whole numbers."""
    tail = (1 - confidence) / 2
    hits = min(max(hits, 0.0), count)
    low = 0.0 if hits <= 1e-9 else beta_quantile(tail, hits, count - hits + 1)
    high = 1.0 if count - hits <= 1e-9 else beta_quantile(1 - tail, hits + 1, count - hits)
    return low, high


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Where the distribution function of Beta(a, b) reaches a probability, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_below(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz's method; Press et al.,
    Numerical Recipes, section 6.4).
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):  # the fraction converges fast on this side only
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _off_zero(1 + term * d)
            c = _off_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
