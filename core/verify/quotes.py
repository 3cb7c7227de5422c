"""The quotes shown for a claim: what supports it, or what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence

from core.types import Evidence, Relation, Verdict
from core.verify.conflicts import conflict
from core.verify.features import Findings
from core.verify.rules import Aligned
from core.verify.support import best_window, passed_support, values_held
from core.verify.text import keys

_SHOWN = 2
_ADDS, _ADDED_SHARE = 2, 0.15  # words of the claim that a second quote must bring


def evidence_of(found: Findings, verdict: Verdict) -> tuple[Evidence, ...]:
    """The quotes that bear on a claim: what supports it, or what speaks against it."""
    if verdict is Verdict.CONFLICTING:
        pair = conflict(found)
        assert pair is not None
        return (
            _sentence_evidence(found, pair[0], Relation.SUPPORTS),
            _sentence_evidence(found, pair[1], Relation.CONTRADICTS),
        )
    if verdict is Verdict.SUPPORTED:
        return _supporting(found)
    if verdict is Verdict.CONTRADICTED:
        return _contradicting(found)
    if verdict is Verdict.NOT_FOUND and passed_support(found) is not None:
        return _supporting(found)
    return ()


def _supporting(found: Findings) -> tuple[Evidence, ...]:
    best = best_window(found)
    if best is None:
        return ()
    chosen = _quotes([one for one in found.aligned if one.window == best and one.share > 0], found.text)
    if not chosen:
        return (_window_evidence(found, best, Relation.SUPPORTS),)
    return tuple(_sentence_evidence(found, sentence, Relation.SUPPORTS) for sentence in chosen)


def _quotes(sentences: Sequence[Aligned], claim: str) -> list[Aligned]:
    """The best sentence, and a second where it holds words of the claim that the first does not."""
    sentences = sorted(sentences, key=lambda one: (-values_held(claim, one.text), -one.share))
    wanted = keys(claim)
    for other in sentences[1:]:
        missing = wanted - keys(sentences[0].text)
        if len(missing & keys(other.text)) >= max(_ADDS, _ADDED_SHARE * len(wanted)):
            return [sentences[0], other]
    return list(sentences[:1])


def _contradicting(found: Findings) -> tuple[Evidence, ...]:
    shown: list[Evidence] = []
    for hit in found.hits:
        if not hit.contradicts or hit.window is None or hit.at is None:
            continue
        for sentence in found.aligned:
            if sentence.window == hit.window and sentence.start <= hit.at[0] < sentence.end:
                quote = _sentence_evidence(found, sentence, Relation.CONTRADICTS)
                shown += [quote] if quote not in shown else []
    if not shown and found.scores:
        against = max(range(len(found.scores)), key=lambda at: found.scores[at].contradicted)
        shown.append(_window_evidence(found, against, Relation.CONTRADICTS))
    return tuple(shown[:_SHOWN])


def _strength(found: Findings, window: int, relation: Relation) -> float:
    if not found.scores:
        return round(found.windows[window].score, 4)
    score = found.scores[window]
    return round(score.entailed if relation is Relation.SUPPORTS else score.contradicted, 4)


def _sentence_evidence(found: Findings, sentence: Aligned, relation: Relation) -> Evidence:
    window = found.windows[sentence.window]
    start = window.start + sentence.start
    return Evidence(
        relation=relation,
        text=sentence.text,
        start=start,
        end=start + len(sentence.text),
        score=_strength(found, sentence.window, relation),
        place=window.place,
        context_index=window.context_index,
    )


def _window_evidence(found: Findings, at: int, relation: Relation) -> Evidence:
    window = found.windows[at]
    return Evidence(
        relation=relation,
        text=window.text,
        start=window.start,
        end=window.end,
        score=_strength(found, at, relation),
        place=window.place,
        context_index=window.context_index,
    )
