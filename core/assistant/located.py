"""Evidence from the library with its exact place: the box on a PDF's page, the cells of a sheet."""

from __future__ import annotations

from dataclasses import replace

from core.documents.place import locate
from core.errors import LibraryError
from core.store.database import Library
from core.store.pages import find_page
from core.types import Claim, Evidence


def located(library: Library, claim: Claim) -> Claim:
    """The claim with box and cells in each piece of evidence whose page has them."""
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
