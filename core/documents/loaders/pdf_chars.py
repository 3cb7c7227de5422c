"""The characters of a PDF page as cells: stretches of text without a wide gap, each with its box."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pypdfium2 as pdfium
from pypdfium2 import raw

from core.documents.loaders.pdf_ligatures import mend, stand_in
from core.types import Box

WIDE_GAP = 1.4  # times the size of the letters: wider than between words, also in justified lines
_SPACE_GAP = 0.3
_LOOSE_GAP = 0.6
_MOST_UNMAPPED = 0.2
_NEARBY = 8
_SAME_LINE = 0.5
_LEVEL = 0.05  # radians
_FULL_TURN = 6.283
_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000})
_MEANINGLESS = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_HYPHENS = frozenset({0x02, 0xAD})  # how PDFium gives a hyphen at the end of a line, and a soft one
_CURRENCIES = frozenset("$€£¥￥")
_FIGURE_STARTS = frozenset("($€£¥￥-—–0123456789")
_FIGURE_GAP = 0.5  # columns of figures stand closer than words do, above all with brackets between
_FIGURE = re.compile(r"(?:[$€£¥￥]\s?)?\(?[\d,.]*\d\)?(?:\s?%)?\)?|(?:[$€£¥￥]\s?)?[—–-]")


@dataclass(slots=True)
class Cell:
    """Text on one line without a wide gap; coordinates as in ``core.types.Box``, ``size`` in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
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
    (fonts without a table to Unicode) of how many. ``number`` counts from 1, ``height`` is in points.
    """

    number: int
    height: float
    cells: list[Cell] = field(default_factory=list)
    slanted: list[Cell] = field(default_factory=list)
    unmapped: int = 0
    characters: int = 0

    @property
    def garbled(self) -> bool:
        """Whether so many characters have no meaning that the rest would mislead."""
        return self.unmapped > _MOST_UNMAPPED * max(self.characters, 1)


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    slanted: bool
    spaced: bool  # a space stands before it


def read_cells(page: pdfium.PdfPage, number: int) -> PageCells:
    """Read all text of a page in the order in which it was written into the file."""
    textpage = page.get_textpage()
    try:
        found = PageCells(number, page.get_height())
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
    unicode_of, box_of, angle_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharAngle,
    )
    unmapped = raw.FPDFText_HasUnicodeMapError
    spaced, high = False, 0
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = unicode_of(textpage, index)
        if code in _SPACES:
            spaced = True
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        found.characters += 1
        found.unmapped += code in _MEANINGLESS or unmapped(textpage, index) == 1
        if not box_of(textpage, index, pointer):
            continue
        x0, y0, x1, y1 = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        text = _shown(code) if code else stand_in(x1 - x0, y1 - y0)
        if text:
            slanted = _LEVEL < angle_of(textpage, index) < _FULL_TURN - _LEVEL
            yield _Glyph(text, x0, y0, x1, y1, slanted, spaced)
            spaced = False


@cache
def _shown(code: int) -> str:
    """Ligatures and radicals as the letters they show; control and invisible characters as nothing."""
    if code in _HYPHENS:
        return "-"
    if 0xFB00 <= code <= 0xFB06 or 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", chr(code))
    return "" if code in _MEANINGLESS or unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs") else chr(code)


def _fill(found: PageCells, glyphs: list[_Glyph]) -> None:
    """Gather glyphs into cells; a cell ends at a wide gap, another line, or a turn back."""
    cell: Cell | None = None
    slanted = False
    loose: list[int] = []  # cells that may belong to the one before
    for glyph in glyphs:
        size = max(glyph.y1 - glyph.y0, 1.0)
        goes_on = cell is not None and slanted == glyph.slanted and _goes_on(cell, glyph, size)
        if cell is not None and goes_on and (slanted or glyph.x0 - cell.x1 < _LOOSE_GAP * size):
            _append(cell, glyph, size)
            continue
        if goes_on:
            loose.append(len(found.cells))
        cell = Cell(glyph.text, glyph.x0, glyph.y0, glyph.x1, glyph.y1, size)
        slanted = glyph.slanted
        (found.slanted if slanted else found.cells).append(cell)
    found.cells = _joined(found.cells, set(loose))


def _joined(cells: list[Cell], loose: set[int]) -> list[Cell]:
    """Join cells across a gap that is no wider than justified lines have, unless a column begins there."""
    edges = [cell for index, cell in enumerate(cells) if index not in loose]
    joined: list[Cell] = []
    for index, cell in enumerate(cells):
        if index not in loose or _begins_column(cell, edges):
            joined.append(cell)
        else:
            last = joined[-1]
            last.text += f" {cell.text}"
            last.x1, last.size = cell.x1, max(last.size, cell.size)
            last.y0, last.y1 = min(last.y0, cell.y0), max(last.y1, cell.y1)
    return joined


def _begins_column(cell: Cell, edges: list[Cell]) -> bool:
    """Whether cells of at least two lines nearby begin at the same x."""
    aligned = [
        edge
        for edge in edges
        if abs(edge.x0 - cell.x0) < 1.5 and 0 < abs(edge.middle - cell.middle) < _NEARBY * cell.size
    ]
    return len(aligned) > 1


def _goes_on(cell: Cell, glyph: _Glyph, size: float) -> bool:
    if glyph.slanted:
        return not glyph.spaced or abs(glyph.y0 - cell.y0) < 3 * size
    smaller = size if size < cell.size else cell.size
    gap = glyph.x0 - cell.x1
    if not -0.6 * size < gap < WIDE_GAP * smaller:
        return False
    overlap = min(cell.y1, glyph.y1) - max(cell.y0, glyph.y0)
    if overlap < _SAME_LINE * smaller:
        return False
    least = 0.0 if glyph.text in _CURRENCIES and glyph.spaced else _FIGURE_GAP * smaller
    return not (gap > least and glyph.text in _FIGURE_STARTS and _FIGURE.fullmatch(cell.text))


def _append(cell: Cell, glyph: _Glyph, size: float) -> None:
    if glyph.spaced or glyph.x0 - cell.x1 > _SPACE_GAP * size:
        cell.text += " "
    cell.text += glyph.text
    cell.x1 = max(cell.x1, glyph.x1)
    cell.x0 = min(cell.x0, glyph.x0)
    if size != cell.size or glyph.y0 != cell.y0:
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
