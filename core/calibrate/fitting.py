"""The customer's curve: a straight line on the log odds of the shipped risk, drawn towards "no change".

Platt's scaling (1999) with the shipped log odds as its input. A normal prior on the shift and on the
logarithm of the slope keeps it at the identity where there are no labels and lets some dozens of them move
it; the slope is always positive, so that the order of risks never changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.verify.policy import log_odds

Numbers = NDArray[np.float64]
SHIFT_SPREAD = 1.0  # a shift of one in log odds is as far as a customer's documents usually are off
SLOPE_SPREAD = 0.5
STEEPEST = 2.5  # and 1 / 2.5 at least: risks are stored with six digits, and the way back must be found
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Log odds of the customer's risk = shift + slope · log odds of the shipped risk."""

    shift: float = 0.0
    slope: float = 1.0

    def along(self, risks: Numbers) -> Numbers:
        """The customer's risk at many shipped ones."""
        return _squash(self.shift + self.slope * odds_of(risks))


def odds_of(risks: Numbers) -> Numbers:
    """The log odds of many risks, bounded as the policy bounds them."""
    return np.array([log_odds(risk) for risk in risks], dtype=np.float64)


def fit_line(risks: Numbers, unsupported: Numbers, weights: Numbers) -> Line:
    """The most probable line given the labels (1: unsupported), by Newton's method with halved steps.

    The weights count cases: they are scaled to sum to the effective number of cases, so that unequal ones
    do not make the labels look like more than they are.
    """
    if not len(risks):
        return Line()
    x = odds_of(risks)
    w = weights * (weights.sum() / (weights**2).sum())
    at = np.zeros(2)  # shift, log slope
    cost = _cost(at, x, unsupported, w)
    for _ in range(_STEPS):
        step = _newton(at, x, unsupported, w)
        scale = 1.0
        while scale > 1e-6 and _cost(_within(at - scale * step), x, unsupported, w) > cost:
            scale /= 2
        at = _within(at - scale * step)
        new = _cost(at, x, unsupported, w)
        if cost - new < 1e-12:
            break
        cost = new
    return Line(round(float(at[0]), 6), round(float(np.exp(at[1])), 6))


def cross_fitted(
    risks: Numbers, unsupported: Numbers, weights: Numbers, groups: NDArray[np.int64]
) -> Numbers:
    """What each case would get from a line fitted without its group: the honest "after"."""
    out = np.empty(len(risks))
    for group in np.unique(groups):
        inside = groups != group
        line = fit_line(risks[inside], unsupported[inside], weights[inside])
        out[~inside] = line.along(risks[~inside])
    return out


def _within(at: Numbers) -> Numbers:
    steepest = np.log(STEEPEST)
    return np.array([at[0], np.clip(at[1], -steepest, steepest)])


def _squash(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -40, 40))))


def _cost(at: Numbers, x: Numbers, y: Numbers, w: Numbers) -> float:
    odds = np.clip(at[0] + np.exp(at[1]) * x, -40, 40)
    likelihood = float(np.sum(w * (np.logaddexp(0, odds) - y * odds)))
    prior = at[0] ** 2 / (2 * SHIFT_SPREAD**2) + at[1] ** 2 / (2 * SLOPE_SPREAD**2)
    return likelihood + float(prior)


def _newton(at: Numbers, x: Numbers, y: Numbers, w: Numbers) -> Numbers:
    """Gradient over curvature; the curvature of the likelihood is Fisher's, which is never negative."""
    slope = np.exp(at[1])
    p = _squash(at[0] + slope * x)
    columns = np.stack([np.ones_like(x), slope * x])
    prior = np.array([1 / SHIFT_SPREAD**2, 1 / SLOPE_SPREAD**2])
    gradient = columns @ (w * (p - y)) + prior * at
    curvature = (columns * (w * p * (1 - p))) @ columns.T + np.diag(prior)
    return np.asarray(np.linalg.solve(curvature, gradient))
