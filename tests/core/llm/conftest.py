"""Small GGUF files for the tests, made here."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

Meta = dict[str, object]


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: object) -> bytes:
    """A metadata value with its type, as GGUF writes it."""
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<Ii", 5, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    assert isinstance(value, list)
    kind = 8 if isinstance(value[0], str) else 5
    items = b"".join(_text(item) if kind == 8 else struct.pack("<i", item) for item in value)
    return struct.pack("<IIQ", 9, kind, len(value)) + items


def build_gguf(metadata: Meta, tensors: dict[str, tuple[int, ...]], alignment: int = 32) -> bytes:
    """A whole GGUF file with float tensors of the given shapes."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    body = b""
    for name, shape in tensors.items():
        count = 1
        for side in shape:
            count *= side
        head += _text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        head += struct.pack("<IQ", 0, len(body))
        body += struct.pack(f"<{count}f", *([0.5] * count))
        body += b"\0" * (-len(body) % alignment)
    return head + b"\0" * (-len(head) % alignment) + body


META: Meta = {
    "general.architecture": "llama",
    "general.name": "Tiny",
    "general.license": "apache-2.0",
    "general.languages": ["en", "fr"],
    "general.file_type": 3,
    "llama.context_length": 2048,
    "llama.embedding_length": 64,
    "llama.feed_forward_length": 128,
    "llama.block_count": 2,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.chat_template": CHATML,
    "tokenizer.ggml.tokens": [f"word{i}" for i in range(100)],
}
TENSORS: dict[str, tuple[int, ...]] = {
    "token_embd.weight": (64, 100),
    "blk.0.ffn_up.weight": (64, 128),
    "blk.1.ffn_up.weight": (64, 128),
}


@pytest.fixture
def tiny_bytes() -> Callable[..., bytes]:
    """Builds the bytes of a small GGUF: ``make(key=value…)`` changes metadata, None leaves a key out."""

    def make(changes: Meta | None = None, tensors: dict[str, tuple[int, ...]] | None = None) -> bytes:
        merged = {key: value for key, value in {**META, **(changes or {})}.items() if value is not None}
        return build_gguf(merged, TENSORS if tensors is None else tensors)

    return make


@pytest.fixture
def tiny(tmp_path: Path, tiny_bytes: Callable[..., bytes]) -> Callable[..., Path]:
    """Writes a small GGUF file: ``tiny(name, changes)``; llama.cpp could not run it, our reader can."""

    def write(name: str = "Tiny-Q4_1", changes: Meta | None = None) -> Path:
        path = tmp_path / f"{name}.gguf"
        path.write_bytes(tiny_bytes(changes))
        return path

    return write
