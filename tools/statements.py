"""Statements whose truth is known: sentences of a sample document, every third with another figure in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_END = re.compile(r"(?<=[.!])\s+|(?<=[。；])|\n+")
_LEAD = re.compile(r"^(?:[-#*\s]+|第[一-十]+条\s*|（[一-十]）|\d+\.\s+)+")
_FIGURE = re.compile(r"\d[\d,]*")
_SHORTEST = {"en": 30, "zh": 10}
_LONGEST = {"en": 200, "zh": 80}
_EVERY = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, and whether the document says so."""

    text: str
    holds: bool


def statements(path: Path, language: str, most: int) -> tuple[Statement, ...]:
    """The first sentences of a Markdown document that hold a figure."""
    sentences = list(_sentences(path.read_text(encoding="utf-8"), language))[:most]
    return tuple(
        Statement(_FIGURE.sub(_other, text, count=1), holds=False)
        if at % _EVERY == 1
        else Statement(text, holds=True)
        for at, text in enumerate(sentences)
    )


def _sentences(text: str, language: str) -> Iterator[str]:
    for part in _END.split(text):
        sentence = _LEAD.sub("", part.strip().replace("**", ""))
        fits = _SHORTEST[language] <= len(sentence) <= _LONGEST[language]
        if fits and sentence[-1] in ".。；" and _FIGURE.search(sentence) and "|" not in sentence:
            yield sentence


def _other(found: re.Match[str]) -> str:
    """Another figure, about a third larger."""
    number = int(found.group().replace(",", ""))
    return f"{number + max(1, number // 3)}"
