"""A claim that copies a sentence nearly word for word, with a few words of it exchanged.

In a free rewording an exchanged word means little; in a copy it stands where the document says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from core.documents.fold import fold
from core.verify.rules.hits import Aligned, Rule, RuleHit
from core.verify.rules.values import Value, values
from core.verify.text import CJK, STOP_EN, STOP_ZH, stem

_COPIED_FROM = 0.72
_LONGEST_CHANGE = 8
_LEAST_TOKENS = 6
_LEAD = 4  # a claim that starts further inside the sentence left its beginning out, rather than exchanged it
_LOOKED_AT = 4
_CLAUSE_NUMBER = re.compile(r"(?:^|(?<=[。；;.!！]\s)|(?<=\n))\s*\d+(?:\.\d+)+(?=\s)")
_TOKEN = re.compile(rf"[{CJK}]|[a-zà-ɏ]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*%?")


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    start: int
    end: int


def copy_hits(claim: str, aligned: Sequence[Aligned]) -> Iterator[RuleHit]:
    """The exchanged words of the best copy, one hit each; none where a sentence holds the claim as it is."""
    mine = _tokens(claim)
    if len(mine) < _LEAST_TOKENS:
        return
    found = [(_match(mine, _tokens(sentence.text)), sentence) for sentence in aligned[:_LOOKED_AT]]
    (copied, changes), sentence = max(found, key=lambda item: item[0][0], default=((0.0, []), None))
    if sentence is None or copied < _COPIED_FROM:
        return
    for (first, last), (start, end) in changes:
        words = sentence.text[start:end]
        params = {"claim": claim[mine[first].start : mine[last - 1].end], "evidence": words}
        at = (sentence.start + start, sentence.start + end)
        yield RuleHit(
            Rule.WORDS_EXCHANGED, mine[first].start, mine[last - 1].end, params, sentence.window, at
        )


def _tokens(text: str) -> list[_Token]:
    """Words, characters and values in order; a value counts as one token, the same in every notation."""
    text = _CLAUSE_NUMBER.sub(lambda found: " " * len(found.group()), text)
    known = values(text)
    tokens = [_Token(_value_key(value), value.start, value.end) for value in known]
    for found in _TOKEN.finditer(fold(text)):
        if not any(value.start < found.end() and found.start() < value.end for value in known):
            tokens.append(_Token(_key(found.group()), found.start(), found.end()))
    return sorted(tokens, key=lambda token: token.start)


def _value_key(value: Value) -> str:
    return f"{value.group}:{value.day or value.amount}"


def _key(token: str) -> str:
    return stem(token) if token.isascii() and token.isalpha() else token


Change = tuple[tuple[int, int], tuple[int, int]]


def _match(mine: list[_Token], theirs: list[_Token]) -> tuple[float, list[Change]]:
    """The share of the claim's tokens that stand in the sentence in order, and the exchanges between."""
    equal, changes = 0, []
    codes = Levenshtein.opcodes([token.key for token in mine], [token.key for token in theirs])
    for code in codes:
        if code.tag == "equal":
            equal += code.src_end - code.src_start
        elif code.tag == "replace" and _telling(
            mine, theirs, code.src_start, code.src_end, code.dest_start, code.dest_end
        ):
            span = (theirs[code.dest_start].start, theirs[code.dest_end - 1].end)
            changes.append(((code.src_start, code.src_end), span))
    return equal / len(mine), changes


def _telling(mine: list[_Token], theirs: list[_Token], a: int, b: int, c: int, d: int) -> bool:
    """Whether an exchange is short, inside the sentence, and of more than function words on both sides."""
    if b - a > _LONGEST_CHANGE or d - c > _LONGEST_CHANGE or (a == 0 and c > _LEAD):
        return False
    return all(
        any(token.key not in STOP_EN and token.key not in STOP_ZH for token in side)
        for side in (mine[a:b], theirs[c:d])
    )
