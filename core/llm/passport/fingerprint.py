"""What a model file is made of, told from its head: tokenizer, shapes, names of tensors, chat template.

Nothing here looks at what the file calls itself; shapes come from the tensors, whatever their names are.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.llm import gguf
from core.llm.gguf import Gguf, Tensor

BLOCK = 512  # words whose hashes are compared together
_BLOCK_BYTES = 4
_CONTROL = 3  # ggml's type of a word that steers, such as the end of a turn
_PIECE = re.compile(r"\n|(?=\{[%{#])|(?<=[%}#]\})")
_SPECIAL = ("bos", "eos", "eot", "unknown", "padding", "mask")
_NUMBER = re.compile(r"(?<![^\W_])[0-9]{1,6}(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """A vocabulary by its hashes.

    ``blocks`` hold four bytes of a hash for every 512 words, so that vocabularies that differ in some words
    can be told from strangers. ``merges`` and ``scores`` are None where the file has none. ``special`` are
    the words that begin, end and fill a text, by their role; ``control`` counts all words that steer.
    """

    kind: str
    pre: str
    words: int
    vocabulary: str
    merges: str | None
    scores: str | None
    blocks: bytes
    special: tuple[tuple[str, str], ...] = ()
    control: int = 0

    def shared(self, other: Tokenizer) -> float:
        """The share of the other vocabulary's blocks that are found here, 0..1, in the same place."""
        pairs = zip(_chunks(self.blocks), _chunks(other.blocks), strict=False)
        return sum(mine == its for mine, its in pairs) / max(1, len(other.blocks) // _BLOCK_BYTES)


def _chunks(blocks: bytes) -> list[bytes]:
    return [blocks[at : at + _BLOCK_BYTES] for at in range(0, len(blocks), _BLOCK_BYTES)]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model as its tensors have them; 0 where none shows it.

    ``query`` and ``key`` are the widths of the attention's heads together; ``experts`` is 0 in a dense model.
    """

    blocks: int
    embedding: int
    feed_forward: int
    query: int
    key: int
    vocabulary: int
    experts: int = 0


def read(path: Path) -> tuple[Gguf, Tokenizer | None]:
    """A file's head with its tokenizer's fingerprint; None where it has none. Raises as ``gguf.read``."""
    words, merges, scores, types = _Words(), _Hash(), _Hash(), _Control()
    watch = {
        "tokenizer.ggml.tokens": words.add,
        "tokenizer.ggml.merges": merges.add,
        "tokenizer.ggml.scores": scores.add_raw,
        "tokenizer.ggml.token_type": types.add,
    }
    head = gguf.read(path, watch)
    if words.count == 0:
        return head, None
    tokenizer = Tokenizer(
        kind=head.text("tokenizer.ggml.model") or "",
        pre=head.text("tokenizer.ggml.pre") or "",
        words=words.count,
        vocabulary=words.hexdigest() or "",
        merges=merges.hexdigest(),
        scores=scores.hexdigest(),
        blocks=words.blocks(),
        special=_special(path, head),
        control=types.count,
    )
    return head, tokenizer


def measure(head: Gguf) -> Shape:
    """The sizes of a model from the shapes of its tensors alone, so that other names do not change them.

    A matrix is listed with its input first: what takes from the stream of embeddings has the embedding's
    width in front, what gives back to it has that width behind.
    """
    layers = layers_of(head.tensors)
    outside = [tensor for tensor in head.tensors if layer_of(tensor.name) is None and len(tensor.shape) == 2]
    largest = max(outside, key=lambda tensor: tensor.parameters, default=None)
    embedding, vocabulary = largest.shape if largest else (0, 0)
    middle = sorted(layers)[len(layers) // 2] if layers else 0
    inside = [tensor.shape for tensor in layers.get(middle, ())]
    flat = [shape for shape in inside if len(shape) == 2]
    deep = [shape for shape in inside if len(shape) == 3]  # one matrix for each expert
    experts = max((shape[2] for shape in deep), default=0)
    giving = sorted(shape[0] for shape in flat if shape[1] == embedding and shape[0] != embedding)
    if deep:
        feed_forward = max(
            side for shape in deep for side in shape[:2] if side != embedding or shape[0] == shape[1]
        )
        query = giving[-1] if giving else embedding
    else:
        feed_forward = giving[-1] if giving else 0
        query = giving[0] if len(giving) > 1 else embedding
    taking = min((shape[1] for shape in flat if shape[0] == embedding and shape[1] != experts), default=0)
    return Shape(len(layers), embedding, feed_forward, query, _key(taking, query), vocabulary, experts)


def _key(narrowest: int, query: int) -> int:
    """The width of the keys: the narrowest matrix, or its share of one with queries, keys and values."""
    if narrowest <= query:
        return narrowest
    return (narrowest - query) // 2 if narrowest <= 3 * query else 0


def layer_of(name: str) -> int | None:
    """The layer of a tensor: the first number that stands alone in its name; None outside of layers."""
    found = _NUMBER.search(name)
    return int(found[0]) if found else None


def layers_of(tensors: Iterable[Tensor]) -> dict[int, list[Tensor]]:
    """The tensors of each layer."""
    layers: dict[int, list[Tensor]] = defaultdict(list)
    for tensor in tensors:
        number = layer_of(tensor.name)
        if number is not None:
            layers[number].append(tensor)
    return dict(layers)


def name_patterns(tensors: Iterable[Tensor]) -> Counter[str]:
    """The names of tensors with their layer's number taken out, and how many carry each."""
    return Counter(name_pattern(tensor.name) for tensor in tensors)


def name_pattern(name: str) -> str:
    """A tensor's name with N in place of its layer's number."""
    return _NUMBER.sub("N", name, count=1)


def pieces(template: str) -> tuple[str, ...]:
    """A chat template cut at its lines and statements, without white space around and without empty ones."""
    cut = (piece.strip() for piece in _PIECE.split(template))
    return tuple(piece for piece in cut if piece)


def piece_hash(piece: str) -> str:
    """Eight hexadecimal digits that stand for a piece of a template."""
    return hashlib.sha256(piece.encode()).hexdigest()[:8]


def template_hash(template: str) -> str:
    """The SHA-256 of a template without white space at its ends."""
    return hashlib.sha256(template.strip().encode("utf-8", errors="replace")).hexdigest()


def _special(path: Path, head: Gguf) -> tuple[tuple[str, str], ...]:
    """The words of the special numbers, from a second walk: the numbers stand behind the vocabulary."""
    named = {role: head.number(f"tokenizer.ggml.{role}_token_id") for role in _SPECIAL}
    wanted = {number: "" for number in named.values() if number is not None}
    counter = iter(range(2**63))

    def pick(word: bytes) -> None:
        number = next(counter)
        if number in wanted:
            wanted[number] = printable(word[:200].decode("utf-8", errors="replace"))

    gguf.read(path, {"tokenizer.ggml.tokens": pick})
    return tuple((role, wanted[number]) for role, number in named.items() if number is not None)


def printable(text: str, length: int = 200) -> str:
    """A text of the file for people: without control characters, and not longer than asked."""
    return "".join(char for char in text[:length] if char.isprintable())


class _Hash:
    """A SHA-256 over texts with their lengths, or over raw numbers; nothing where nothing came."""

    def __init__(self) -> None:
        self._digest, self._any = hashlib.sha256(), False

    def add(self, item: bytes) -> None:
        self._digest.update(len(item).to_bytes(8, "little"))
        self.add_raw(item)

    def add_raw(self, item: bytes) -> None:
        self._digest.update(item)
        self._any = True

    def hexdigest(self) -> str | None:
        return self._digest.hexdigest() if self._any else None


class _Words(_Hash):
    """The vocabulary's hash, and a short hash of every block of words."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._block, self._done = hashlib.sha256(), bytearray()

    def add(self, item: bytes) -> None:
        super().add(item)
        self._block.update(len(item).to_bytes(8, "little") + item)
        self.count += 1
        if self.count % BLOCK == 0:
            self._done += self._block.digest()[:_BLOCK_BYTES]
            self._block = hashlib.sha256()

    def blocks(self) -> bytes:
        rest = self._block.digest()[:_BLOCK_BYTES] if self.count % BLOCK else b""
        return bytes(self._done) + rest


class _Control:
    """Counts the words of the kind that steers, from the raw 32-bit numbers of the words' kinds."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, numbers: bytes) -> None:
        kinds = np.frombuffer(numbers[: len(numbers) // 4 * 4], dtype="<i4")
        self.count += int(np.count_nonzero(kinds == _CONTROL))
