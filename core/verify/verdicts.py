"""From findings and risk to a verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.types import Force, Reason, Verdict
from core.verify.conflicts import conflict
from core.verify.evidence import Window
from core.verify.features import Findings
from core.verify.rules import STRONG, Rule, RuleHit
from core.verify.support import RISKY, passed_support, share_of

SUPPORT_OUTDATED, SUPPORT_NOT_YET = "support_outdated", "support_not_yet"
# A window speaks against a claim from _CONTRADICTED where it is on the same matter, and from _SURELY always.
# Of dev claims at risk that calls 20 of 61 contradicted ones so and 11 of 171 others; 0.5 alone 23 and 16.
_CONTRADICTED, _SURELY, _SAME_MATTER = 0.5, 0.7, 0.3
_NEARLY_SAME = 0.75


def verdict_of(found: Findings, risk: float) -> Verdict:
    """What the evidence says about a claim of this risk."""
    if conflict(found) is not None:
        return Verdict.CONFLICTING
    if clash(found):
        return Verdict.CONTRADICTED
    if risk < RISKY:
        return Verdict.NOT_FOUND if passed_support(found, risk) is not None else Verdict.SUPPORTED
    if any(_speaks_against(found, at) for at in _counting(found.windows)) or any(
        hit.contradicts and (hit.rule in STRONG or not found.scores) for hit in _counting_hits(found)
    ):
        return Verdict.CONTRADICTED
    return Verdict.NOT_FOUND


def clash(found: Findings) -> bool:
    """Whether an exact rule found another value in a sentence that otherwise says nearly the same, or the
    value beside another code.

    Such a claim is wrong whatever the statistics say: rules may raise a risk, and these settle it.
    """
    return any(
        hit.rule is Rule.VALUE_OF_ANOTHER
        or (hit.contradicts and hit.rule in STRONG and _share_at(found, hit) >= _NEARLY_SAME)
        for hit in _counting_hits(found)
    )


def _speaks_against(found: Findings, at: int) -> bool:
    """Whether the checker sees a window contradict the claim, rather than speak of something else."""
    if at >= len(found.scores):
        return False
    contradicted = found.scores[at].contradicted
    return contradicted >= _SURELY or (contradicted >= _CONTRADICTED and share_of(found, at) >= _SAME_MATTER)


def _counting(windows: Sequence[Window]) -> frozenset[int]:
    """The windows that may speak against a claim: those in force, all of them where none is."""
    holding = frozenset(at for at, window in enumerate(windows) if window.in_force)
    return holding or frozenset(range(len(windows)))


def _counting_hits(found: Findings) -> list[RuleHit]:
    counting = _counting(found.windows)
    return [hit for hit in found.hits if hit.window is None or hit.window in counting]


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
    if found.reckoned and verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        reasons.append(Reason("reckoned_from_table", {"line": found.reckoned}))
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
    if where is None or hit.rule not in STRONG:
        return Reason(hit.rule.value, hit.params)
    name = where.document.replace("\\", "/").rsplit("/", 1)[-1]
    if where.page is not None:
        return Reason(f"{hit.rule.value}_on_page", {**hit.params, "document": name, "page": where.page})
    parts = [part for part in (name, where.sheet or where.section) if part]
    return Reason(f"{hit.rule.value}_in", {**hit.params, "document": " · ".join(parts)})


def _clip(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else f"{flat[:117]}…"
