"""How much memory a model will take, told from the head of its file before anything is loaded.

The figures of the two models that we ship were held against a running engine (``bench/engine.py``); the
constants below come from there.
"""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from core.llm.gguf import Gguf

CHUNK = 128  # tokens that are read in one native step
_F16 = 2
_F32 = 4
_KV_PADDING = 256  # llama.cpp rounds the context up to this
# Types that llama.cpp copies into another order for the CPU's wide registers, beside the mapped file.
_REPACKED = frozenset({"Q4_0", "Q4_K", "Q2_K", "IQ4_NL"})
_PROGRAM = 48 * 2**20  # Python, numpy and llama.cpp's code
_PER_WORD = 400  # bytes of the vocabulary's tables for each word


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes: the weights as they lie in the file, their copy in the CPU's order, the memory of the text, room
    to compute in, the program itself; and what is free now.
    """

    weight_bytes: int
    repacked_bytes: int
    kv_bytes: int
    compute_bytes: int
    program_bytes: int
    free_bytes: int

    @property
    def total_bytes(self) -> int:
        """All that is taken."""
        return (
            self.weight_bytes + self.repacked_bytes + self.kv_bytes + self.compute_bytes + self.program_bytes
        )

    @property
    def fits(self) -> bool:
        """Whether it fits into the memory that is free now."""
        return self.total_bytes <= self.free_bytes


def estimate(head: Gguf, context_tokens: int) -> Estimate:
    """The memory on a CPU for a context of so many tokens (cut to what the model was trained for)."""
    context = _context(head, context_tokens)
    words = _vocabulary(head)
    return Estimate(
        weight_bytes=head.weight_bytes,
        repacked_bytes=_repacked_bytes(head),
        kv_bytes=sum(_kv_bytes(head, context)),
        compute_bytes=_compute_bytes(head, context) + words * _F32,
        program_bytes=_PROGRAM + words * _PER_WORD,
        free_bytes=psutil.virtual_memory().available,
    )


def split(head: Gguf, context_tokens: int, layers: int) -> tuple[int, int]:
    """Bytes of main memory and of a GPU's memory when so many layers are moved to it, as llama.cpp moves
    them: the output layer first, then the others from the last one on.
    """
    whole, sizes = estimate(head, context_tokens), layer_bytes(head, context_tokens)
    if layers <= 0:
        return whole.total_bytes, 0
    moved = sum(sizes[-layers:])
    stays = whole.repacked_bytes * max(0, len(sizes) - layers) // len(sizes)
    main = whole.total_bytes - whole.repacked_bytes + stays - moved
    return max(whole.program_bytes, main), moved + whole.compute_bytes


def layer_bytes(head: Gguf, context_tokens: int) -> tuple[int, ...]:
    """Bytes of each layer with its share of the text's memory, and last of the output layer."""
    blocks = _blocks(head)
    sizes = [0] * (blocks + 1)
    for tensor in head.tensors:
        block = _block_of(tensor.name)
        sizes[blocks if block is None or block >= blocks else block] += tensor.size
    memory = [*_kv_bytes(head, _context(head, context_tokens)), 0]
    return tuple(size + kv for size, kv in zip(sizes, memory, strict=True))


def _context(head: Gguf, asked: int) -> int:
    """The context that will be in force: as asked, but no longer than the model was trained for."""
    return min(asked, head.number("context_length") or asked)


def _block_of(name: str) -> int | None:
    """The layer of a tensor named ``blk.N.…``, None for the tensors outside of layers."""
    kind, _, rest = name.partition(".")
    number = rest.partition(".")[0]
    return (
        int(number) if kind == "blk" and number.isascii() and number.isdigit() and len(number) < 7 else None
    )


def _blocks(head: Gguf) -> int:
    """Number of layers; a file cannot have more of them than tensors."""
    return max(0, min(head.number("block_count") or 0, len(head.tensors)))


def _vocabulary(head: Gguf) -> int:
    """Number of words, from the shape of the embedding."""
    shapes = [tensor.shape for tensor in head.tensors if tensor.name == "token_embd.weight"]
    return shapes[0][-1] if shapes else 0


def _repacked_bytes(head: Gguf) -> int:
    inside = (tensor for tensor in head.tensors if _block_of(tensor.name) is not None)
    return sum(tensor.size for tensor in inside if tensor.type in _REPACKED)


def _kv_bytes(head: Gguf, context: int) -> list[int]:
    """Bytes of keys and values of each layer, both kept as 16-bit floats."""
    heads = max(1, *(head.numbers("attention.head_count") or (1,)), 1)
    width = (head.number("embedding_length") or 0) // heads
    per_head = sum(head.number(f"attention.{side}_length") or width for side in ("key", "value"))
    kv_heads = head.numbers("attention.head_count_kv") or (heads,)
    padded = -(-context // _KV_PADDING) * _KV_PADDING
    return [
        padded * per_head * _F16 * kv_heads[min(layer, len(kv_heads) - 1)] for layer in range(_blocks(head))
    ]


def _compute_bytes(head: Gguf, context: int) -> int:
    """Room for one chunk's intermediate results: activations, the feed-forward layer, the attention mask."""
    width = head.number("embedding_length") or 0
    inner = max(head.numbers("feed_forward_length") or (4 * width,))
    return CHUNK * ((10 * width + 2 * inner) * _F32 + context * _F16)
