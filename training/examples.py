"""What the checker learns from: one claim, its evidence, a verdict and, where known, the unsupported
words."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.encoders.checker import Pair, arrange
from core.encoders.tokenizer import Tokenizer

ENTAILED, CONTRADICTED, NOT_FOUND, UNSUPPORTED = 0, 1, 2, 3
NO_LABEL = -1
Span = tuple[int, int]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """``label`` UNSUPPORTED means contradicted or not found, unknown which. ``spans`` holds the unsupported
    stretches of the claim; None where nobody marked them. ``group`` is the document or the pair that an
    example belongs to: right and wrong claims of one group are learned side by side.
    """

    claim: str
    evidence: str
    label: int
    question: str | None = None
    before: str | None = None
    spans: tuple[Span, ...] | None = None
    group: str = ""


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def encode(tokenizer: Tokenizer, examples: list[Example], path: Path) -> None:
    """Write examples as flat arrays: pieces, segments, token labels (-1: none), and where each starts."""
    ids: list[int] = []
    segments: list[int] = []
    tokens: list[int] = []
    starts = [0]
    for example in examples:
        if not tokenizer.encode(example.claim).ids:
            raise ValueError(f"an example without a claim: {example!r}")
        laid = arrange(tokenizer, Pair(example.question, example.claim, example.evidence, example.before))
        ids += laid.ids
        segments += laid.segments
        labels = [NO_LABEL] * len(laid.ids)
        marks = () if example.label == ENTAILED else example.spans
        if marks is not None:
            for place, (start, end) in enumerate(zip(laid.starts, laid.ends, strict=True), laid.first):
                labels[place] = int(any(start < e and s < end for s, e in marks))
        tokens += labels
        starts.append(len(ids))
    temporary = path.with_suffix(".part.npz")
    np.savez(
        temporary,
        ids=np.array(ids, np.int32),
        segments=np.array(segments, np.int8),
        tokens=np.array(tokens, np.int8),
        starts=np.array(starts, np.int64),
        labels=np.array([e.label for e in examples], np.int8),
        groups=np.array([_number(e.group) for e in examples], np.int64),
    )
    temporary.replace(path)


def _number(group: str) -> int:
    """A number that tells groups apart; -1 for none."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:7], "big") if group else -1
