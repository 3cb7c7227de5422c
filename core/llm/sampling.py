"""From logits to the next token, its probability and the entropy, in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
        weights = softmax(scores)
        token = int(np.argmax(scores)) if self._temperature <= 0 else self._draw(scores)
        return Choice(token, float(weights[token]), entropy(weights))

    def _draw(self, scores: NDArray[np.float64]) -> int:
        heights = np.cumsum(softmax(scores / self._temperature))
        # The sum may end a rounding error away from 1: the draw is scaled to where it really ends.
        point = self._random.random() * heights[-1]
        return min(int(np.searchsorted(heights, point, side="right")), len(scores) - 1)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores into probabilities that add up to 1."""
    weights = np.exp(scores - scores.max())
    normal: NDArray[np.float64] = weights / weights.sum()
    return normal


def entropy(weights: NDArray[np.float64]) -> float:
    """The entropy of a distribution in nats: 0 when one outcome is sure."""
    present = weights[weights > 0]
    return float(max(0.0, -np.dot(present, np.log(present))))
