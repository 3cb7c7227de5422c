"""Names and quotations that a claim holds and the evidence does not."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from core.documents.fold import fold
from core.language import detect_language
from core.types import Language
from core.verify.rules.hits import Rule, RuleHit
from core.verify.text import STOP_EN, stem

_CAPITALISED = re.compile(r"\b[A-Z][\w’'&.-]*[\w](?:\s(?:(?:of|the|de|van|von)\s)?[A-Z][\w’'&-]*\w)*")
_TITLE = re.compile(r"《([^》]{2,40})》")
_LATIN_IN_CHINESE = re.compile(r"[A-Za-z][A-Za-z0-9&.+-]{1,}")
_QUOTED = re.compile(r"“([^”]{6,300})”|\"([^\"]{6,300})\"|「([^」]{4,300})」|『([^』]{4,300})』")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;。！？：；\n]\s*|[-*•]\s+)[\"'“‘(*_]*$")
_OWNED = re.compile(r"['’]s\b")
_QUOTE_MATCH = 88.0
_COMMON = frozenset(
    (  # noqa: SIM905 - one word a line would bury the code
        "january february march april may june july august september october november december monday tuesday wednesday "
        "thursday friday saturday sunday yes no overall additionally however passage passages document documents source "
        "sources answer section article table figure page suite part question"
    ).split()
)
_STATES = dict(
    pair.split(":")
    for pair in (  # noqa: SIM905
        "alabama:al alaska:ak arizona:az arkansas:ar california:ca colorado:co connecticut:ct delaware:de florida:fl georgia:ga "
        "hawaii:hi idaho:id illinois:il indiana:in iowa:ia kansas:ks kentucky:ky louisiana:la maine:me maryland:md "
        "massachusetts:ma michigan:mi minnesota:mn mississippi:ms missouri:mo montana:mt nebraska:ne nevada:nv ohio:oh "
        "oklahoma:ok oregon:or pennsylvania:pa tennessee:tn texas:tx utah:ut vermont:vt virginia:va washington:wa wisconsin:wi"
    ).split()
)


def name_hits(claim: str, known: str) -> Iterator[RuleHit]:
    """Names of the claim of which no part occurs in ``known`` (folded evidence and question)."""
    chinese = detect_language(claim) is Language.ZH
    if not chinese and detect_language(known) is Language.ZH:
        return
    stems = {stem(word) for word in re.findall(r"[a-zà-ɏ0-9]+", known)}
    for start, end in _names(claim, chinese=chinese):
        name = fold(claim[start:end])
        if not _known(name, known, stems):
            yield RuleHit(Rule.NAME_MISSING, start, end, {"claim": claim[start:end]})


def named_in(text: str) -> list[tuple[int, int]]:
    """The spans of the names that a text holds, in either language."""
    return list(_names(text, chinese=detect_language(text) is Language.ZH))


def _names(claim: str, *, chinese: bool) -> Iterator[tuple[int, int]]:
    for found in _TITLE.finditer(claim):
        yield found.span(1)
    if chinese:
        yield from (found.span() for found in _LATIN_IN_CHINESE.finditer(claim))
        return
    for found in _CAPITALISED.finditer(claim):
        first = found.group().split()[0]
        starts = _SENTENCE_START.search(claim[: found.start()]) is not None
        plain = first.lower() in STOP_EN or first.lower() in _COMMON
        if starts and " " not in found.group() and first[1:].lower() == first[1:]:
            continue
        begin = found.start() + (len(first) + 1 if (starts or plain) and " " in found.group() else 0)
        if begin < found.end() and not (plain and " " not in found.group()):
            yield begin, found.end()


def _known(name: str, known: str, stems: set[str]) -> bool:
    if name in known:
        return True
    owned = _OWNED.sub("", name)
    parts = [
        part for part in re.findall(r"[a-zà-ɏ0-9]+", owned) if part not in STOP_EN and part not in _COMMON
    ]
    if not parts:
        return re.search(r"[a-z]", name) is not None
    return all(stem(part) in stems or _STATES.get(part, "-") in stems for part in parts) or _acronym(
        name, known
    )


def _acronym(name: str, known: str) -> bool:
    """HR for Human Resources, and back."""
    letters = re.sub(r"[^a-z]", "", name)
    if 2 <= len(letters) <= 6 and " " not in name:
        return re.search(r"\b" + r"\w*\s(?:(?:of|the|and|for)\s)?".join(letters) + r"\w*", known) is not None
    initials = "".join(part[0] for part in name.split() if part not in STOP_EN)
    return len(initials) >= 2 and re.search(rf"\b{re.escape(initials)}\b", known) is not None


def quote_hits(claim: str, texts: Sequence[str]) -> Iterator[RuleHit]:
    """Words that the claim gives as a quotation and that stand nowhere in ``texts``, up to small differences."""
    for found in _QUOTED.finditer(claim):
        group = next(index for index in range(1, 5) if found.group(index))
        quote = fold(found.group(group))
        if len(quote) < 12 and quote.isascii():
            continue
        if all(
            fuzz.partial_ratio(quote, fold(text)) < _QUOTE_MATCH
            for text in texts
            if len(text) >= len(quote) // 2
        ):
            yield RuleHit(Rule.QUOTE_MISSING, *found.span(group), {"claim": found.group(group)})
