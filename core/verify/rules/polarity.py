"""Negation: what one side denies and the other affirms of the same word."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.documents.fold import fold
from core.verify.rules.hits import Aligned, Rule, RuleHit
from core.verify.text import STOP_EN, stem

_ALIGNED_FROM = 0.45
_NEGATOR_EN = re.compile(
    r"\b(?:not|never|no longer|without|neither|nor|cannot|none of)\b|\bnon-(?=[a-z]{4})|n['’]t\b|\bno(?=\s(?!more\sthan|less\sthan|later\sthan|fewer\sthan))"
)
_NEGATOR_ZH = re.compile(
    r"(?:并不|并未|并没有|没有|还没|没能|不得|不能|不可|不应|不会|不再|不予|不必|不需|不用|不允许|不要|不是|尚未|从未|未经|未曾|禁止|严禁|"
    r"无需|无须|无权|拒绝|不(?!动产|同|断|仅|但|过|少于|久|低于|高于|超过|多于|大于|小于|满|足|限|论|管|得不|可抗|正当|良|利|等|止)|"
    r"未(?!来|满|成年|必|婚)|无(?!形|论|锡|偿|线|人机|效|故|关|固定)|非(?!常|全日|法|洲|凡|经营性|公有))"
)
# Said without a negating word: forbidden. And the two halves of one condition: not unless, only if.
_FORBIDS = re.compile(r"\b(?:prohibit|forbid|forbad|ban(?:s|ned)\b|refus|reject)|禁止|严禁|拒绝")
_NOT_UNLESS = re.compile(r"\b(?:unless|without|except|until)\b|未经|非经|除非|^非|没有.{1,12}不")
_ONLY_IF = re.compile(
    r"\bonly (?:if|when|with|after|by|where)\b|\bneeds?\b|\brequires?\b|只有|方可|方能|才(?:能|可|会|得)|须经|应经|经.{1,10}(?:批准|同意)"
)
_NEXT_EN = re.compile(r"[a-z][a-z'-]*")
_BOUNDARY = re.compile(r"[,.;:，。；：、]")


@dataclass(frozen=True, slots=True)
class _Denied:
    """A negating word with the words it denies, as comparable keys."""

    start: int
    end: int
    heads: tuple[str, ...]


def negation_hits(claim: str, aligned: Sequence[Aligned]) -> Iterator[RuleHit]:
    """A word denied in the claim and affirmed in its evidence, or the other way round."""
    mine = list(_denials(fold(claim)))
    for sentence in aligned[:2]:
        if sentence.share < _ALIGNED_FROM:
            return
        if _same_in_other_words(fold(claim), fold(sentence.text)):
            continue
        theirs = list(_denials(fold(sentence.text)))
        hit = _one_sided(mine, theirs, sentence.text) or _other_side(claim, mine, theirs)
        if hit is None:
            continue
        start, end, word = hit
        at = (sentence.start, sentence.end)
        yield RuleHit(Rule.NEGATION_DIFFERS, start, end, {"word": word}, sentence.window, at)
        return


def _same_in_other_words(said: str, written: str) -> bool:
    """Whether one side says without "not" what the other says with it: not accepted and forbidden, not unless
    and only if.
    """
    if bool(_FORBIDS.search(said)) is not bool(_FORBIDS.search(written)):
        return _negates(said) and _negates(written)
    return any(
        _NOT_UNLESS.search(one) and _ONLY_IF.search(other) and not _NOT_UNLESS.search(other)
        for one, other in ((said, written), (written, said))
    )


def _negates(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in (_NEGATOR_EN, _NEGATOR_ZH, _FORBIDS))


def _one_sided(mine: list[_Denied], theirs: list[_Denied], text: str) -> tuple[int, int, str] | None:
    denied = {head for denial in theirs for head in denial.heads}
    for denial in mine:
        for head in denial.heads[:1]:
            if head not in denied and not theirs and _occurs(text, head):
                return denial.start, denial.end, head
    return None


def _other_side(claim: str, mine: list[_Denied], theirs: list[_Denied]) -> tuple[int, int, str] | None:
    if mine:
        return None
    for denial in theirs:
        for head in denial.heads[:1]:
            where = _find(claim, head)
            if where is not None:
                return where[0], where[1], head
    return None


def _denials(folded: str) -> Iterator[_Denied]:
    for found in _NEGATOR_EN.finditer(folded):
        heads = _heads_en(folded, found.end())
        if heads:
            yield _Denied(found.start(), found.end(), heads)
    for found in _NEGATOR_ZH.finditer(folded):
        head = folded[found.end() : found.end() + 2]
        if len(head) == 2 and not _BOUNDARY.search(head):
            yield _Denied(found.start(), found.end(), (head,))


def _heads_en(folded: str, at: int) -> tuple[str, ...]:
    stop = _BOUNDARY.search(folded, at)
    tokens = _NEXT_EN.findall(folded, at, stop.start() if stop else len(folded))
    return tuple(stem(token) for token in tokens[:4] if token not in STOP_EN)[:2]


def _occurs(text: str, head: str) -> bool:
    return _find(text, head) is not None


def _find(text: str, head: str) -> tuple[int, int] | None:
    folded = fold(text)
    if not head.isascii():
        at = folded.find(head)
        return (at, at + len(head)) if at >= 0 else None
    for found in _NEXT_EN.finditer(folded):
        if stem(found.group()) == head:
            return found.span()
    return None
