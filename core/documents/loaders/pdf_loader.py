"""PDF: a page's text in reading order with a box for every line; scans are said to be scans."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from core.documents.content import Loaded, Unreadable, broken, with_text
from core.documents.loaders.pdf_chars import PageCells, read_cells
from core.documents.loaders.pdf_margins import drop_margins
from core.documents.loaders.pdf_text import page_text
from core.types import DocumentState, Page, Reason

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FEW = 80  # characters: no more than a running foot
_TAIL = 2048  # some programs write a little behind the end


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a PDF. Raises Unreadable for one that is damaged or needs a password."""
    document = _open(data)
    pages = [_read(document, index) for index in range(len(document))]
    if not pages:
        raise broken("file_damaged", format="PDF")
    drop_margins([cells for cells, _ in pages])
    hyphens = _Hyphens([cells for cells, _ in pages])
    read = [_page(cells, hyphens) for cells, _ in pages]
    silent = _textless(read, [drawn for _, drawn in pages])
    return with_text(tuple(read), silent if _whole(data) else Reason("file_cut_off"))


def _whole(data: bytes) -> bool:
    """Whether the file has its end. PDFium mends a file that was cut off, and pages may be missing then."""
    return b"%%EOF" in data.rstrip(b"\0\r\n\t ")[-_TAIL:]


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(DocumentState.ENCRYPTED, "file_encrypted") from error
        raise broken("file_damaged", format="PDF") from error
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    return document


def _read(document: pdfium.PdfDocument, index: int) -> tuple[PageCells, bool]:
    """A page's cells, and whether something is drawn on it that could be text."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise broken("file_damaged", format="PDF") from error
    if document.formenv is not None:
        page.flatten()  # what was filled into a form becomes part of the page
    cells = read_cells(page, index + 1)
    few = cells.characters < _FEW
    drawn = few and any(True for _ in page.get_objects(_shapes(cells), max_depth=2))
    page.close()
    return cells, drawn or cells.garbled


def _shapes(cells: PageCells) -> list[int]:
    """The objects that could hide text: anything where there is none, a picture beside a page number."""
    return [raw.FPDF_PAGEOBJ_IMAGE] if cells.cells else []


def _page(found: PageCells, hyphens: _Hyphens) -> Page:
    if found.garbled:
        return Page(text="", number=found.number)
    text, anchors = page_text(found.cells, hyphens.kept)
    slanted = "\n".join(cell.text for cell in found.slanted if cell.text.strip())
    return Page(
        text=f"{text}\n\n{slanted}".strip("\n") if slanted else text, number=found.number, anchors=anchors
    )


def _textless(pages: Sequence[Page], drawn: Sequence[bool]) -> Reason | None:
    """Names the pages that show something but hold no text; an empty sheet is no scan."""
    numbers = [
        page.number or 0 for page, shows in zip(pages, drawn, strict=True) if not page.text.strip() and shows
    ]
    if not numbers:
        return None
    if len(numbers) == len(pages):
        return Reason("file_scan", {"pages": len(pages)})
    return Reason("file_scan_pages", {"numbers": ranges(numbers), "count": len(numbers), "pages": len(pages)})


def ranges(numbers: Sequence[int]) -> str:
    """Sorted page numbers, shortened: 3, 5–7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class _Hyphens:
    """Decides whether a hyphen at the end of a line belongs to the word, by the rest of the document."""

    def __init__(self, pages: Sequence[PageCells]) -> None:
        texts = [cell.text for page in pages for cell in page.cells]
        lines = [[word.lower() for word in _WORD.findall(text)] for text in texts]
        self._words = {word for words in lines for word in words}
        self._inner = {word for words in lines for word in words[1:-1]}  # no halves of a cut word

    def kept(self, before: str, after: str) -> bool:
        """Keep it where the document writes the word with it elsewhere, and never without."""
        whole, parted = f"{before}{after}".lower(), f"{before}-{after}".lower()
        if whole in self._words:
            return False
        known = before.lower() in self._inner and after.lower() in self._inner
        return parted in self._words or known
