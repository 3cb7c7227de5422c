"""From findings and risk to a verdict, its reasons and the evidence shown for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from core.types import Evidence, Force, Reason, Relation, Verdict
from core.verify.evidence import Window
from core.verify.features import Findings
from core.verify.rows import row_pairs
from core.verify.rules import Aligned, Rule, RuleHit
from core.verify.rules.values import values
from core.verify.text import keys

RISKY = 0.4  # from here a claim is not called supported: two in five such claims are not
_CONTRADICTED = 0.5
_SUPPORTS = 0.5
SUPPORT_OUTDATED, SUPPORT_NOT_YET = "support_outdated", "support_not_yet"
_SAME_SUBJECT = 0.6
_NEARLY_SAME = 0.75
_SHOWN = 2
_ADDS, _ADDED_SHARE = 2, 0.15  # words of the claim that a second quote must bring
_YEAR = re.compile(r"(?a)(?<!\d)(?:19|20)\d\d(?!\d)")
_STRONG = frozenset(
    {Rule.VALUE_DIFFERS, Rule.VALUE_MISPLACED, Rule.DATE_DIFFERS, Rule.UNIT_DIFFERS, Rule.CODE_DIFFERS}
)


def verdict_of(found: Findings, risk: float) -> Verdict:
    """What the evidence says about a claim of this risk."""
    if conflict(found) is not None:
        return Verdict.CONFLICTING
    if clash(found):
        return Verdict.CONTRADICTED
    if risk < RISKY:
        return Verdict.NOT_FOUND if passed_support(found, risk) is not None else Verdict.SUPPORTED
    contradicted = any(
        score.contradicted >= _CONTRADICTED
        for at, score in enumerate(found.scores)
        if at in _counting(found.windows)
    )
    if contradicted or any(
        hit.contradicts and (hit.rule in _STRONG or not found.scores) for hit in _counting_hits(found)
    ):
        return Verdict.CONTRADICTED
    return Verdict.NOT_FOUND


def clash(found: Findings) -> bool:
    """Whether an exact rule found another value in a sentence that otherwise says nearly the same.

    Such a claim is wrong whatever the statistics say: rules may raise a risk, and this one settles it.
    """
    return any(
        hit.contradicts and hit.rule in _STRONG and _share_at(found, hit) >= _NEARLY_SAME
        for hit in _counting_hits(found)
    )


def _counting(windows: Sequence[Window]) -> frozenset[int]:
    """The windows that may speak against a claim: those in force, all of them where none is."""
    holding = frozenset(at for at, window in enumerate(windows) if window.in_force)
    return holding or frozenset(range(len(windows)))


def _counting_hits(found: Findings) -> list[RuleHit]:
    counting = _counting(found.windows)
    return [hit for hit in found.hits if hit.window is None or hit.window in counting]


def passed_support(found: Findings, risk: float = 1.0) -> Window | None:
    """The document that supports a claim where it is not in force and no other does; else None.

    It supports where the claim would be called supported at this risk, or where it does by itself.
    """
    best = best_window(found)
    if best is None or found.windows[best].in_force:
        return None
    alone = found.scores[best].entailed >= _SUPPORTS if found.scores else _share_of(found, best) >= RISKY
    return found.windows[best] if risk < RISKY or alone else None


def _share_at(found: Findings, hit: RuleHit) -> float:
    """How much of the claim the sentence holds in which a rule found the other value."""
    if hit.at is None:
        return 0.0
    return max(
        (
            sentence.share
            for sentence in found.aligned
            if sentence.window == hit.window and sentence.start <= hit.at[0] < sentence.end
        ),
        default=0.0,
    )


def conflict(found: Findings) -> tuple[Aligned, Aligned] | None:
    """Two sentences about the claim from different documents, one with its value, one with another.

    Kept narrow, so that documents about different things are not called a conflict: both sentences hold
    most of the claim's words and exactly one value of the kind. A document that its owner ranks below the
    agreeing one, or that is no longer in force, does not speak against it.
    """
    for value in values(found.text):
        agreeing: list[Aligned] = []
        differing: list[Aligned] = []
        near = keys(found.text)
        for sentence in found.aligned:
            if sentence.share < _SAME_SUBJECT or not near:
                break
            same_kind = [other for other in values(sentence.text) if value.comparable(other)]
            if len(same_kind) != 1:
                continue
            (agreeing if value.agrees(same_kind[0]) else differing).append(sentence)
        pair = _first_pair(found.windows, agreeing, differing)
        if pair is not None and _documents_differ(found.windows, *pair) and not _picked(found, *pair):
            return pair
    return _row_conflict(found)


def _row_conflict(found: Findings) -> tuple[Aligned, Aligned] | None:
    """Two rows of tables in different documents, with the same key and another value in the same column."""
    for agreeing, differing in row_pairs(found.text, found.windows):
        own = {found.windows[row.window].document for row in agreeing}
        others = [row for row in differing if found.windows[row.window].document not in own]
        pair = _first_pair(found.windows, agreeing, others)
        if pair is not None and not _picked(found, *pair):
            return pair
    return None


def _picked(found: Findings, one: Aligned, other: Aligned) -> bool:
    """Whether claim or question name a year that only the first document bears: that one is meant."""
    named = set(_YEAR.findall(f"{found.question or ''} {found.text}"))
    mine, its = (set(_YEAR.findall(_label(found.windows[row.window]))) for row in (one, other))
    return bool(named & (mine - its))


def _label(window: Window) -> str:
    place = window.place
    parts = (place.document, place.sheet, place.section) if place else ()
    return " ".join(part for part in (*parts, window.header) if part)


def _first_pair(
    windows: Sequence[Window], agreeing: Sequence[Aligned], differing: Sequence[Aligned]
) -> tuple[Aligned, Aligned] | None:
    """The agreeing sentence that ranks first, and the first differing one that it does not outrank."""
    if not agreeing:
        return None
    best = max(agreeing, key=lambda sentence: windows[sentence.window].precedence)
    mine = windows[best.window].precedence
    equal = [sentence for sentence in differing if windows[sentence.window].precedence >= mine]
    return (best, equal[0]) if equal else None


def _documents_differ(windows: Sequence[Window], one: Aligned, other: Aligned) -> bool:
    return windows[one.window].document != windows[other.window].document and one.text != other.text


def reasons_of(found: Findings, verdict: Verdict, risk: float) -> tuple[Reason, ...]:
    """Why a claim got its verdict, the most telling first."""
    reasons = list(_conflict_reasons(found, verdict))
    if verdict is not Verdict.SUPPORTED or risk >= RISKY / 2:
        reasons += [_hit_reason(hit, found.windows) for hit in _telling(found.hits)]
    if verdict is Verdict.NOT_FOUND:
        reasons = [*_passed_reasons(found, risk), *reasons]
    if verdict is Verdict.NOT_FOUND and not reasons:
        reasons.append(Reason("nothing_supports"))
    if verdict is Verdict.CONTRADICTED and not reasons:
        reasons.append(Reason("evidence_says_otherwise"))
    return tuple(reasons)


def _conflict_reasons(found: Findings, verdict: Verdict) -> Iterator[Reason]:
    pair = conflict(found) if verdict is Verdict.CONFLICTING else None
    if pair is None:
        return
    one, other = (found.windows[sentence.window] for sentence in pair)
    if one.place is not None and other.place is not None:
        outranked = other.precedence > one.precedence
        code = "contradicted_with_precedence" if outranked else "supported_and_contradicted"
        yield Reason(code, {"one": _named(one), "other": _named(other)})
    yield Reason("documents_disagree", {"one": _clip(pair[0].text), "other": _clip(pair[1].text)})


def _passed_reasons(found: Findings, risk: float) -> Iterator[Reason]:
    """That the only support comes from a document that is not in force."""
    window = passed_support(found, risk)
    if window is None:
        return
    if window.force is Force.PAST:
        until = window.standing.valid_until or ""
        yield Reason(SUPPORT_OUTDATED, {"document": _named(window), "until": until})
    else:
        first = window.standing.valid_from or ""
        yield Reason(SUPPORT_NOT_YET, {"document": _named(window), "first": first})


def _named(window: Window) -> str:
    """A document by its name, with its year where that is known and the name does not say it."""
    assert window.place is not None
    name = window.place.document.replace("\\", "/").rsplit("/", 1)[-1]
    year = (window.standing.valid_from or "")[:4]
    return f"{name} ({year})" if year and year not in name else name


def _telling(hits: Iterable[RuleHit]) -> list[RuleHit]:
    """One hit a stretch, contradictions first."""
    kept: list[RuleHit] = []
    for hit in sorted(hits, key=lambda hit: (not hit.contradicts, hit.start)):
        if all((hit.start, hit.end) != (other.start, other.end) for other in kept):
            kept.append(hit)
    return kept


def _hit_reason(hit: RuleHit, windows: Sequence[Window]) -> Reason:
    where = windows[hit.window].place if hit.window is not None else None
    if where is None or hit.rule not in _STRONG:
        return Reason(hit.rule.value, hit.params)
    name = where.document.replace("\\", "/").rsplit("/", 1)[-1]
    if where.page is not None:
        return Reason(f"{hit.rule.value}_on_page", {**hit.params, "document": name, "page": where.page})
    parts = [part for part in (name, where.sheet or where.section) if part]
    return Reason(f"{hit.rule.value}_in", {**hit.params, "document": " · ".join(parts)})


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
    sentences = sorted(sentences, key=lambda one: (-_held(claim, one.text), -one.share))
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


def best_window(found: Findings) -> int | None:
    """The window that supports the claim most, by the checker where there is one, else by words."""
    if not found.windows:
        return None
    if found.scores:
        return max(range(len(found.scores)), key=lambda at: _support(found, at))
    holding = [one.window for one in found.aligned if found.windows[one.window].in_force]
    first = next((one for one in holding if _share_of(found, one) >= _SAME_SUBJECT), None)
    if first is not None:
        return first
    return found.aligned[0].window if found.aligned else 0


def _support(found: Findings, at: int) -> tuple[bool, int, float]:
    """Support by the checker; a document in force that supports at all goes before one that is not, and what
    holds the claim's figures before what does not: another contract may read alike.
    """
    entailed, window = found.scores[at].entailed, found.windows[at]
    return window.in_force and entailed >= _SUPPORTS, _held(found.text, window.reading), entailed


def _held(claim: str, text: str) -> int:
    """How many of a claim's values a text holds."""
    wanted = values(claim)
    there = values(text) if wanted else ()
    return sum(any(value.agrees(other) for other in there) for value in wanted)


def _share_of(found: Findings, window: int) -> float:
    return max((one.share for one in found.aligned if one.window == window), default=0.0)


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


def _clip(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else f"{flat[:117]}…"
