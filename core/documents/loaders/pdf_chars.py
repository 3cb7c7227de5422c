"""The characters of a PDF page as cells: stretches of text without a wide gap, each with its box."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from core.documents.loaders.pdf_ligatures import mend, stand_in
from core.types import Box

WIDE_GAP = 1.4  # times the size of the letters: wider than between words, also in justified lines
_SPACE_GAP = 0.15
_SAME_LINE = 0.5
_LEVEL = 0.05  # radians
_FIGURE_GAP = 0.5  # columns of figures stand closer than words do, above all with brackets between
_FIGURE = re.compile(r"[$€£¥￥]?\(?[\d,.]*\d[)%]*|[—–-]")


@dataclass(slots=True)
class Cell:
    """Text on one line without a wide gap; coordinates as in ``core.types.Box``, ``size`` in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    hyphen: bool = False  # it ends in a hyphen that may be there only because the line ends
    below: list[Cell] = field(default_factory=list)  # its further lines, where it is wrapped in a table

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        """Its rectangle."""
        return Box(self.x0, self.y0, self.x1, self.y1)


@dataclass(slots=True)
class PageCells:
    """What a page holds: level text, then text that runs at an angle; how many characters have no meaning
    (fonts without a table to Unicode) of how many.
    """

    cells: list[Cell] = field(default_factory=list)
    slanted: list[Cell] = field(default_factory=list)
    unmapped: int = 0
    characters: int = 0


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    slanted: bool
    spaced: bool  # a space stands before it


def read_cells(page: pdfium.PdfPage) -> PageCells:
    """Read all text of a page in the order in which it was written into the file."""
    textpage = page.get_textpage()
    try:
        found = PageCells()
        glyphs = list(_glyphs(textpage.raw, found))
    finally:
        textpage.close()
    _fill(found, glyphs)
    for cell in found.cells:
        cell.text = mend(cell.text)
    _turn(page, found)
    return found


def _glyphs(textpage: object, found: PageCells) -> Iterator[_Glyph]:
    rectangle = raw.FS_RECTF()
    pointer = ctypes.byref(rectangle)
    spaced, high = False, 0
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in (0x20, 0x0D, 0x0A, 0xA0, 0x09, 0x3000):
            spaced = True
            continue
        found.characters += 1
        if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            found.unmapped += 1
        if not raw.FPDFText_GetLooseCharBox(textpage, index, pointer) or code in (0xFFFE, 0xFFFF):
            continue
        angle = raw.FPDFText_GetCharAngle(textpage, index)
        slanted = _LEVEL < angle < 2 * 3.14159265 - _LEVEL
        width, height = rectangle.right - rectangle.left, rectangle.top - rectangle.bottom
        character = stand_in(width, height) if code == 0 else "\x02" if code == 2 else _shown(chr(code))
        yield _Glyph(
            character, rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, slanted, spaced
        )
        spaced = False


def _shown(character: str) -> str:
    """Ligatures and radicals as the letters they show; control and invisible characters as nothing."""
    code = ord(character)
    if 0xFB00 <= code <= 0xFB06 or 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def _fill(found: PageCells, glyphs: list[_Glyph]) -> None:
    """Gather glyphs into cells; a cell ends at a wide gap, another line, or a turn back."""
    cell: Cell | None = None
    slanted = False
    for glyph in glyphs:
        size = max(glyph.y1 - glyph.y0, 1.0)
        if cell is not None and slanted == glyph.slanted and _goes_on(cell, glyph, size):
            _append(cell, glyph, size)
            continue
        text = "-" if glyph.text == "\x02" else glyph.text
        cell = Cell(text, glyph.x0, glyph.y0, glyph.x1, glyph.y1, size, glyph.text == "\x02")
        slanted = glyph.slanted
        (found.slanted if slanted else found.cells).append(cell)


def _goes_on(cell: Cell, glyph: _Glyph, size: float) -> bool:
    if glyph.slanted:
        return not glyph.spaced or abs(glyph.y0 - cell.y0) < 3 * size
    overlap = min(cell.y1, glyph.y1) - max(cell.y0, glyph.y0)
    if overlap < _SAME_LINE * min(cell.y1 - cell.y0, size):
        return False
    gap = glyph.x0 - cell.x1
    figures = glyph.text in "($€£¥￥-—–0123456789" and _FIGURE.fullmatch(cell.text)
    return -0.6 * size < gap < (_FIGURE_GAP if figures else WIDE_GAP) * min(size, cell.size)


def _append(cell: Cell, glyph: _Glyph, size: float) -> None:
    gap = glyph.x0 - cell.x1
    if glyph.spaced or gap > _SPACE_GAP * size * 2:
        cell.text += " "
    cell.text += "-" if glyph.text == "\x02" else glyph.text
    cell.hyphen = glyph.text == "\x02"
    cell.x0, cell.x1 = min(cell.x0, glyph.x0), max(cell.x1, glyph.x1)
    if size <= 1.5 * cell.size:
        cell.y0, cell.y1 = min(cell.y0, glyph.y0), max(cell.y1, glyph.y1)
    cell.size = max(cell.size, size)


def _turn(page: pdfium.PdfPage, found: PageCells) -> None:
    """From the file's coordinates to those of the page as it is seen: cut to its crop box and turned."""
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    if (left, bottom, rotation) == (0, 0, 0):
        return
    width, height = right - left, top - bottom
    for cell in (*found.cells, *found.slanted):
        x0, x1, y0, y1 = cell.x0 - left, cell.x1 - left, cell.y0 - bottom, cell.y1 - bottom
        match rotation:
            case 90:
                x0, y0, x1, y1 = y0, width - x1, y1, width - x0
            case 180:
                x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
            case 270:
                x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        cell.x0, cell.y0, cell.x1, cell.y1 = x0, y0, x1, y1
