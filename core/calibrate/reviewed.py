"""Labels that reviewers left on drawn claims: they may be taken over, so that nobody judges a claim twice.

The draw stays what it was: claims come into it by chance, never because a reviewer looked at them. What a
reviewer said is less independent, though, since the verdict was in view: it is taken over when asked for
only, under the reviewer's name, and the log says that it came from a review.
"""

from __future__ import annotations

from core.calibrate.labelling import Label, Work, set_label
from core.store import reviews
from core.store.calibration import StoredItem
from core.store.database import Library
from core.store.reviews import ClaimLabel
from core.types import Verdict

_SAYS = {
    Verdict.SUPPORTED: Label.SUPPORTED,
    Verdict.CONTRADICTED: Label.CONTRADICTED,
    Verdict.CONFLICTING: Label.CONTRADICTED,
    Verdict.NOT_FOUND: Label.NOT_FOUND,
    Verdict.COULD_NOT_CHECK: Label.UNCLEAR,
}


def waiting(library: Library, work: Work) -> tuple[tuple[StoredItem, ClaimLabel], ...]:
    """The drawn claims that have no label yet and that a reviewer has judged."""
    said: dict[tuple[str, int], ClaimLabel] = {
        (label.answer_id, label.claim): label for label in reviews.labels(library) if label.verdict in _SAYS
    }
    pairs = zip(work.items, work.labels, strict=True)
    return tuple(
        (item, said[item.answer_id, item.claim])
        for item, label in pairs
        if label is None and (item.answer_id, item.claim) in said
    )


def take_over(library: Library, work: Work) -> int:
    """Label drawn claims as their reviewers judged them; returns how many."""
    found = waiting(library, work)
    with library.writing():
        for item, said in found:
            set_label(
                library, item.sample_id, item.position, _SAYS[said.verdict], who=said.who, reviewed=True
            )
    return len(found)
