"""The trained models as the verifier uses them, opened together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.encoders.checker import Checker, Pair, PairScore
from core.encoders.embedder import Embedder


class Scores(Protocol):
    """What the verifier needs of a trained checker."""

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        """One score a pair, the same whatever else is in the batch."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """The encoders. ``checker`` is None where none is shipped: then nothing vouches for a rewording."""

    embedder: Embedder
    checker: Checker | None


def open_models(threads: int = 0) -> Models:
    """Open the encoders with so many threads (0: what they think best).

    Raises VerifierError when files are damaged, or the embedder is missing: neither is ever replaced by
    something weaker in silence.
    """
    return Models(Embedder.open(threads), Checker.open(threads) if Checker.shipped() else None)
