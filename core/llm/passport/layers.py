"""Looks for layers and experts of a model that are the same to the bit, reading the weights once.

Models are put together from others by stacking layers again or by copying experts. Only what was stored in
the same way is found: a repeated layer that was quantized otherwise, or trained on, differs in its bits.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from core.errors import ModelError
from core.llm.gguf import Gguf, Tensor
from core.llm.passport.fingerprint import layer_of

_BLOCK = 4 * 2**20
_MAX_EXPERTS = 4096  # of a layer; a file that claims more is not believed
_MAX_LAYERS = 4096  # beyond this only whole layers are compared
Digests = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes of the file read so far, of all."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What the bytes of the weights show.

    ``repeated`` are groups of layers whose matrices are all the same to the bit; ``partly`` are groups that
    share some of them. ``experts`` counts experts that repeat another of their layer. ``overlapping`` says
    that tensors lie over one another in the file: then layers were not compared.
    """

    sha256: str
    repeated: tuple[tuple[int, ...], ...] = ()
    partly: tuple[tuple[int, ...], ...] = ()
    experts: int = 0
    overlapping: bool = False


def examine(path: Path, head: Gguf) -> Generator[Reading, None, Weights]:
    """Hash the file and its matrices in the order in which they lie; the generator's value says what repeats.

    Raises ModelError ``model_truncated`` for a file that shrinks meanwhile.
    """
    tensors = sorted(head.tensors, key=lambda tensor: tensor.offset)
    overlapping = any(a.offset + a.size > b.offset for a, b in pairwise(tensors))
    digests: dict[str, Digests] = {}
    whole, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        for start, length, tensor in _stretches([] if overlapping else tensors, total):
            piece = tensor is not None and len(tensor.shape) > 1 and layer_of(tensor.name) is not None
            parts = _parts(tensor) if tensor is not None and piece else 1
            found = []
            for _ in range(parts):
                digest = hashlib.blake2b(digest_size=16)
                for block in _blocks(file, length // parts, path.name):
                    whole.update(block)
                    if piece:
                        digest.update(block)
                    done += len(block)
                    yield Reading(done, total)
                found.append(digest.digest())
            if tensor is not None and piece:
                digests[tensor.name] = tuple(found)
            assert start + length == done
    return _weights(whole.hexdigest(), head, digests, overlapping)


def _stretches(tensors: Iterable[Tensor], total: int) -> Iterable[tuple[int, int, Tensor | None]]:
    """The file cut into the tensors and what lies between them, in order and without a gap."""
    at = 0
    for tensor in tensors:
        if tensor.offset > at:
            yield at, tensor.offset - at, None
        yield tensor.offset, tensor.size, tensor
        at = tensor.offset + tensor.size
    if total > at:
        yield at, total - at, None


def _parts(tensor: Tensor) -> int:
    """How many experts lie one after the other in a tensor of three dimensions, where they lie evenly."""
    count = tensor.shape[-1] if len(tensor.shape) == 3 else 1
    return count if count <= _MAX_EXPERTS and tensor.size % count == 0 else 1


def _blocks(file: BinaryIO, length: int, name: str) -> Iterable[bytes]:
    while length:
        block = file.read(min(length, _BLOCK))
        if not block:
            raise ModelError("model_truncated", name=name)
        yield block
        length -= len(block)


def _weights(sha256: str, head: Gguf, digests: dict[str, Digests], overlapping: bool) -> Weights:
    layers: dict[int, list[Digests]] = defaultdict(list)
    for tensor in head.tensors:
        number = layer_of(tensor.name)
        if number is not None and tensor.name in digests:
            layers[number].append(digests[tensor.name])
    repeated = _groups((tuple(sorted(found)), number) for number, found in layers.items())
    few = layers if len(layers) <= _MAX_LAYERS else {}
    shared = _groups((digest, number) for number, found in few.items() for digest in found)
    partly = {tuple(sorted(set(group))) for group in shared} - set(repeated)
    inside = [group for group in partly if not any(set(group) <= set(whole) for whole in repeated)]
    experts = sum(len(found) - len(set(found)) for found in digests.values())
    return Weights(sha256, repeated, tuple(sorted(g for g in inside if len(g) > 1)), experts, overlapping)


def _groups(keyed: Iterable[tuple[object, int]]) -> tuple[tuple[int, ...], ...]:
    groups: dict[object, list[int]] = defaultdict(list)
    for key, number in keyed:
        groups[key].append(number)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))
