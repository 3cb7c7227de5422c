"""What is known about a claim as numbers: the inputs of the fusion, each with the side it may push to."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.documents.fold import fold
from core.encoders.checker import PairScore
from core.language import detect_language
from core.verify.evidence import Window
from core.verify.rules import Aligned, Rule, RuleHit
from core.verify.text import Word, keys, words

# name -> +1 may only raise the risk, -1 may only lower it
SIGNS: Mapping[str, int] = {
    "new_words": 1,
    "new_words_anywhere": 1,
    "new_pairs": 1,
    "best_sentence": -1,
    "verbatim": -1,
    "foreign": 1,
    "far_in_meaning": 1,
    **{f"rule_{rule.value}": 1 for rule in Rule},
    "model_not_entailed": 1,
    "model_contradicted": 1,
    "model_not_found": 1,
    "model_worst_word": 1,
    "model_mean_word": 1,
}
MODEL_FEATURES = frozenset(name for name in SIGNS if name.startswith("model_"))
_SPACING = re.compile(r"\s+")
_MARKS = ".。,，;；:：!！?？\"'“”"
_ENDS = "|.。;；!！?？•*"
_LEAST_VERBATIM, _LEAST_QUOTED = 6, 12
_ENTAILED = {"model_not_entailed": -3.0, "model_contradicted": -3.0}  # as the checker has it where it is sure
_CAP = 2
_NEAR = 0.95  # the encoder puts a translation at about 0.9 and strangers at 0.75
_LOGIT_CAP = 6.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found out about one claim before its risk is set.

    ``text`` is the claim as it is read: white space squeezed, Markdown blanked. ``places`` tells where each
    of its characters stands in the claim as written. ``reckoned`` is what the tables of the evidence say of
    the claim without writing it down.
    """

    text: str
    places: tuple[int, ...]
    question: str | None
    windows: tuple[Window, ...]
    aligned: tuple[Aligned, ...]
    hits: tuple[RuleHit, ...]
    scores: tuple[PairScore, ...]
    texts: tuple[str, ...] | None
    reckoned: str = ""


def features(found: Findings) -> dict[str, float]:
    """The features of a claim. Model features are there only when the checker was."""
    named = {**_word_features(found), **_rule_features(found.hits)}
    if found.scores:
        named.update(_model_features(found.scores))
        if _quoted(found):
            named.update({name: min(named[name], surely) for name, surely in _ENTAILED.items()})
    return named


def _word_features(found: Findings) -> dict[str, float]:
    readings = [window.reading for window in found.windows]
    foreign = bool(readings) and detect_language(readings[0]) is not detect_language(found.text)
    mine = words(found.text)
    if foreign or not mine:
        far = _far(found.windows) if foreign else 0.0
        silent = dict.fromkeys(
            ("new_words", "new_words_anywhere", "new_pairs", "best_sentence", "verbatim"), 0.0
        )
        return {**silent, "foreign": float(foreign), "far_in_meaning": far}
    shown = frozenset().union(*(keys(reading) for reading in readings)) | keys(found.question or "")
    anywhere = shown.union(*(keys(text) for text in found.texts)) if found.texts is not None else shown
    return {
        "new_words": sum(word.key not in shown for word in mine) / len(mine),
        "new_words_anywhere": sum(word.key not in anywhere for word in mine) / len(mine),
        "new_pairs": _new_pairs(mine, readings),
        "best_sentence": max((sentence.share for sentence in found.aligned), default=0.0),
        "verbatim": _verbatim(found.text, readings),
        "foreign": 0.0,
        "far_in_meaning": 0.0,
    }


def _verbatim(text: str, readings: Sequence[str]) -> float:
    """1 where the evidence holds the claim as it is, up to spacing, width and marks around it."""
    said = _SPACING.sub("", fold(text)).strip(_MARKS)
    return float(
        len(said) >= _LEAST_VERBATIM and any(said in _SPACING.sub("", fold(text)) for text in readings)
    )


def _quoted(found: Findings) -> bool:
    """Whether the claim is a whole sentence of the evidence, word for word.

    What that says needs no model, which suspects a changed word where none is: of 134 claims of the dev rows
    that stand in their evidence one was wrong.
    """
    said = _SPACING.sub("", fold(found.text)).strip(_MARKS)
    whole = re.compile(rf"(?:^|[{_ENDS}]){re.escape(said)}(?:$|[{_ENDS}])")
    texts = (_SPACING.sub("", fold(window.text).replace("\n", "|")) for window in found.windows)
    return len(said) >= _LEAST_QUOTED and any(whole.search(text) for text in texts)


def _far(windows: Sequence[Window]) -> float:
    """How far the nearest window is in meaning, 0 to about 2; for claims whose words cannot be compared."""
    known = [window.similarity for window in windows if window.similarity is not None]
    return max(0.0, _NEAR - max(known)) * 10 if known else 0.0


def _new_pairs(mine: Sequence[Word], readings: Sequence[str]) -> float:
    pairs = list(pairwise(word.key for word in mine))
    if not pairs:
        return 0.0
    seen: set[tuple[str, str]] = set()
    for reading in readings:
        order = [word.key for word in words(reading)]
        seen.update(pairwise(order))
    return sum(pair not in seen for pair in pairs) / len(pairs)


def _rule_features(hits: Sequence[RuleHit]) -> dict[str, float]:
    counts = Counter(hit.rule for hit in hits)
    return {f"rule_{rule.value}": min(_CAP, counts[rule]) / _CAP for rule in Rule}


def _model_features(scores: Sequence[PairScore]) -> dict[str, float]:
    best = max(scores, key=lambda score: score.entailed)
    risks = [token.risk for token in best.unsupported] or [0.0]
    return {
        "model_not_entailed": -_logit(best.entailed),
        "model_contradicted": _logit(max(score.contradicted for score in scores)),
        "model_not_found": _logit(best.not_found),
        "model_worst_word": _logit(max(risks)),
        "model_mean_word": _logit(sum(risks) / len(risks)),
    }


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return max(-_LOGIT_CAP, min(_LOGIT_CAP, math.log(clipped / (1 - clipped))))
