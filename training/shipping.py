"""Writes the files of a resources folder and their manifest: name, size and SHA-256 of each."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.e5 import Array


def npy(array: NDArray[Any]) -> bytes:
    """Return an array as the bytes of a .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def quantize_table(table: Array) -> tuple[NDArray[np.int8], Array]:
    """Return a table's rows as int8 and the scale of each row."""
    scales = (np.abs(table).max(1) / 127).astype(np.float32)
    return np.rint(table / scales[:, None]).astype(np.int8), scales


def write(folder: Path, files: dict[str, bytes], about: dict[str, str]) -> None:
    """Write the files and then ``manifest.json``, which the runtime checks before it loads any of them."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = {}
    for name, content in files.items():
        (folder / name).write_bytes(content)
        listed[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest = json.dumps({"about": about, "files": listed}, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(manifest + "\n", encoding="utf-8")
