"""Opens shipped networks in onnxruntime; the only module that imports it.

A folder of ``resources`` carries a manifest with the size and SHA-256 of each file. Nothing is loaded from
a folder whose files are missing or differ: a damaged checker would give wrong verdicts with a straight
face.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.errors import VerifierError

MANIFEST = "manifest.json"

onnxruntime.disable_telemetry_events()
onnxruntime.set_default_logger_severity(3)


class Files:
    """The verified contents of one folder of networks."""

    def __init__(self, folder: Path, missing: str) -> None:
        """Read the folder's manifest.

        Raises VerifierError with the code ``missing`` when there is none, or when it cannot be read.
        """
        self.folder = folder
        self.missing = missing
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            self._listed: dict[str, str] = {
                name: entry["sha256"] for name, entry in manifest["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise VerifierError(missing, file=MANIFEST) from error

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises VerifierError when it is absent or is not the file that was
        shipped."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise VerifierError(self.missing, file=name) from error
        if hashlib.sha256(content).hexdigest() != self._listed.get(name):
            raise VerifierError(self.missing, file=name)
        return content

    @property
    def identity(self) -> str:
        """A hash over all listed hashes: what an audit record names the networks by."""
        lines = "\n".join(f"{name} {sha256}" for name, sha256 in sorted(self._listed.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


class Network:
    """One loaded network that runs a single input at a time."""

    def __init__(self, content: bytes, threads: int = 0) -> None:
        """Load it; ``threads`` 0 lets onnxruntime take one a physical core."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """Return the outputs in the network's own order."""
        outputs: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        return outputs
