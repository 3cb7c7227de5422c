"""Reads the head of a GGUF file: metadata and the list of tensors, never the weights.

A model file comes from anywhere, so nothing in it is believed: every count, length and offset is held
against the size of the file before it is used, and a file that lies gives a ModelError, not a crash in
native code. Only the head is read; long arrays (the vocabulary) are passed over and only counted, unless
somebody watches them.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.errors import ModelError

MAGIC = b"GGUF"
VERSIONS = (2, 3)
MAX_KEYS = 65_536
MAX_TENSORS = 1_000_000
MAX_NAME = 65_535  # bytes of a key or a tensor name
MAX_HEAD = 128 * 2**20  # bytes of metadata and tensor list together
KEPT_ITEMS = 4_096  # a longer array is counted, not kept
MAX_DIMENSIONS = 4
WINDOW = 2**20

_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY = 8, 9

# ggml type -> (name, weights in a block, bytes of a block); a test holds it against llama.cpp's own.
TENSOR_TYPES: Mapping[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    9: ("Q8_1", 32, 36),
    10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74),
    18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18),
    21: ("IQ3_S", 256, 110),
    22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1),
    25: ("I16", 1, 2),
    26: ("I32", 1, 4),
    27: ("I64", 1, 8),
    28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56),
    30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17),
}


@dataclass(frozen=True, slots=True)
class LongArray:
    """Stands for an array of the metadata that was passed over: how many items it has."""

    count: int


Value = str | int | float | bool | tuple["Value", ...] | LongArray


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor: its name, shape and type, and where its bytes lie in the file."""

    name: str
    shape: tuple[int, ...]
    type: str
    offset: int
    size: int

    @property
    def parameters(self) -> int:
        """How many weights it holds."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Gguf:
    """The head of a GGUF file."""

    version: int
    metadata: Mapping[str, Value]
    tensors: tuple[Tensor, ...]

    @property
    def architecture(self) -> str:
        """The model family as llama.cpp names it, such as ``"llama"``."""
        return self.text("general.architecture") or ""

    def text(self, key: str) -> str | None:
        """A text of the metadata, None where it is missing or something else."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> int | None:
        """A whole number of the metadata, looked up as given and under the architecture's name."""
        for name in (key, f"{self.architecture}.{key}"):
            value = self.metadata.get(name)
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        return None

    def numbers(self, key: str) -> tuple[int, ...] | None:
        """A number per layer where the metadata gives an array, a tuple of one where it gives a number."""
        value = self.metadata.get(f"{self.architecture}.{key}")
        if isinstance(value, tuple):
            return tuple(item for item in value if isinstance(item, int))
        single = self.number(key)
        return None if single is None else (single,)

    @property
    def weight_bytes(self) -> int:
        """Bytes of all tensors."""
        return sum(tensor.size for tensor in self.tensors)

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return sum(tensor.parameters for tensor in self.tensors)


Watch = Mapping[str, Callable[[bytes], None]]


def read(path: Path, watch: Watch | None = None) -> Gguf:
    """Read a file's head and check that all its tensors lie within it.

    ``watch`` names arrays whose content is handed on while it is passed over, and is not kept: texts one by
    one, numbers in the file's own bytes by the block.

    Raises ModelError: ``model_missing``, ``model_not_gguf``, ``model_version``, ``model_damaged`` (which
    names the place) or ``model_truncated``.
    """
    try:
        with path.open("rb") as file:
            return _Reader(file, path.stat().st_size, path.name, watch or {}).gguf()
    except OSError as error:
        raise ModelError("model_missing", path=str(path)) from error


class _Reader:
    """A cursor over the head that cannot run past the end of the file."""

    def __init__(self, file: BinaryIO, size: int, name: str, watch: Watch) -> None:
        self._file = file
        self._watch = watch
        self._size = size
        self._name = name
        self._buffer = b""
        self._base = 0  # file position of the buffer's first byte
        self._at = 0  # position within the buffer

    @property
    def _position(self) -> int:
        return self._base + self._at

    def gguf(self) -> Gguf:
        if self._size < len(MAGIC) or self._take(len(MAGIC), "magic") != MAGIC:
            raise ModelError("model_not_gguf", name=self._name)
        version = self._scalar("<I", "version")
        if version not in VERSIONS:
            raise ModelError("model_version", name=self._name, version=version)
        tensor_count = self._count("<Q", MAX_TENSORS, "tensor count")
        key_count = self._count("<Q", MAX_KEYS, "key count")
        metadata = self._metadata(key_count)
        heads = [self._tensor_head(number) for number in range(tensor_count)]
        return Gguf(version, metadata, self._placed(heads, metadata))

    def _metadata(self, count: int) -> dict[str, Value]:
        metadata: dict[str, Value] = {}
        for number in range(count):
            key = self._string(f"key {number}", MAX_NAME)
            if key in metadata:
                raise self._damaged(f"key {number} twice")
            metadata[key] = self._value(self._scalar("<I", key), key)
        return metadata

    def _value(self, kind: int, key: str) -> Value:
        if kind == _ARRAY:
            return self._array(key)
        if kind == _STRING:
            return self._string(key, MAX_HEAD)
        if kind not in _SCALARS:
            raise self._damaged(f"type of {key}")
        value: int | float = self._scalar(_SCALARS[kind], key)
        return value

    def _array(self, key: str) -> Value:
        kind = self._scalar("<I", key)
        count = self._scalar("<Q", key)
        if kind == _STRING:
            return self._strings(count, key)
        if kind not in _SCALARS:  # arrays of arrays are not used by any model that llama.cpp reads
            raise self._damaged(f"type of {key}")
        form = struct.Struct(_SCALARS[kind])
        if count > self._left() // form.size:
            raise self._damaged(f"length of {key}")
        if key in self._watch:
            self._hand_on(count * form.size, key)
            return LongArray(count)
        if count > KEPT_ITEMS:
            self._skip(count * form.size, key)
            return LongArray(count)
        return tuple(item for (item,) in form.iter_unpack(self._take(count * form.size, key)))

    def _strings(self, count: int, key: str) -> Value:
        if count > self._left() // 8:
            raise self._damaged(f"length of {key}")
        if seen := self._watch.get(key):
            for _ in range(count):
                seen(self._take(self._scalar("<Q", key), key))
            return LongArray(count)
        if count <= KEPT_ITEMS:
            return tuple(self._string(key, MAX_HEAD) for _ in range(count))
        for _ in range(count):
            self._skip(self._scalar("<Q", key), key)
        return LongArray(count)

    def _hand_on(self, length: int, key: str) -> None:
        while length:
            block = self._take(min(length, WINDOW), key)
            self._watch[key](block)
            length -= len(block)

    def _tensor_head(self, number: int) -> tuple[str, tuple[int, ...], int, int]:
        name = self._string(f"tensor {number}", MAX_NAME)
        dimensions = self._scalar("<I", name)
        if not 1 <= dimensions <= MAX_DIMENSIONS:
            raise self._damaged(f"shape of {name}")
        shape = tuple(self._scalar("<Q", name) for _ in range(dimensions))
        return name, shape, self._scalar("<I", name), self._scalar("<Q", name)

    def _placed(
        self, heads: list[tuple[str, tuple[int, ...], int, int]], metadata: dict[str, Value]
    ) -> tuple[Tensor, ...]:
        alignment = metadata.get("general.alignment", 32)
        if not isinstance(alignment, int) or not 8 <= alignment <= WINDOW or alignment & (alignment - 1):
            raise self._damaged("general.alignment")
        start = -(-self._position // alignment) * alignment
        tensors = tuple(self._tensor(head, start, alignment) for head in heads)
        if len({tensor.name for tensor in tensors}) != len(tensors):
            raise self._damaged("tensor names")
        return tensors

    def _tensor(self, head: tuple[str, tuple[int, ...], int, int], start: int, alignment: int) -> Tensor:
        name, shape, kind, offset = head
        if kind not in TENSOR_TYPES:
            raise self._damaged(f"type {kind} of {name}")
        type_name, block, block_bytes = TENSOR_TYPES[kind]
        # Each side bounded by the file: a product that cannot fit is refused before it is used.
        if min(shape) < 1 or shape[0] % block or offset % alignment:
            raise self._damaged(f"shape of {name}")
        size = math.prod(shape) // block * block_bytes
        if start + offset + size > self._size:
            raise ModelError("model_truncated", name=self._name)
        return Tensor(name, shape, type_name, start + offset, size)

    def _count(self, form: str, limit: int, where: str) -> int:
        count = self._scalar(form, where)
        if count > min(limit, self._left()):
            raise self._damaged(where)
        return count

    def _string(self, where: str, limit: int) -> str:
        length = self._scalar("<Q", where)
        if length > limit:
            raise self._damaged(f"length of {where}")
        return self._take(length, where).decode("utf-8", errors="replace")

    def _scalar(self, form: str, where: str) -> int:
        (value,) = struct.unpack(form, self._take(struct.calcsize(form), where))
        return value  # type: ignore[no-any-return]  # whatever the form names: int, float or bool

    def _left(self) -> int:
        return self._size - self._position

    def _check(self, length: int) -> None:
        if length > self._left() or self._position + length > MAX_HEAD:
            raise ModelError("model_truncated", name=self._name)

    def _take(self, length: int, where: str) -> bytes:
        self._check(length)
        if self._at + length > len(self._buffer):
            self._base, rest = self._position, self._buffer[self._at :]
            self._buffer = rest + self._file.read(max(length - len(rest), WINDOW))
            self._at = 0
        piece = self._buffer[self._at : self._at + length]
        if len(piece) != length:  # the file shrank while it was read
            raise self._damaged(where)
        self._at += length
        return piece

    def _skip(self, length: int, where: str) -> None:
        self._check(length)
        if self._at + length <= len(self._buffer):
            self._at += length
            return
        target = self._position + length
        self._file.seek(target)
        self._buffer, self._base, self._at = b"", target, 0
        if self._left() < 0:
            raise self._damaged(where)

    def _damaged(self, where: str) -> ModelError:
        return ModelError("model_damaged", name=self._name, where=where[:120])
