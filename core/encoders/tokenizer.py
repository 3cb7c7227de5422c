"""Text to pieces and back to places in the text.

The pieces are those of XLM-R, cut to English and Chinese: a SentencePiece model whose piece i is row i of the
token table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import sentencepiece

START, END, UNKNOWN = 0, 2, 3
_REPLACEMENT = "\ufffd"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a text; piece i covers ``text[starts[i]:ends[i]]``, without the space before a word."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)


class Tokenizer:
    """A SentencePiece model with offsets."""

    def __init__(self, model: bytes) -> None:
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)

    def encode(self, text: str) -> Tokens:
        """Return the pieces of a text. A lone surrogate, which no UTF-8 can hold, counts as space."""
        clean = _LONE_SURROGATE.sub(_REPLACEMENT, text)
        found = self._processor.encode(clean, return_type="offset_mapping")
        starts = [_skip_space(clean, start, end) for start, end in found["offsets"]]
        return Tokens(found["ids"], starts, [end for _, end in found["offsets"]])

    def ids(self, text: str) -> list[int]:
        """Return the pieces alone, which is faster."""
        ids: list[int] = self._processor.encode(_LONE_SURROGATE.sub(_REPLACEMENT, text))
        return ids


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] == _REPLACEMENT):
        start += 1
    return start
