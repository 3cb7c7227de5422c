"""Claims as the library's owner sees them: evidence with its exact place (the box on a PDF's page, the cells
of a sheet), and no support from a document that is not in force.
"""

from __future__ import annotations

from dataclasses import replace

from core.documents.place import locate
from core.errors import LibraryError
from core.store.database import Library
from core.store.pages import find_page
from core.types import Claim, Evidence, Verdict
from core.verify.verdicts import SUPPORT_NOT_YET, SUPPORT_OUTDATED
from core.verify.verifier import UNCHECKED_RISK


def located(library: Library, claim: Claim) -> Claim:
    """The claim with box and cells in each piece of evidence whose page has them.

    A claim that only a document out of force bears out counts as not checked, so that its answer never
    passes, whatever the claim's risk.
    """
    if {reason.code for reason in claim.reasons} & {SUPPORT_OUTDATED, SUPPORT_NOT_YET}:
        risk = max(claim.risk, UNCHECKED_RISK)
        claim = replace(claim, verdict=Verdict.COULD_NOT_CHECK, risk=risk)
    return replace(claim, evidence=tuple(_located(library, evidence) for evidence in claim.evidence))


def _located(library: Library, evidence: Evidence) -> Evidence:
    if evidence.place is None:
        return evidence
    try:
        page = find_page(library, evidence.place, start=evidence.start, text=evidence.text)
    except LibraryError:  # removed by another program since it was searched: file and page are still told
        return evidence
    box, cells = locate(page, evidence.start, evidence.end)
    return replace(evidence, place=replace(evidence.place, box=box, cells=cells))
