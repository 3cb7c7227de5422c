"""The trained models as the verifier uses them, opened together."""

from __future__ import annotations

from dataclasses import dataclass

from core.encoders.checker import Checker
from core.encoders.embedder import Embedder


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
