"""Values of a claim against values of its evidence: equal, different, or nowhere to be found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from core.verify.evidence import Window
from core.verify.rules.hits import ALIGNED_FROM, Aligned, Rule, RuleHit
from core.verify.rules.values import Bound, Kind, Value, values
from core.verify.text import keys

_MISSING = {Kind.DATE: Rule.DATE_MISSING, Kind.TIME: Rule.DATE_MISSING, Kind.CODE: Rule.CODE_MISSING}
_DIFFERS = {Kind.DATE: Rule.DATE_DIFFERS, Kind.TIME: Rule.DATE_DIFFERS, Kind.CODE: Rule.CODE_DIFFERS}
_SMALL_COUNT = 12
_NEAR = 24
_UPPER = frozenset({Bound.AT_MOST, Bound.LESS})
_LOWER = frozenset({Bound.AT_LEAST, Bound.MORE})
_MAX_CELLS = 60


def value_hits(
    claim: str,
    question: str | None,
    windows: Sequence[Window],
    aligned: Sequence[Aligned],
    elsewhere: Sequence[str],
) -> Iterator[RuleHit]:
    """Hits of the value rules. ``elsewhere``: all texts of the source, where it can be read through."""
    asked = values(question or "")
    shown = [value for window in windows for value in values(window.reading)]
    rest: tuple[Value, ...] | None = None
    for value in values(claim):
        equal = [other for other in shown if value.agrees(other)]
        if equal:
            yield from _bound_hit(value, equal)
            continue
        if any(value.agrees(other) for other in asked) or _derived(value, shown):
            continue
        differing = _differing(claim, value, aligned)
        if differing is not None:
            yield differing
            continue
        if rest is None:
            rest = tuple(found for text in elsewhere for found in values(text))
        yield _missing(value, any(value.agrees(other) for other in rest))


def _bound_hit(value: Value, equal: list[Value]) -> Iterator[RuleHit]:
    """At most 30 days against at least 30 days."""
    if value.bound is None or any(other.bound is None for other in equal):
        return
    side = _UPPER if value.bound in _UPPER else _LOWER
    if all(other.bound not in side for other in equal):
        params = {"claim": value.text, "bound": value.bound.value}
        yield RuleHit(Rule.BOUND_DIFFERS, value.start, value.end, params)


def _differing(claim: str, value: Value, aligned: Sequence[Aligned]) -> RuleHit | None:
    """The value that stands where the claim's should, in the sentences that are about the same thing."""
    best: tuple[float, Aligned, Value] | None = None
    near = keys(_around(claim, value))
    for sentence in aligned:
        if sentence.share < ALIGNED_FROM or (best and sentence.share < best[1].share - 0.25):
            break
        for other in values(sentence.text):
            if not value.comparable(other) and not _same_number_other_unit(value, other):
                continue
            likeness = len(near & keys(_around(sentence.text, other))) / max(1, len(near))
            score = sentence.share + likeness + (0.2 if value.bound == other.bound else 0.0)
            if best is None or score > best[0]:
                best = (score, sentence, other)
    if best is None:
        return None
    _, sentence, other = best
    rule = (
        Rule.UNIT_DIFFERS
        if _same_number_other_unit(value, other)
        else _DIFFERS.get(value.kind, Rule.VALUE_DIFFERS)
    )
    at = (sentence.start + other.start, sentence.start + other.end)
    params = {"claim": value.text, "evidence": other.text}
    return RuleHit(rule, value.start, value.end, params, sentence.window, at)


def _same_number_other_unit(value: Value, other: Value) -> bool:
    """10 working days against 10 days, $5 against €5: the number agrees and the unit does not."""
    if {value.group, other.group} == {"days", "workdays"}:
        return value.amount == other.amount
    return value.kind is Kind.MONEY and other.kind is Kind.MONEY and value.group != other.group


def _around(text: str, value: Value) -> str:
    return f"{text[max(0, value.start - _NEAR) : value.start]} {text[value.end : value.end + _NEAR]}"


def _derived(value: Value, shown: Sequence[Value]) -> bool:
    """Whether a value follows from two of the evidence's: a sum, a difference or a ratio."""
    if value.kind not in (Kind.NUMBER, Kind.MONEY, Kind.SHARE, Kind.MEASURE):
        return False
    cells = [other for other in shown if other.kind in (Kind.NUMBER, Kind.MONEY, Kind.MEASURE)][:_MAX_CELLS]
    for one, two in combinations(cells, 2):
        if one.group != two.group:
            continue
        if value.kind is Kind.SHARE:
            if _is_ratio(value, one, two):
                return True
        elif value.group in (one.group, "") and value.amount in (
            one.amount + two.amount,
            abs(one.amount - two.amount),
        ):
            return value.amount > _SMALL_COUNT
    return False


def _is_ratio(value: Value, one: Value, two: Value) -> bool:
    """A share that is one value over another, or the change between them, as written with its digits."""
    close = max(0.0005, float(value.amount) * 0.006)
    for above, below in ((one.amount, two.amount), (two.amount, one.amount)):
        if below and above and min(above, below) > 1:
            ratio = above / below
            if min(abs(ratio - value.amount), abs(abs(ratio - 1) - value.amount)) <= close:
                return True
    return False


def _missing(value: Value, elsewhere: bool) -> RuleHit:
    params = {"claim": value.text}
    if elsewhere:
        return RuleHit(Rule.VALUE_ELSEWHERE, value.start, value.end, params)
    if value.kind is Kind.NUMBER and value.amount <= _SMALL_COUNT:
        return RuleHit(Rule.COUNT_MISSING, value.start, value.end, params)
    return RuleHit(_MISSING.get(value.kind, Rule.VALUE_MISSING), value.start, value.end, params)
