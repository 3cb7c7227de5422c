from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from llama_cpp._ggml import libggml_base_path

from core.errors import ModelError
from core.llm import gguf
from core.llm.gguf import LongArray

Maker = Callable[..., bytes]


def read(tmp_path: Path, data: bytes) -> gguf.Gguf:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    return gguf.read(path)


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(ModelError) as caught:
        read(tmp_path, data)
    return caught.value.code


def test_metadata_and_tensors_are_read(tmp_path: Path, tiny_bytes: Maker) -> None:
    data = tiny_bytes({"x.yes": True, "x.pi": 3.5, "x.layers": [1, 2, 3]})
    head = read(tmp_path, data)
    assert head.architecture == "llama"
    assert head.text("general.name") == "Tiny"
    assert head.number("context_length") == 2048
    assert head.metadata["x.yes"] is True
    assert head.metadata["x.pi"] == 3.5
    assert head.metadata["x.layers"] == (1, 2, 3)
    assert head.metadata["general.languages"] == ("en", "fr")
    assert head.tensors[0].name == "token_embd.weight"
    assert head.parameters == 64 * 100 + 2 * 64 * 128
    assert head.weight_bytes == 4 * head.parameters
    last = head.tensors[-1]
    assert data[last.offset : last.offset + 4] == struct.pack("<f", 0.5)
    assert last.offset + last.size == len(data)


def test_a_number_per_layer_or_one_for_all(tmp_path: Path, tiny_bytes: Maker) -> None:
    head = read(tmp_path, tiny_bytes({"llama.attention.head_count_kv": [2, 1]}))
    assert head.numbers("attention.head_count_kv") == (2, 1)
    assert head.numbers("attention.head_count") == (4,)
    assert head.numbers("nothing") is None
    assert head.number("x.yes") is None


def test_a_long_array_is_counted_and_what_follows_is_found(tmp_path: Path, tiny_bytes: Maker) -> None:
    long = {"x.words": ["a" * 400] * 6000, "x.numbers": [7] * 500_000, "x.after": "here"}
    head = read(tmp_path, tiny_bytes(long))
    assert head.metadata["x.words"] == LongArray(6000)
    assert head.metadata["x.numbers"] == LongArray(500_000)
    assert head.text("x.after") == "here"
    assert len(head.tensors) == 3


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(ModelError) as caught:
            gguf.read(path)
        assert caught.value.code == "model_missing"


def test_other_files_are_no_gguf(tmp_path: Path) -> None:
    assert refused(tmp_path, b"") == "model_not_gguf"
    assert refused(tmp_path, b"GG") == "model_not_gguf"
    assert refused(tmp_path, b"%PDF-1.7 ...") == "model_not_gguf"


def test_an_unknown_version_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, b"GGUF" + struct.pack("<IQQ", 9, 0, 0)) == "model_version"


def test_every_cut_is_found(tmp_path: Path, tiny_bytes: Maker) -> None:
    data = tiny_bytes()
    for length in (5, 30, 200, 900, len(data) // 2, len(data) - 1):
        assert refused(tmp_path, data[:length]) in ("model_truncated", "model_damaged")


@pytest.mark.parametrize(
    "counts", [(2**63, 0), (0, 2**63), (10**9, 1), (1, 70_000)], ids=["tensors", "keys", "many", "keys over"]
)
def test_counts_that_lie_are_refused_before_they_are_used(tmp_path: Path, counts: tuple[int, int]) -> None:
    assert refused(tmp_path, b"GGUF" + struct.pack("<IQQ", 3, *counts) + b"\0" * 80_000) == "model_damaged"


def test_lengths_that_lie_are_refused(tmp_path: Path, tiny_bytes: Maker) -> None:
    data = tiny_bytes({"x.text": "findme"})
    at = data.index(b"findme")
    text = data[: at - 8] + struct.pack("<Q", 2**40) + data[at:]
    assert refused(tmp_path, text) == "model_damaged"
    array = data.replace(struct.pack("<IIQ", 9, 8, 2), struct.pack("<IIQ", 9, 8, 2**60))
    assert refused(tmp_path, array) == "model_damaged"
    numbers = tiny_bytes({"x.n": [1, 2]}).replace(
        struct.pack("<IIQ", 9, 5, 2), struct.pack("<IIQ", 9, 5, 2**61)
    )
    assert refused(tmp_path, numbers) == "model_damaged"


def test_nested_arrays_and_unknown_types_are_refused(tmp_path: Path, tiny_bytes: Maker) -> None:
    data = tiny_bytes()
    nested = data.replace(struct.pack("<IIQ", 9, 8, 2), struct.pack("<IIQ", 9, 9, 2))
    assert refused(tmp_path, nested) == "model_damaged"
    unknown = data.replace(struct.pack("<IIQ", 9, 8, 2), struct.pack("<IIQ", 77, 8, 2))
    assert refused(tmp_path, unknown) == "model_damaged"


@pytest.mark.parametrize("alignment", [0, 3, -32, 2**30])
def test_a_bad_alignment_is_refused(tmp_path: Path, tiny_bytes: Maker, alignment: int) -> None:
    assert refused(tmp_path, tiny_bytes({"general.alignment": alignment})) == "model_damaged"


def test_tensors_that_lie_are_refused(tmp_path: Path, tiny_bytes: Maker) -> None:
    data = tiny_bytes()
    shape = struct.pack("<IQQ", 2, 64, 100)
    assert refused(tmp_path, data.replace(shape, struct.pack("<IQQ", 2, 64, 2**60))) == "model_truncated"
    assert refused(tmp_path, data.replace(shape, struct.pack("<IQQ", 2, 0, 100))) == "model_damaged"
    assert refused(tmp_path, data.replace(shape, struct.pack("<IQQ", 99, 64, 100))) == "model_damaged"
    twice = data.replace(b"blk.1.", b"blk.0.")
    assert refused(tmp_path, twice) == "model_damaged"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_mutation_reads_or_says_why(tmp_path: Path, tiny_bytes: Maker, data: st.DataObject) -> None:
    whole = tiny_bytes()
    head = len(whole) - 4 * (64 * 100 + 2 * 64 * 128)
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, head - 9))
        value = data.draw(st.sampled_from([0, 1, 255, 2**16, 2**31, 2**32 - 1, 2**63, 2**64 - 1]))
        width = data.draw(st.sampled_from([1, 4, 8]))
        broken[at : at + width] = (value % 256**width).to_bytes(width, "little")
    length = data.draw(st.integers(4, len(broken)) | st.just(len(broken)))
    try:
        found = read(tmp_path, bytes(broken[:length]))
    except ModelError:
        return
    assert all(tensor.offset + tensor.size <= length for tensor in found.tensors)


def test_sizes_of_types_are_those_of_llama_cpp() -> None:
    library = ctypes.CDLL(str(next(libggml_base_path.glob("*ggml-base.*"))))
    library.ggml_type_size.restype = ctypes.c_size_t
    library.ggml_blck_size.restype = ctypes.c_int64
    for kind, (name, block, size) in gguf.TENSOR_TYPES.items():
        assert (library.ggml_blck_size(kind), library.ggml_type_size(kind)) == (block, size), name


@pytest.mark.model
def test_the_real_model(small_model: Path) -> None:
    head = gguf.read(small_model)
    assert head.architecture == "llama"
    assert head.number("block_count") == 30
    assert head.parameters == 134_515_008
    assert head.tensors[-1].offset + head.tensors[-1].size <= small_model.stat().st_size


def test_watched_arrays_are_handed_on_whole_and_not_kept(tmp_path: Path, tiny_bytes: Maker) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(tiny_bytes({"x.words": ["a", "", "ccc"], "x.numbers": [7] * 500_000, "x.after": "here"}))
    words: list[bytes] = []
    numbers: list[bytes] = []
    head = gguf.read(path, {"x.words": words.append, "x.numbers": numbers.append})
    assert words == [b"a", b"", b"ccc"]
    assert b"".join(numbers) == struct.pack("<i", 7) * 500_000
    assert len(numbers) > 1
    assert head.metadata["x.words"] == LongArray(3)
    assert head.metadata["x.numbers"] == LongArray(500_000)
    assert head.text("x.after") == "here"
    assert len(head.tensors) == 3
