"""Which words of a claim are in doubt, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.language import detect_language
from core.types import Language, RiskSpan
from core.verify.features import Findings
from core.verify.rules import Rule
from core.verify.text import CJK, keys, words

# How often words that a rule points at were unsupported where the rule's claim was in doubt (training data).
_RULE_RISK = {
    Rule.VALUE_DIFFERS: 0.8,
    Rule.DATE_DIFFERS: 0.8,
    Rule.VALUE_MISPLACED: 0.65,
    Rule.VALUE_OF_ANOTHER: 0.8,
    Rule.UNIT_DIFFERS: 0.8,
    Rule.CODE_DIFFERS: 0.75,
    Rule.VALUE_MISSING: 0.75,
    Rule.DATE_MISSING: 0.75,
    Rule.CODE_MISSING: 0.7,
    Rule.BOUND_DIFFERS: 0.6,
    Rule.NAME_MISSING: 0.65,
    Rule.QUOTE_MISSING: 0.65,
    Rule.NEGATION_DIFFERS: 0.6,
    Rule.DIRECTION_DIFFERS: 0.55,
    Rule.MODALITY_DIFFERS: 0.5,
    Rule.QUANTITY_DIFFERS: 0.5,
}
_MARKED = 0.5
_NEW_WORD = 0.55
_DOUBTED = 0.45  # a claim of this risk has its doubtful words marked
_WHOLE_FROM = 0.8  # from here the whole of an English claim is in doubt; Chinese spans are exact words
_TELLING_DOUBT = 0.35
_GAP = re.compile(
    rf"[^{CJK}]{{1,12}}|.{{1,2}}", re.DOTALL
)  # between two doubted words, in letters or characters


def risk_spans(found: Findings, risk: float, offset: int) -> tuple[RiskSpan, ...]:
    """The doubtful stretches of a claim that starts at ``offset`` of the answer, in order, none overlapping.

    No stretch is doubted more than its claim where the claim as a whole holds up.
    """
    marks = [*_rule_marks(found), *_model_marks(found)]
    english = detect_language(found.text) is Language.EN
    if risk >= _DOUBTED and (english or not found.scores):
        marks += _new_word_marks(found)
    if risk >= _WHOLE_FROM and english:
        marks.append((0, len(found.text), risk))
    ceiling = 1.0 if risk >= _DOUBTED else min(risk, _MARKED - 0.01)
    merged = _merged(found.text, [(start, end, min(value, ceiling)) for start, end, value in marks])
    return tuple(
        RiskSpan(found.places[start] + offset, found.places[end - 1] + 1 + offset, round(value, 4))
        for start, end, value in merged
    )


def _rule_marks(found: Findings) -> Iterable[tuple[int, int, float]]:
    for hit in found.hits:
        if hit.rule in _RULE_RISK:
            yield hit.start, hit.end, _RULE_RISK[hit.rule]


def _model_marks(found: Findings) -> Iterable[tuple[int, int, float]]:
    if not found.scores:
        return
    best = max(found.scores, key=lambda score: score.entailed)
    for token in best.unsupported:
        if token.end > token.start:
            yield token.start, token.end, _raised(token.risk)


def _new_word_marks(found: Findings) -> Iterable[tuple[int, int, float]]:
    readings = found.texts if found.texts is not None else [window.reading for window in found.windows]
    if not readings or detect_language(readings[0]) is not detect_language(found.text):
        return
    known = frozenset().union(*(keys(reading) for reading in readings)) | keys(found.question or "")
    for word in words(found.text):
        if word.key not in known:
            yield word.start, word.end, _NEW_WORD


def _raised(doubt: float) -> float:
    """The checker's doubt about a word on the scale where 0.5 marks it: spans are best from 0.35 on."""
    if doubt < _TELLING_DOUBT:
        return doubt * _MARKED / _TELLING_DOUBT
    return _MARKED + (doubt - _TELLING_DOUBT) * (1 - _MARKED) / (1 - _TELLING_DOUBT)


def _merged(text: str, marks: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """One risk a character (the highest), then runs of like risk; small gaps between them are closed."""
    risks = [0.0] * len(text)
    for start, end, value in marks:
        for at in range(start, min(end, len(text))):
            risks[at] = max(risks[at], value)
    runs: list[tuple[int, int, float]] = []
    for at, value in enumerate(risks):
        if value <= 0:
            continue
        if runs and _same_run(text, runs[-1], at, value):
            start, _, before = runs[-1]
            runs[-1] = (start, at + 1, max(before, value))
        else:
            runs.append((at, at + 1, value))
    return runs


def _same_run(text: str, run: tuple[int, int, float], at: int, value: float) -> bool:
    same_side = (run[2] >= _MARKED) == (value >= _MARKED)
    between = text[run[1] : at]
    return same_side and (not between or _GAP.fullmatch(between) is not None)
