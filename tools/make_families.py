"""Builds ``resources/models/families.json``: what the model passport compares a file with.

    python -m tools.make_families LLAMA_CPP_SOURCE [MODEL.gguf ...]

LLAMA_CPP_SOURCE is the folder ``vendor/llama.cpp`` of llama-cpp-python's source package
(``pip download llama-cpp-python==VERSION --no-binary :all: --no-deps``). From there come the fingerprints of
the tokenizers (``models/ggml-vocab-*.gguf``), of chat templates (``models/templates``) and the usual names of
tensors by architecture (``gguf-py``); from the given models the tokenizers and templates of theirs. Only
hashes and names are kept. The shapes of well-known models stand in ``tools/known_shapes.toml``.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.llm.passport import fingerprint
from core.llm.passport.fingerprint import Tokenizer
from core.settings import RESOURCES

TARGET = RESOURCES / "models" / "families.json"
_PREFIX = "ggml-vocab-"
# Name of the vocabulary file -> what people call the models that use it.
_TOKENIZERS = {
    "aquila": "Aquila",
    "baichuan": "Baichuan",
    "bert-bge": "BERT (English)",
    "command-r": "Command R",
    "deepseek-coder": "DeepSeek Coder",
    "deepseek-llm": "DeepSeek LLM",
    "falcon": "Falcon",
    "gemma-4": "Gemma 4",
    "gpt-2": "GPT-2",
    "gpt-neox": "GPT-NeoX",
    "llama-bpe": "Llama 3",
    "llama-spm": "Llama 1/2",
    "mpt": "MPT",
    "nomic-bert-moe": "Nomic Embed (XLM-R)",
    "phi-3": "Phi-3",
    "qwen2": "Qwen 1.5/2",
    "qwen35": "Qwen 1.5/2",
    "refact": "Refact",
    "starcoder": "StarCoder 2",
}
# Start of a model's file name -> the same.
_MODELS = {"SmolLM2": "SmolLM2", "Qwen2.5": "Qwen 2.5"}


def main(arguments: list[str]) -> None:
    """Write the table."""
    if not arguments:
        sys.exit(__doc__)
    source, models = Path(arguments[0]), [Path(name) for name in arguments[1:]]
    table = {
        "tokenizers": _tokenizers(source, models),
        "templates": _templates(source, models),
        "tensors": _tensors(source),
        "shapes": _shapes(),
    }
    TARGET.write_text(
        json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{TARGET}: {', '.join(f'{len(rows)} {name}' for name, rows in table.items())}")


def _tokenizers(source: Path, models: Iterable[Path]) -> list[dict[str, Any]]:
    """One entry for each different vocabulary; those that are the same share an entry and its name."""
    named = [
        (_TOKENIZERS[path.stem.removeprefix(_PREFIX)], path)
        for path in sorted((source / "models").glob(f"{_PREFIX}*.gguf"))
    ]
    named += [(_model_name(path), path) for path in models]
    entries: dict[str, dict[str, Any]] = {}
    for name, path in named:
        _, tokenizer = fingerprint.read(path)
        assert tokenizer is not None, path
        known = entries.setdefault(tokenizer.vocabulary, _entry(name, tokenizer))
        if name not in known["name"].split(", "):
            known["name"] += f", {name}"
    return list(entries.values())


def _model_name(path: Path) -> str:
    return next(name for start, name in _MODELS.items() if path.name.startswith(start))


def _entry(name: str, tokenizer: Tokenizer) -> dict[str, Any]:
    kept = ("kind", "pre", "words", "vocabulary", "merges", "scores")
    fields = {field: value for field, value in asdict(tokenizer).items() if field in kept}
    return {"name": name, **fields, "blocks": base64.b64encode(tokenizer.blocks).decode()}


def _templates(source: Path, models: Iterable[Path]) -> list[dict[str, Any]]:
    texts = {
        path.stem: path.read_text("utf-8") for path in sorted((source / "models/templates").glob("*.jinja"))
    }
    heads = [*sorted((source / "models").glob(f"{_PREFIX}*.gguf")), *models]
    for path in heads:
        template = fingerprint.read(path)[0].text("tokenizer.chat_template")
        if template:
            texts[path.stem.removeprefix(_PREFIX)] = template
    entries: dict[str, dict[str, Any]] = {}
    for name, text in texts.items():
        sha256 = fingerprint.template_hash(text)
        hashes = [fingerprint.piece_hash(piece) for piece in fingerprint.pieces(text)]
        known = entries.setdefault(sha256, {"name": name, "sha256": sha256, "pieces": " ".join(hashes)})
        if name not in known["name"].split(", "):
            known["name"] += f", {name}"
    return list(entries.values())


def _tensors(source: Path) -> dict[str, list[str]]:
    """Architecture -> the names that its tensors may have, the layer's number written as N."""
    sys.path.insert(0, str(source / "gguf-py"))
    assert importlib.util.find_spec("gguf"), "no gguf-py in the source"
    from gguf import constants  # noqa: PLC0415  (found only now)

    return {
        constants.MODEL_ARCH_NAMES[arch]: sorted(
            constants.TENSOR_NAMES[tensor].replace("{bid}", "N")
            for tensor in tensors
            if tensor in constants.TENSOR_NAMES
        )
        for arch, tensors in constants.MODEL_TENSORS.items()
    }


def _shapes() -> list[dict[str, Any]]:
    listed = tomllib.loads((Path(__file__).parent / "known_shapes.toml").read_text(encoding="utf-8"))
    names = listed["columns"]
    return [dict(zip(names, row, strict=True)) for row in listed["shapes"]]


if __name__ == "__main__":
    main(sys.argv[1:])
