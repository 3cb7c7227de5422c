"""Which words a claim and a quote have in common, so that both can be marked. It judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.late import Late

if TYPE_CHECKING:
    from core.documents import fold
else:
    fold = Late("core.documents.fold")

Span = tuple[int, int]

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[^\W\d_\u3400-\u9fff]+(?:[-'’][^\W\d_\u3400-\u9fff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_FILLERS = """a an and are as at be by can for from has have in into is it its may must not of on or our shall
that the their they this to was we were will with you your"""
_QUIET = frozenset(_FILLERS.split())


def common_words(first: str, second: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of each text whose words (or runs of two Chinese characters) stand in the other too."""
    left, right = fold.fold(first).lower(), fold.fold(second).lower()
    return _shared(left, right), _shared(right, left)


def _shared(text: str, other: str) -> tuple[Span, ...]:
    words = {_plain(found.group()) for found in _WORD.finditer(other)} - _QUIET
    pairs = {pair for run in _HAN.findall(other) for pair in _pairs(run)}
    return _joined(text, [*_word_spans(text, words), *_han_spans(text, pairs)])


def _word_spans(text: str, words: set[str]) -> Iterable[Span]:
    return (found.span() for found in _WORD.finditer(text) if _plain(found.group()) in words)


def _han_spans(text: str, pairs: set[str]) -> Iterable[Span]:
    for run in _HAN.finditer(text):
        for at, pair in enumerate(_pairs(run.group()), start=run.start()):
            if pair in pairs:
                yield at, at + 2


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _plain(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else word


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, with neighbours that only a space parts made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip(" "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
