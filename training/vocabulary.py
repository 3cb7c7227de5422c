"""Cuts the vocabulary of XLM-R to English and Chinese and writes it as a SentencePiece model.

Kept are the special pieces, every piece that the original tokenizer uses anywhere in the given texts, every
piece made of Chinese characters, and every single printable ASCII character. Scores, the normalisation map
and the order stay as they were; row i of the token table belongs to piece i of the written model.
"""

from __future__ import annotations

import base64
import gzip
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tokenizers
from sentencepiece import sentencepiece_model_pb2 as proto

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SPACE = "▁"
TEXT_SUFFIXES = (".md", ".html", ".csv", ".txt")
BATCH = 512


def texts(folders: list[Path]) -> Iterator[str]:
    """Yield every string of every JSONL row and every text file under the folders, in sorted order."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.name.endswith(".jsonl.gz") and path.parent.name != "nc":
                with gzip.open(path, "rt", encoding="utf-8") as lines:
                    for line in lines:
                        yield from _strings(json.loads(line))
            elif path.suffix in TEXT_SUFFIXES:
                yield path.read_text(encoding="utf-8", errors="replace")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key in ("question", "context", "answer", "premise", "claim"):
            yield from _strings(value.get(key))


def kept_rows(tokenizer_json: bytes, folders: list[Path]) -> list[int]:
    """Return the original ids to keep, ascending."""
    tokenizer = tokenizers.Tokenizer.from_buffer(tokenizer_json)
    seen: set[int] = set(range(len(SPECIAL)))
    batch: list[str] = []
    for text in texts(folders):
        batch.append(text)
        if len(batch) == BATCH:
            seen.update(*(e.ids for e in tokenizer.encode_batch(batch, add_special_tokens=False)))
            batch.clear()
    seen.update(*(e.ids for e in tokenizer.encode_batch(batch, add_special_tokens=False)))
    vocabulary = json.loads(tokenizer_json)["model"]["vocab"]
    seen.update(i for i, (piece, _) in enumerate(vocabulary) if _always(piece))
    return sorted(i for i in seen if vocabulary[i][0] != "<mask>")


def _always(piece: str) -> bool:
    bare = piece.removeprefix(SPACE)
    if len(bare) <= 1:
        return bare.isascii() or _chinese(bare)
    return all(_chinese(c) for c in bare)


def _chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK")


def sentencepiece_model(tokenizer_json: bytes, rows: list[int]) -> bytes:
    """Return the bytes of a SentencePiece Unigram model with just these pieces."""
    source = json.loads(tokenizer_json)
    vocabulary = source["model"]["vocab"]
    kind = proto.ModelProto.SentencePiece
    model = proto.ModelProto()
    for row in rows:
        piece, score = vocabulary[row]
        type_ = kind.NORMAL
        if piece in SPECIAL:
            type_ = kind.UNKNOWN if piece == "<unk>" else kind.CONTROL
        model.pieces.add(piece=piece, score=score, type=type_)
    spec = model.trainer_spec
    spec.model_type = proto.TrainerSpec.UNIGRAM
    spec.vocab_size = len(rows)
    spec.bos_id, spec.pad_id, spec.eos_id, spec.unk_id = range(len(SPECIAL))
    spec.bos_piece, spec.pad_piece, spec.eos_piece, spec.unk_piece = SPECIAL
    charsmap = source["normalizer"]["normalizers"][0]["precompiled_charsmap"]
    model.normalizer_spec.name = "nmt_nfkc"
    model.normalizer_spec.precompiled_charsmap = base64.b64decode(charsmap)
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    content: bytes = model.SerializeToString(deterministic=True)
    return content
