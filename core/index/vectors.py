"""Vectors as signed bytes, compared exactly: the same ranking on every machine.

A vector is stored as 384 signed bytes and one scale. Products of bytes summed over 384 numbers stay below
2**24, so that even 32-bit floating-point matrix products give the exact integer, whatever the processor, the
number of threads or the order of summation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.encoders.embedder import Kind
from core.store.vectors import StoredVector, VectorBlock
from core.types import PassageId

_LEVELS = 127
_ROWS = 512  # rows compared at a time: once widened they fit a core's own cache, ten times as fast as 8,192
_MOST_NUMBERS = 2**24 // _LEVELS**2


class TextEmbedder(Protocol):
    """What the index needs of an embedder; ``identity`` names it and changes with its files."""

    @property
    def identity(self) -> str:
        """Name and hash: vectors of different identities are never compared."""

    def embed(self, texts: Sequence[str], kind: Kind) -> npt.NDArray[np.float32]:
        """One L2-normalised row a text."""


def quantised(vectors: npt.NDArray[np.float32]) -> list[StoredVector]:
    """Each row as signed bytes with its scale; the largest number of a row becomes 127."""
    numbers, scales = _bytes_of(vectors)
    return [StoredVector(float(scale), row.tobytes()) for row, scale in zip(numbers, scales, strict=True)]


class VectorIndex:
    """All vectors of one encoder in memory, a byte a number."""

    def __init__(self, block: VectorBlock) -> None:
        self._ids = np.array(block.ids, dtype=np.int64)
        self._scales = np.array(block.scales, dtype=np.float64)
        width = len(block.numbers) // max(len(block.ids), 1)
        self._numbers = np.frombuffer(block.numbers, dtype=np.int8).reshape(len(block.ids), width)

    def __len__(self) -> int:
        return len(self._ids)

    def compare(self, vector: npt.NDArray[np.float32]) -> Nearness:
        """The dot product of every stored vector with this one, which need not be of unit length."""
        numbers, scale = _bytes_of(vector.reshape(1, -1))
        asked = numbers[0].astype(np.float32)
        products = np.empty(len(self), dtype=np.float64)
        for begin in range(0, len(self), _ROWS):
            products[begin : begin + _ROWS] = self._numbers[begin : begin + _ROWS].astype(np.float32) @ asked
        products *= self._scales * scale[0]
        return Nearness(self._ids, products)


class Nearness:
    """How near each passage is to a question; ``ids`` in ascending order, ``scores`` beside them."""

    def __init__(self, ids: npt.NDArray[np.int64], scores: npt.NDArray[np.float64]) -> None:
        self.ids = ids
        self.scores = scores

    def best(self, limit: int) -> list[tuple[PassageId, float]]:
        """The nearest passages, best first; equals stand in the order of their ids."""
        count = min(limit, len(self.scores))
        if count < 1:
            return []
        border = np.partition(self.scores, -count)[-count]
        candidates = np.flatnonzero(self.scores >= border)
        order = np.lexsort((self.ids[candidates], -self.scores[candidates]))[:count]
        return [(PassageId(int(self.ids[i])), float(self.scores[i])) for i in candidates[order]]

    def score(self, passage: PassageId) -> float | None:
        """The score of one passage; None where it has no vector."""
        at = int(np.searchsorted(self.ids, passage))
        return float(self.scores[at]) if at < len(self.ids) and self.ids[at] == passage else None


def _bytes_of(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]:
    if vectors.shape[1] > _MOST_NUMBERS:
        raise ValueError(f"a product of {vectors.shape[1]} bytes would not be exact")
    wide = vectors.astype(np.float64)
    scales = np.maximum(np.abs(wide).max(axis=1), np.finfo(np.float32).tiny) / _LEVELS
    return np.rint(wide / scales[:, None]).astype(np.int8), scales
