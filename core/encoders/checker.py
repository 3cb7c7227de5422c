"""Claim and evidence to a verdict, and to a doubt for each word of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.encoders.embedder import FOLDER as ENCODER
from core.encoders.embedder import LONGEST
from core.encoders.session import MANIFEST, Files, Network
from core.encoders.table import TokenTable
from core.encoders.tokenizer import END, START, Tokenizer
from core.settings import RESOURCES

FOLDER = RESOURCES / "verifier"
OTHER, CLAIM, EVIDENCE = 0, 1, 2
QUESTION_LONGEST = 64
BEFORE_LONGEST = 64
CLAIM_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the evidence to hold it against.

    ``question`` is what the answer answers, ``before`` what a reader needs from earlier in the answer (what
    "it" is). Both help to understand the claim; neither is evidence.
    """

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
    """Three probabilities that sum to 1, and the doubt about each piece of the claim in order."""

    entailed: float
    contradicted: float
    not_found: float
    unsupported: tuple[TokenRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """A pair as the network reads it; the claim's pieces stand at ``first`` and after."""

    ids: list[int]
    segments: list[int]
    first: int
    starts: list[int]
    ends: list[int]


def arrange(tokenizer: Tokenizer, pair: Pair) -> Arranged:
    """Lay a pair out as question, what stood before, claim, evidence: 512 pieces at most.

    The evidence is cut first; a claim keeps its first 300 pieces.
    """
    claim = tokenizer.encode(pair.claim)
    claim_ids = claim.ids[:CLAIM_LONGEST]
    lead = [START, *tokenizer.ids(f"query: {pair.question or ''}")[:QUESTION_LONGEST], END]
    if pair.before:
        lead += [*tokenizer.ids(pair.before)[-BEFORE_LONGEST:], END]
    room = LONGEST - len(lead) - len(claim_ids) - 2
    evidence = tokenizer.ids(pair.evidence)[:room]
    return Arranged(
        ids=[*lead, *claim_ids, END, *evidence, END],
        segments=[OTHER] * len(lead) + [CLAIM] * len(claim_ids) + [OTHER] + [EVIDENCE] * (len(evidence) + 1),
        first=len(lead),
        starts=claim.starts[:CLAIM_LONGEST],
        ends=claim.ends[:CLAIM_LONGEST],
    )


class Checker:
    """The shipped checker. Every pair is run by itself, so its score never depends on its neighbours."""

    def __init__(self, threads: int = 0, folder: Path = FOLDER, encoder: Path = ENCODER) -> None:
        """Load the files; raises VerifierError ``checker_missing`` or ``encoder_missing`` when one is absent
        or damaged. The tokenizer and the token table are the encoder's.
        """
        files = Files(folder, "checker_missing")
        shared = Files(encoder, "encoder_missing")
        self.identity = files.identity
        self._tokenizer = Tokenizer(shared.read("pieces.model"))
        self._table = TokenTable(shared)
        self._network = Network(files.read("checker.onnx"), threads)

    @classmethod
    def open(cls, threads: int = 0) -> Checker:
        """Open the shipped checker; raises as the constructor does."""
        return cls(threads)

    @staticmethod
    def shipped(folder: Path = FOLDER) -> bool:
        """Whether a checker is there at all; a damaged one counts as there and fails on opening."""
        return (folder / MANIFEST).exists()

    @staticmethod
    def shipped_identity(folder: Path = FOLDER) -> str | None:
        """What the shipped checker is named by, without opening it; None where none is shipped.

        Raises VerifierError when its manifest is damaged.
        """
        return Files(folder, "checker_missing").identity if Checker.shipped(folder) else None

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        """Return one score a pair, in order. A claim without a single piece is entailed by anything less than
        by nothing: it is ``not_found``.
        """
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> PairScore:
        laid = arrange(self._tokenizer, pair)
        if not laid.starts:
            return PairScore(0.0, 0.0, 1.0, ())
        segments = np.array(laid.segments, np.int64)
        inputs: dict[str, NDArray[Any]] = {"vectors": self._table.vectors(laid.ids), "segments": segments}
        verdict, token = self._network.run(inputs)
        entailed, contradicted, not_found = _softmax(verdict)
        doubts = 1 / (1 + np.exp(-token[laid.first : laid.first + len(laid.starts)]))
        risks = zip(laid.starts, laid.ends, doubts.tolist(), strict=True)
        return PairScore(entailed, contradicted, not_found, tuple(TokenRisk(s, e, r) for s, e, r in risks))


def _softmax(logits: NDArray[np.float32]) -> list[float]:
    powers = np.exp((logits - logits.max()).astype(np.float64))
    shares: list[float] = (powers / powers.sum()).tolist()
    return shares
