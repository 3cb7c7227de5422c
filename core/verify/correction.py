"""A better value, where the evidence holds one: offered to a reviewer, never applied by itself.

Only exact values are proposed (numbers, dates, units, codes) that a rule set against one value of the very
sentence that is shown as evidence. Where documents disagree, where two values could be meant, where a value
would have to be translated, or where putting it in would change what else the claim says, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.language import detect_language
from core.types import Claim, Evidence, Language, Reason, Relation, Verdict
from core.verify.rules import Rule
from core.verify.rules.values import Value, values

_RULES = (
    Rule.VALUE_DIFFERS,
    Rule.VALUE_MISPLACED,
    Rule.DATE_DIFFERS,
    Rule.UNIT_DIFFERS,
    Rule.CODE_DIFFERS,
)
_CODES = frozenset(f"{rule.value}{where}" for rule in _RULES for where in ("", "_in", "_on_page"))
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class Correction:
    """``old`` stands at ``start`` to ``end`` of the answer; ``new`` stands in the evidence instead."""

    start: int
    end: int
    old: str
    new: str
    evidence: Evidence


def corrections(claim: Claim) -> tuple[Correction, ...]:
    """What the evidence would have the claim say, in order; empty where nothing can be proposed safely."""
    if claim.verdict is not Verdict.CONTRADICTED:
        return ()
    found = sorted(_proposed(claim), key=lambda one: one.start)
    apart = all(one.end <= two.start for one, two in pairwise(found))
    return tuple(found) if found and apart and _keeps_the_rest(claim, found) else ()


def corrected(text: str, found: Iterable[Correction]) -> str:
    """The answer with corrections put in. ``text`` is the answer they were made for."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def _proposed(claim: Claim) -> Iterator[Correction]:
    wanted: dict[str, set[str]] = {}
    for reason in claim.reasons:
        if reason.code in _CODES:
            wanted.setdefault(_param(reason, "claim"), set()).add(_param(reason, "evidence"))
    for old, news in wanted.items():
        if len(news) == 1 and claim.text.count(old) == 1 and old:
            made = _correction(claim, old, news.pop())
            if made is not None:
                yield made


def _correction(claim: Claim, old: str, new: str) -> Correction | None:
    source = _source(claim, new)
    at = claim.text.index(old)
    if source is None or old == new or not _fits_the_language(claim.text, old, new):
        return None
    if not _is_whole(claim.text, at, at + len(old)):
        return None
    start = claim.start + at
    return Correction(start, start + len(old), old, new, source)


def _source(claim: Claim, new: str) -> Evidence | None:
    """The evidence against the claim that holds the value, as a value of its own."""
    holding = (
        evidence
        for evidence in claim.evidence
        if evidence.relation is Relation.CONTRADICTS
        and any(value.text == new for value in values(evidence.text))
    )
    return next(holding, None)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch is exactly one value, no part of a range or a longer number."""
    return any((value.start, value.end) == (start, end) for value in values(text))


def _fits_the_language(claim: str, old: str, new: str) -> bool:
    """Whether the value can stand in the claim as it is written in the evidence."""
    if detect_language(claim) is Language.EN:
        return not _HAN.search(new) or bool(_HAN.search(old))
    return not _LATIN_WORD.search(new) or bool(_LATIN_WORD.search(old))


def _keeps_the_rest(claim: Claim, found: list[Correction]) -> bool:
    """Whether the corrected claim still reads as the same values but for those that were put in."""
    inside = [
        Correction(one.start - claim.start, one.end - claim.start, one.old, one.new, one.evidence)
        for one in found
    ]
    replaced = {one.start: one.new for one in inside}
    before, after = values(claim.text), values(corrected(claim.text, inside))
    return len(before) == len(after) and all(
        _meant(old, new, replaced) for old, new in zip(before, after, strict=True)
    )


def _meant(old: Value, new: Value, replaced: dict[int, str]) -> bool:
    return new.text == replaced.get(old.start, old.text)


def _param(reason: Reason, name: str) -> str:
    return str(reason.params.get(name, ""))
