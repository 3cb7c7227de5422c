"""How much memory a model will take, told from the head of its file before anything is loaded."""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from core.llm.gguf import Gguf

CHUNK = 128  # tokens read in one step, as in local.py
_F16 = 2
_F32 = 4
_KV_PADDING = 256  # llama.cpp rounds the context up to this


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes: the weights (mapped from the file), the memory of the text, and room to compute in."""

    weight_bytes: int
    kv_bytes: int
    compute_bytes: int
    free_bytes: int

    @property
    def total_bytes(self) -> int:
        """All together."""
        return self.weight_bytes + self.kv_bytes + self.compute_bytes

    @property
    def fits(self) -> bool:
        """Whether it fits into the memory that is free now."""
        return self.total_bytes <= self.free_bytes


def estimate(head: Gguf, context_tokens: int) -> Estimate:
    """The memory for a context of so many tokens (cut to what the model was trained for)."""
    context = min(context_tokens, head.number("context_length") or context_tokens)
    return Estimate(
        weight_bytes=head.weight_bytes,
        kv_bytes=sum(_kv_bytes(head, context)),
        compute_bytes=_compute_bytes(head, context),
        free_bytes=psutil.virtual_memory().available,
    )


def layer_bytes(head: Gguf, context_tokens: int) -> tuple[int, ...]:
    """Bytes of each layer with its share of the text's memory, and last of the output layer."""
    blocks = _blocks(head)
    sizes = [0] * (blocks + 1)
    for tensor in head.tensors:
        parts = tensor.name.split(".")
        inside = parts[0] == "blk" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < blocks
        sizes[int(parts[1]) if inside else blocks] += tensor.size
    memory = [*_kv_bytes(head, context_tokens), 0]
    return tuple(size + kv for size, kv in zip(sizes, memory, strict=True))


def _blocks(head: Gguf) -> int:
    """Number of layers; a file cannot have more of them than tensors."""
    return max(0, min(head.number("block_count") or 0, len(head.tensors)))


def _kv_bytes(head: Gguf, context: int) -> list[int]:
    """Bytes of keys and values of each layer, both kept as 16-bit floats."""
    blocks = _blocks(head)
    heads = max(1, *(head.numbers("attention.head_count") or (1,)))
    width = (head.number("embedding_length") or 0) // heads
    per_head = (head.number("attention.key_length") or width) + (
        head.number("attention.value_length") or width
    )
    kv_heads = head.numbers("attention.head_count_kv") or (heads,)
    padded = -(-context // _KV_PADDING) * _KV_PADDING
    return [padded * per_head * _F16 * kv_heads[min(layer, len(kv_heads) - 1)] for layer in range(blocks)]


def _compute_bytes(head: Gguf, context: int) -> int:
    """Room for one chunk's intermediate results: a few activations, the feed-forward layer, a mask, and
    the scores of one token over the vocabulary.
    """
    width = head.number("embedding_length") or 0
    inner = max(head.numbers("feed_forward_length") or (4 * width,))
    vocabulary = head.number("vocab_size") or 0
    return CHUNK * (4 * width + 2 * inner + context) * _F32 + vocabulary * _F32
