"""From logits to the next token, its probability and the entropy, in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LOWEST = -700.0  # exp() of less is zero in 64 bits; it keeps minus infinity out of the products


@dataclass(frozen=True, slots=True)
class Choice:
    """The token that was chosen, its probability under the model and the entropy in nats."""

    token: int
    probability: float
    entropy: float


class Sampler:
    """Greedy at temperature 0, else drawn with a seeded generator: the same seed, the same draws."""

    def __init__(self, temperature: float, seed: int) -> None:
        self._temperature = temperature
        self._random = np.random.Generator(np.random.PCG64(seed))

    def choose(self, logits: NDArray[np.float32]) -> Choice:
        """Pick the next token. Equal logits: the lowest token number wins."""
        scores = logits.astype(np.float64)
        weights, entropy = distribution(scores)
        token = int(np.argmax(scores)) if self._temperature <= 0 else self._draw(scores)
        return Choice(token, float(weights[token]), entropy)

    def _draw(self, scores: NDArray[np.float64]) -> int:
        weights, _ = distribution(scores / self._temperature)
        heights = np.cumsum(weights)
        # The sum may end a rounding error away from 1: the draw is scaled to where it really ends.
        point = self._random.random() * heights[-1]
        return min(int(np.searchsorted(heights, point, side="right")), len(scores) - 1)


def distribution(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Scores into probabilities that add up to 1, and their entropy in nats.

    Sums are taken with ``sum``: ``np.dot`` would hand a vocabulary's length to BLAS, whose threads wait in a
    loop and, on a busy machine, took longer than the model itself.
    """
    below = np.maximum(scores - scores.max(), _LOWEST)
    weights = np.exp(below)
    total = weights.sum()
    weights /= total
    return weights, float(max(0.0, np.log(total) - (weights * below).sum()))
