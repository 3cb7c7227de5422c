"""Figures of a checker: how risks rank, how often levels and spans are right, how honest they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Marks = Sequence[tuple[int, int]]


def auroc(risk: np.ndarray, bad: np.ndarray) -> float | None:
    """The chance that a bad answer scores above a good one, ties half; None with one class only."""
    good, wrong = np.sort(risk[bad == 0]), risk[bad == 1]
    if not len(good) or not len(wrong):
        return None
    below = np.searchsorted(good, wrong, "left") + np.searchsorted(good, wrong, "right")
    return float(below.sum() / (2 * len(good) * len(wrong)))


def interval(risk: np.ndarray, bad: np.ndarray, rounds: int = 400) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of the AUROC."""
    random = np.random.default_rng(7)
    drawn = (random.integers(0, len(bad), len(bad)) for _ in range(rounds))
    values = [value for rows in drawn if (value := auroc(risk[rows], bad[rows])) is not None]
    return (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))) if values else None


def calibration_error(risk: np.ndarray, bad: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    at = np.minimum((risk * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(risk[at == b].mean() - bad[at == b].mean()) * (at == b).mean()
            for b in range(bins)
            if (at == b).any()
        )
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Flagged and bad, flagged and good, and so on."""

    hit: int
    false_alarm: int
    miss: int
    passed: int

    @classmethod
    def of(cls, flagged: np.ndarray, bad: np.ndarray) -> Counts:
        """Count the four cases."""
        return cls(
            int((flagged & (bad == 1)).sum()),
            int((flagged & (bad == 0)).sum()),
            int((~flagged & (bad == 1)).sum()),
            int((~flagged & (bad == 0)).sum()),
        )

    @property
    def recall(self) -> float | None:
        """Share of the bad that is flagged."""
        return _share(self.hit, self.hit + self.miss)

    @property
    def precision(self) -> float | None:
        """Share of the flagged that is bad."""
        return _share(self.hit, self.hit + self.false_alarm)

    @property
    def false_alarms(self) -> float | None:
        """Share of the good that is flagged."""
        return _share(self.false_alarm, self.false_alarm + self.passed)

    @property
    def passed_as_low(self) -> float | None:
        """Share of the bad that is not flagged."""
        return None if self.recall is None else 1 - self.recall

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.hit, 2 * self.hit + self.false_alarm + self.miss)

    @property
    def balanced(self) -> float | None:
        """The mean of recall and the share of the good that passes."""
        if self.recall is None or self.false_alarms is None:
            return None
        return (self.recall + 1 - self.false_alarms) / 2


def best_balanced(risk: np.ndarray, bad: np.ndarray) -> float | None:
    """Balanced accuracy at the threshold that suits the set best: what a threshold of its own could give."""
    if bad.min() == bad.max():
        return None
    return max((Counts.of(risk >= threshold, bad).balanced or 0.0) for threshold in np.unique(risk))


def span_f1(found: Sequence[Marks], true: Sequence[Marks]) -> float | None:
    """F1 over the characters of all answers together."""
    both = marked = meant = 0
    for mine, theirs in zip(found, true, strict=True):
        a, b = _characters(mine), _characters(theirs)
        both, marked, meant = both + len(a & b), marked + len(a), meant + len(b)
    return _share(2 * both, marked + meant)


def _characters(marks: Marks) -> set[int]:
    return {at for start, end in marks for at in range(start, end)}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
