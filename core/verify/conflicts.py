"""Documents that disagree on what a claim states; found narrowly, since a conflict holds the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.verify.evidence import Window
from core.verify.features import Findings
from core.verify.rows import row_pairs
from core.verify.rules import Aligned
from core.verify.rules.values import values
from core.verify.support import SAME_SUBJECT
from core.verify.text import keys

_YEAR = re.compile(r"(?a)(?<!\d)(?:19|20)\d\d(?!\d)")


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
            if sentence.share < SAME_SUBJECT or not near:
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
