"""The trained checker: does a piece of evidence entail a claim, contradict it, or not speak of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.encoders.session import MANIFEST, Files
from core.settings import RESOURCES

FOLDER = RESOURCES / "verifier"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the evidence that it is held against. ``before`` is the claim before it, for "it" and "该"."""

    question: str | None
    claim: str
    evidence: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class TokenRisk:
    """The probability that ``claim[start:end]`` is not supported by the evidence."""

    start: int
    end: int
    risk: float


@dataclass(frozen=True, slots=True)
class PairScore:
    """Three probabilities that sum to 1, and one a piece of the claim."""

    entailed: float
    contradicted: float
    not_found: float
    unsupported: tuple[TokenRisk, ...] = ()


class Checker:
    """The shipped checker. Every pair is run by itself, so its score never depends on its neighbours."""

    def __init__(self, threads: int = 0, folder: Path = FOLDER) -> None:
        """Load the files; raises VerifierError ``checker_missing`` when one is absent or damaged."""
        files = Files(folder, "checker_missing")
        self.identity = files.identity
        self._threads = threads

    @classmethod
    def shipped(cls) -> bool:
        """Whether a trained checker belongs to this version at all."""
        return (FOLDER / MANIFEST).exists()

    @classmethod
    def open(cls, threads: int = 0) -> Checker:
        """Open the shipped checker; raises as the constructor does."""
        return cls(threads)

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        """One score a pair, in order."""
        raise NotImplementedError
