"""Logistic models whose weights keep to their side, with a rising calibration curve; numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RIDGE = 6.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic model with its curve, and its cross-fitted results on the examples it was fitted on."""

    names: tuple[str, ...]
    theta: np.ndarray
    curve: list[tuple[float, float]]
    out_of_fold: np.ndarray

    def stored(self) -> dict[str, Any]:
        """As it stands in the calibration file."""
        weights = {name: round(float(w), 6) for name, w in zip(self.names, self.theta, strict=False) if w}
        return {"intercept": round(float(self.theta[-1]), 6), "weights": weights, "curve": self.curve}


def fit(
    table: list[dict[str, float]],
    y: np.ndarray,
    weights: np.ndarray,
    folds: np.ndarray,
    signs: Mapping[str, int],
    priors: Mapping[str, float],
) -> Fitted:
    """Fit on all, and once per fold without it for honest results.

    ``table`` holds the features of each example by name, ``signs`` the side each may push to, ``priors``
    what a weight is drawn to (0 where none is named). ``folds`` numbers the fold of each example from 0.
    """
    names = tuple(signs)
    x = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in table])
    side = np.array([*signs.values(), 0])
    prior = np.array([priors.get(name, 0.0) for name in names] + [0.0])
    raw = np.zeros(len(y))
    for fold in range(int(folds.max()) + 1):
        inside = folds != fold
        theta = fit_logistic(x[inside], y[inside], weights[inside], side, prior)
        raw[~inside] = chances(x[~inside] @ theta)
    curve = isotonic(raw, y, weights)
    return Fitted(names, fit_logistic(x, y, weights, side, prior), curve, along(curve, raw))


def fit_logistic(
    x: np.ndarray, y: np.ndarray, weights: np.ndarray, signs: np.ndarray, prior: np.ndarray
) -> np.ndarray:
    """Weighted logistic regression with ridge, each weight kept on its side; the intercept is last."""
    theta = prior.copy()
    momentum = theta.copy()
    step = 4.0 / (np.linalg.norm(x * np.sqrt(weights / weights.sum())[:, None], 2) ** 2 + 1e-3)
    free = signs == 0
    for at in range(3000):
        p = chances(x @ momentum)
        grad = x.T @ (weights * (p - y)) / weights.sum() + RIDGE * np.where(free, 0, momentum - prior) / len(
            y
        )
        new = momentum - step * grad
        new = np.where(free, new, np.where(signs > 0, np.maximum(new, 0), np.minimum(new, 0)))
        momentum = new + at / (at + 3) * (new - theta)
        theta = new
    return theta


def isotonic(
    score: np.ndarray, y: np.ndarray, weights: np.ndarray, points: int = 12
) -> list[tuple[float, float]]:
    """A rising curve from score to frequency through the means of equal-weight bins."""
    order = np.argsort(score, kind="stable")
    edges = np.searchsorted(np.cumsum(weights[order]) / weights.sum(), np.linspace(0, 1, points + 1)[1:-1])
    pools: list[list[float]] = []
    for part in np.split(order, edges):
        if not len(part):
            continue
        w = weights[part].sum()
        pools.append(
            [float((score[part] * weights[part]).sum()), float((y[part] * weights[part]).sum()), float(w)]
        )
        while len(pools) > 1 and pools[-1][1] / pools[-1][2] <= pools[-2][1] / pools[-2][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    curve = [(pool[0] / pool[2], pool[1] / pool[2]) for pool in pools]
    low, high = curve[0], curve[-1]
    if low[0] > 1e-6:
        curve.insert(0, (0.0, low[1] * 0.5))
    if high[0] < 1 - 1e-6:
        curve.append((1.0, high[1] + (1 - high[1]) * 0.5))
    return [(round(x, 6), round(y, 6)) for x, y in curve]


def along(curve: Sequence[tuple[float, float]], x: np.ndarray) -> np.ndarray:
    """The curve at many points."""
    return np.asarray(np.interp(x, [a for a, _ in curve], [b for _, b in curve]))


def chances(logits: np.ndarray) -> np.ndarray:
    """Probabilities for log odds, bounded where they could overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))
