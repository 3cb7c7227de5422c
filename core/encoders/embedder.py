"""Texts to vectors whose dot product says how near in meaning they are, in and across the two languages."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np

from core.encoders.session import Files, Network
from core.encoders.table import TokenTable, Vectors
from core.encoders.tokenizer import END, START, Tokenizer
from core.settings import RESOURCES

FOLDER = RESOURCES / "encoder"
DIMENSIONS = 384
LONGEST = 512


class Kind(StrEnum):
    """Which side of a search a text stands on; the encoder was trained with the two words."""

    QUERY = "query"
    PASSAGE = "passage"


class Embedder:
    """The shipped encoder. Every text is run by itself, so its vector never depends on its neighbours."""

    def __init__(self, threads: int = 0, folder: Path = FOLDER) -> None:
        """Load the files; raises VerifierError ``encoder_missing`` when one is absent or damaged."""
        files = Files(folder, "encoder_missing")
        self.tokenizer = Tokenizer(files.read("pieces.model"))
        self.table = TokenTable(files)
        self.identity = files.identity
        self._network = Network(files.read("embedder.onnx"), threads)

    @classmethod
    def open(cls, threads: int = 0) -> Embedder:
        """Open the shipped encoder; raises as the constructor does."""
        return cls(threads)

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return unit vectors (len(texts), 384). A text beyond 512 pieces counts with its beginning only."""
        found = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            found[row] = self._one(f"{kind}: {text}")
        return found

    def _one(self, text: str) -> Vectors:
        ids = [START, *self.tokenizer.ids(text)[: LONGEST - 2], END]
        vector: Vectors = self._network.run({"vectors": self.table.vectors(ids)})[0]
        return vector
