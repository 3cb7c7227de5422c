"""A tiny encoder that needs no files: a vector tells which subjects a text speaks of, in either language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from core.encoders.embedder import Kind

_SUBJECTS = (
    ("hotel", "lodging", "住宿", "酒店"),
    ("holiday", "leave", "年假", "休假"),
    ("train", "rail", "火车"),
)


class StandIn:
    """Counts what it reads; ``identity`` may be changed to play another encoder."""

    def __init__(self) -> None:
        self.identity = "stand-in"
        self.read: list[str] = []

    def embed(self, texts: Sequence[str], kind: Kind) -> npt.NDArray[np.float32]:
        if kind is Kind.PASSAGE:
            self.read.extend(texts)
        rows = np.array([self._row(text.lower()) for text in texts], dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _row(self, text: str) -> list[float]:
        subjects = [10.0 * any(word in text for word in words) for words in _SUBJECTS]
        noise = hashlib.sha256(f"{self.identity}{text}".encode()).digest()[:13]
        return [*subjects, *(byte / 255 for byte in noise)]


@pytest.fixture(scope="session")
def stand_in() -> type[StandIn]:
    """The class itself, for fixtures that live longer than a test."""
    return StandIn


@pytest.fixture
def embedder() -> StandIn:
    return StandIn()
