from __future__ import annotations

from pathlib import Path

from core.assistant.located import located
from core.index import ingest
from core.sample import SAMPLE
from core.store.database import Library
from core.store.documents import StoredDocument
from core.store.pages import pages_of
from core.store.passages import has_passages
from core.types import Claim, Evidence, Page, Place, Relation, Verdict


def added(library: Library, path: Path) -> StoredDocument:
    document = list(ingest.add(library, [path], None))[-1].document
    assert document.passages
    return document


def pages(library: Library) -> list[Page]:
    contents = [row[0] for row in library.db.execute("select id from contents").fetchall()]
    assert all(has_passages(library, content) for content in contents)
    return [page for content in contents for _, page in pages_of(library, content)]


def claim_with(document: StoredDocument, page: Page, quote: str) -> Claim:
    start = page.text.index(quote)
    place = Place(document.path, document.sha256, page.number, page.section, page.sheet)
    evidence = Evidence(Relation.SUPPORTS, quote, start, start + len(quote), 0.9, place=place)
    return Claim(0, 1, "x", Verdict.SUPPORTED, 0.1, evidence=(evidence,))


def test_a_quote_from_a_pdf_gets_the_box_of_its_line(library: Library) -> None:
    document = added(library, SAMPLE / "en" / "service_contract.pdf")
    quote = "The annual fee is £38,400."
    page = next(page for page in pages(library) if quote in page.text)
    (evidence,) = located(library, claim_with(document, page, quote)).evidence
    assert evidence.place is not None
    box = evidence.place.box
    assert box is not None
    assert 0 < box.x0 < box.x1 < 600
    assert 5 < box.y1 - box.y0 < 40


def test_a_quote_from_a_workbook_gets_its_cells(library: Library) -> None:
    document = added(library, SAMPLE / "en" / "price_list_2025.xlsx")
    page = next(page for page in pages(library) if "KT-110-F" in page.text)
    (evidence,) = located(library, claim_with(document, page, "KT-110-F")).evidence
    assert evidence.place is not None
    assert evidence.place.cells is not None
    assert evidence.place.box is None


def test_a_page_that_is_gone_leaves_the_place_as_it_was_told(library: Library) -> None:
    place = Place("/gone.pdf", "0" * 64, 3)
    evidence = Evidence(Relation.SUPPORTS, "quote", 0, 5, 0.9, place=place)
    claim = Claim(0, 1, "x", Verdict.SUPPORTED, 0.1, evidence=(evidence,))
    assert located(library, claim) == claim
