"""Values of a claim against values of its evidence: equal, different, or nowhere to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.language import detect_language
from core.types import Language
from core.verify.evidence import Window
from core.verify.rules.derive import SMALL_COUNT, derived, may_stand_for
from core.verify.rules.hits import ALIGNED_FROM, Aligned, Rule, RuleHit, subject
from core.verify.rules.values import Bound, Kind, Value, values
from core.verify.text import keys

_MISSING = {Kind.DATE: Rule.DATE_MISSING, Kind.TIME: Rule.DATE_MISSING, Kind.CODE: Rule.CODE_MISSING}
_DIFFERS = {Kind.DATE: Rule.DATE_DIFFERS, Kind.TIME: Rule.DATE_DIFFERS, Kind.CODE: Rule.CODE_DIFFERS}
_NEAR = 24
_UPPER = frozenset({Bound.AT_MOST, Bound.LESS})
_LOWER = frozenset({Bound.AT_LEAST, Bound.MORE})
_TABLE_LIKE = 4
_SAME_TALK = 0.15  # of the words around a bare number, how many must stand around the other
_SAME_NOUN = 0.5
_LEAST_SUBJECT = 3
_ABOUT = 0.6
_CLEARLY = 0.25
_LEAST_TELLING = 3  # one and two occur with any unit


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
            yield from _of_another(claim, value, aligned)
            yield from _misplaced(claim, value, aligned)
            continue
        other_unit = _other_unit(claim, value, aligned)
        if other_unit is not None:
            yield other_unit
            continue
        if any(value.agrees(other) for other in asked) or any(may_stand_for(value, other) for other in shown):
            continue
        if value.group == "ordinal" or derived(value, shown) or _between(value, shown):
            continue
        differing = _differing(claim, value, aligned)
        if differing is not None:
            yield differing
            continue
        if value.passing or value.group == "weekday":
            continue  # "for a year" need not stand anywhere; of a date its day of the week is not told
        if rest is None:
            rest = tuple(found for text in elsewhere for found in values(text))
        found = any(value.agrees(other) or may_stand_for(value, other) for other in rest)
        yield _missing(value, shown, elsewhere=found)


def _between(value: Value, shown: Sequence[Value]) -> bool:
    """Whether a day of the week may lie between two that the evidence names: Monday to Friday."""
    return (
        value.group == "weekday" and len({other.amount for other in shown if other.group == "weekday"}) >= 2
    )


def _bound_hit(value: Value, equal: list[Value]) -> Iterator[RuleHit]:
    """At most 30 days against at least 30 days."""
    if value.bound is None or any(other.bound is None for other in equal):
        return
    side = _UPPER if value.bound in _UPPER else _LOWER
    if all(other.bound not in side for other in equal):
        params = {"claim": value.text, "bound": value.bound.value}
        yield RuleHit(Rule.BOUND_DIFFERS, value.start, value.end, params)


def _of_another(claim: str, value: Value, aligned: Sequence[Aligned]) -> Iterator[RuleHit]:
    """A value that the evidence gives to another product or clause than the claim does: it stands only beside
    other codes of the series, and the claim's own code stands beside another value of the kind.
    """
    mine = [code for code in values(claim) if code.kind is Kind.CODE]
    if value.kind is Kind.CODE or not mine:
        return
    other_code: Value | None = None
    own: tuple[Aligned, Value] | None = None
    for sentence in aligned:
        there = values(sentence.text)
        codes = [code for code in there if code.kind is Kind.CODE]
        named = any(code.agrees(other) for code in mine for other in codes)
        if any(value.agrees(other) for other in there):
            series = [other for other in codes if any(code.comparable(other) for code in mine)]
            if named or not series:
                return  # it stands beside the claim's own code, or beside none that could be taken for it
            other_code = other_code or series[0]
        elif named and own is None:
            differing = [other for other in there if value.comparable(other)]
            own = (sentence, differing[0]) if differing else None
    if other_code is not None and own is not None:
        sentence, other = own
        at = (sentence.start + other.start, sentence.start + other.end)
        params = {"claim": value.text, "other": other_code.text, "evidence": other.text}
        yield RuleHit(Rule.VALUE_OF_ANOTHER, value.start, value.end, params, sentence.window, at)


def _misplaced(claim: str, value: Value, aligned: Sequence[Aligned]) -> Iterator[RuleHit]:
    """A value of the evidence that stands there with something else than what the claim puts it with.

    Judged by the clause that holds it: the sentence most like that clause has only other values of the kind,
    and the sentences that have this one are about something else. Chinese only: English clauses are not
    told apart by their commas (10 false hits and no true one on RAGTruth).
    """
    if value.kind in (Kind.CODE, Kind.NUMBER, Kind.DATE) or detect_language(claim) is not Language.ZH:
        return
    wanted = subject(_clause(claim, value))
    if len(wanted) < _LEAST_SUBJECT:
        return
    best: tuple[float, Aligned, Value] | None = None
    own = 0.0
    for sentence in aligned:
        share = len(wanted & subject(sentence.text)) / len(wanted)
        others = [other for other in values(sentence.text) if value.comparable(other)]
        if any(value.agrees(other) or may_stand_for(value, other) for other in others):
            own = max(own, share)
        elif len(others) == 1 and (best is None or share > best[0]):
            best = (share, sentence, others[0])
    if best is not None and best[0] >= _ABOUT and own <= best[0] - _CLEARLY:
        _, sentence, other = best
        at = (sentence.start + other.start, sentence.start + other.end)
        params = {"claim": value.text, "evidence": other.text}
        yield RuleHit(Rule.VALUE_MISPLACED, value.start, value.end, params, sentence.window, at)


def _clause(claim: str, value: Value) -> str:
    """The stretch between commas around a value, without the value."""
    before = re.split(r"[,，;；:：。]", claim[: value.start])[-1]
    after = re.split(r"[,，;；:：。]|\.\s", claim[value.end :], maxsplit=1)[0]
    return f"{before} {after}"


def _other_unit(claim: str, value: Value, aligned: Sequence[Aligned]) -> RuleHit | None:
    """The same number with another unit of the kind: fourteen weeks against 14 days."""
    if value.kind not in (Kind.DURATION, Kind.MEASURE) or value.number < _LEAST_TELLING:
        return None
    short = len(subject(claim)) < _LEAST_SUBJECT  # too few words to tell what it is about
    for sentence in aligned:
        if sentence.share < ALIGNED_FROM and not short:
            break
        for other in values(sentence.text):
            if other.kind is value.kind and other.number == value.number and other.amount != value.amount:
                at = (sentence.start + other.start, sentence.start + other.end)
                params = {"claim": value.text, "evidence": other.text}
                return RuleHit(Rule.UNIT_DIFFERS, value.start, value.end, params, sentence.window, at)
    return None


def _differing(claim: str, value: Value, aligned: Sequence[Aligned]) -> RuleHit | None:
    """The value that stands where the claim's should, in the sentences that are about the same thing."""
    best: tuple[float, Aligned, Value] | None = None
    near = keys(_around(claim, value))
    for sentence in aligned:
        if sentence.share < ALIGNED_FROM or (best and sentence.share < best[1].share - 0.25):
            break
        others = values(sentence.text)
        if sum(value.comparable(other) for other in others) > _TABLE_LIKE:
            continue  # a row or a list of figures: which of them is meant cannot be told
        for other in others:
            if not value.comparable(other) and not _same_number_other_unit(value, other):
                continue
            likeness = len(near & keys(_around(sentence.text, other))) / max(1, len(near))
            if value.group == "" and likeness < (_SAME_NOUN if value.amount <= SMALL_COUNT else _SAME_TALK):
                continue
            score = sentence.share + likeness + (0.2 if value.bound == other.bound else 0.0)
            score += 0.2 if value.amount * other.number == other.amount * value.number else 0.0  # same unit
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


def _missing(value: Value, shown: Sequence[Value], *, elsewhere: bool) -> RuleHit:
    params = {"claim": value.text}
    if elsewhere:
        return RuleHit(Rule.VALUE_ELSEWHERE, value.start, value.end, params)
    if _countable(value, shown):
        return RuleHit(Rule.COUNT_MISSING, value.start, value.end, params)
    return RuleHit(_MISSING.get(value.kind, Rule.VALUE_MISSING), value.start, value.end, params)


def _countable(value: Value, shown: Sequence[Value]) -> bool:
    """Whether a reader may have counted or reckoned it: three conditions, two years between dates."""
    if value.kind is Kind.NUMBER or value.group == "times":
        return value.amount <= SMALL_COUNT
    if value.kind is Kind.DURATION and value.number <= SMALL_COUNT:
        return sum(other.kind in (Kind.DATE, Kind.TIME) for other in shown) >= 2
    return False
