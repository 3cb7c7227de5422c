from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.llm import gguf
from core.llm.estimate import Estimate, estimate, layer_bytes, split

Write = Callable[..., Path]
LAYER = 64 * 128 * 4
KV_256 = 256 * 2 * (16 + 16) * 2  # tokens, heads, key and value of 16 numbers, two bytes


def test_the_parts_add_up(tiny: Write) -> None:
    guess = estimate(gguf.read(tiny()), 256)
    assert guess.weight_bytes == 64 * 100 * 4 + 2 * LAYER
    assert guess.kv_bytes == 2 * KV_256
    assert guess.repacked_bytes == 0
    assert guess.compute_bytes > 128 * 2 * 128 * 4
    assert guess.total_bytes == sum(
        (guess.weight_bytes, guess.kv_bytes, guess.compute_bytes, guess.program_bytes)
    )


def test_the_context_is_rounded_up_and_cut_to_what_was_trained(tiny: Write) -> None:
    head = gguf.read(tiny())
    assert estimate(head, 257).kv_bytes == estimate(head, 512).kv_bytes
    assert estimate(head, 100_000).kv_bytes == estimate(head, 2048).kv_bytes


def test_whether_it_fits() -> None:
    assert Estimate(1, 1, 1, 1, 1, free_bytes=5).fits
    assert not Estimate(1, 1, 1, 1, 1, free_bytes=4).fits


def test_layers_and_what_is_outside_of_them(tiny: Write) -> None:
    layers = layer_bytes(gguf.read(tiny()), 256)
    assert layers == (LAYER + KV_256, LAYER + KV_256, 64 * 100 * 4)


def test_heads_per_layer(tiny: Write) -> None:
    layers = layer_bytes(gguf.read(tiny(changes={"llama.attention.head_count_kv": [2, 1]})), 256)
    assert layers[0] - layers[1] == KV_256 // 2


@pytest.mark.parametrize(
    "changes",
    [
        {"llama.block_count": 2_000_000_000},
        {"llama.block_count": -5},
        {"llama.attention.head_count": 0},
        {"llama.attention.head_count": None, "llama.embedding_length": None},
        {"llama.context_length": None, "llama.feed_forward_length": None},
    ],
)
def test_a_head_that_lies_gives_a_number_and_no_crash(tiny: Write, changes: dict[str, object]) -> None:
    head = gguf.read(tiny(changes=changes))
    assert estimate(head, 512).total_bytes > head.weight_bytes
    assert len(layer_bytes(head, 512)) <= len(head.tensors) + 1


@pytest.mark.model
def test_the_small_model_as_it_was_measured(small_model: Path) -> None:
    """For 4096 tokens llama.cpp logged 90 MiB of KV cache and 4.6 of buffers; 247 MiB were resident."""
    guess = estimate(gguf.read(small_model), 4096)
    assert guess.kv_bytes == 90 * 2**20
    assert 4 * 2**20 < guess.compute_bytes < 8 * 2**20
    assert guess.total_bytes == pytest.approx(247 * 2**20, rel=0.1)


def test_layers_that_are_moved_leave_main_memory_and_arrive_on_the_gpu(tiny: Write) -> None:
    head = gguf.read(tiny())
    whole, sizes = estimate(head, 256), layer_bytes(head, 256)
    assert split(head, 256, 0) == (whole.total_bytes, 0)
    one, all_of_them = split(head, 256, 1), split(head, 256, len(sizes))
    assert one == (whole.total_bytes - sizes[-1], sizes[-1] + whole.compute_bytes)
    assert all_of_them[0] == whole.program_bytes + whole.compute_bytes
    assert all_of_them[1] == sum(sizes) + whole.compute_bytes
