"""Evidence knock-out: is a citation needed, or would the claim stand without it?

The passages that were cited for an answer's supported claims are taken out of what the verifier may see,
and the same text is checked again. A claim that is no longer supported needed its citation; one that still
is did not depend on that source, and where it stands now is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.language import detect_language
from core.pilot.types import Knock, Knockout
from core.types import Check, Claim, Evidence, Relation, Verdict
from core.verify.evidence import EvidenceSource, Window
from core.verify.verifier import Verifier

Stretch = tuple[str, int | None, str | None, str | None, int, int]


@dataclass(frozen=True, slots=True)
class Without:
    """A source of evidence without some stretches of it: a window that overlaps one is never seen."""

    source: EvidenceSource
    banned: frozenset[Stretch]

    @property
    def empty(self) -> bool:
        """Whether the whole source is."""
        return self.source.empty

    def texts(self) -> None:
        """Nothing: whole texts would bring back what was taken out."""

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        """The best windows among those that are left."""
        found = self.source.windows(claim, question, k + len(self.banned))
        return tuple(window for window in found if not self._hidden(window))[:k]

    def _hidden(self, window: Window) -> bool:
        place = _of_window(window)
        return any(
            place[:4] == other[:4] and place[4] < other[5] and other[4] < place[5] for other in self.banned
        )


def knock_out(
    verifier: Verifier, source: EvidenceSource, check: Check, question: str | None
) -> tuple[Knockout, ...]:
    """One result for each supported claim that cites evidence; nothing where none does."""
    cited = {
        at: [item for item in claim.evidence if item.relation is Relation.SUPPORTS]
        for at, claim in enumerate(check.claims)
        if claim.verdict is Verdict.SUPPORTED
    }
    cited = {at: items for at, items in cited.items() if items}
    if not cited:
        return ()
    banned = frozenset(_of_evidence(item) for items in cited.values() for item in items)
    again = verifier.check(check.answer, Without(source, banned), question, detect_language(check.answer))
    return tuple(_result(at, items, again.claims[at]) for at, items in cited.items())


def _result(at: int, removed: list[Evidence], now: Claim) -> Knockout:
    stood = now.verdict is Verdict.SUPPORTED
    left = tuple(item for item in now.evidence if item.relation is Relation.SUPPORTS)
    return Knockout(
        claim=at,
        result=Knock.STOOD if stood else Knock.FELL,
        verdict=now.verdict,
        removed=tuple(item.text for item in removed),
        left=left if stood else (),
    )


def _of_evidence(item: Evidence) -> Stretch:
    place = item.place
    if place is None:
        return str(item.context_index), None, None, None, item.start, item.end
    return place.document_sha256, place.page, place.section, place.sheet, item.start, item.end


def _of_window(window: Window) -> Stretch:
    place = window.place
    if place is None:
        return str(window.context_index), None, None, None, window.start, window.end
    return place.document_sha256, place.page, place.section, place.sheet, window.start, window.end
