"""What the model that wrote the answer thought of its own words, where that is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_DOUBTFUL = 0.2


@dataclass(frozen=True, slots=True)
class Token:
    """One generated token: ``answer[start:end]``, its probability and the entropy (nats) of the choice."""

    start: int
    end: int
    probability: float
    entropy: float


@dataclass(frozen=True, slots=True)
class TokenSignals:
    """The tokens of a whole answer in order."""

    tokens: tuple[Token, ...]

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that touch ``answer[start:end]``."""
        return tuple(token for token in self.tokens if token.start < end and start < token.end)


def doubt(tokens: Sequence[Token]) -> float:
    """How unsure the writer was of a stretch, 0 (sure) to 1: its mean surprise and its least likely word.

    0 where nothing is known: this can only raise a risk.
    """
    if not tokens:
        return 0.0
    surprise = [-math.log(max(token.probability, 1e-6)) for token in tokens]
    mean = sum(surprise) / len(surprise)
    unlikely = sum(token.probability < _DOUBTFUL for token in tokens) / len(tokens)
    return min(1.0, 0.5 * mean + unlikely)
