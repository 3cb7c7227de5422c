"""The token table: one vector a piece, stored as 8-bit rows, shared by embedder and checker."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from core.encoders.session import Files

Vectors = NDArray[np.float32]


class TokenTable:
    """Looks up the vectors of pieces."""

    def __init__(self, files: Files) -> None:
        """Load the table; raises VerifierError when a file is missing or damaged."""
        self._rows: NDArray[np.int8] = np.load(io.BytesIO(files.read("tokens.npy")), allow_pickle=False)
        self._scales: Vectors = np.load(io.BytesIO(files.read("scales.npy")), allow_pickle=False)

    def vectors(self, ids: list[int] | NDArray[np.int64]) -> Vectors:
        """Return the vectors of the pieces: the shape of ``ids`` and then 384."""
        found: Vectors = self._rows[ids].astype(np.float32) * self._scales[ids][..., None]
        return found
