"""Running heads, feet and page numbers: said once where they say something, else left out.

They would stand in the middle of the text again and again, and a bare page number would pass for a figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from core.documents.loaders.pdf_chars import Cell, PageCells

_MARGIN = 0.1  # of the page's height, above and below
_LEAST_PAGES, _LEAST_SHARE = 3, 0.3  # left and right pages may have heads of their own
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:[-–—·\s]*(?:\d{1,4}|[ivxlcIVXLC]{1,7})[-–—·\s]*|\d{1,4}\s*/\s*\d{1,4}|[Pp](?:age|\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?"
    r"|第?\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?)$"
)


def drop_margins(pages: Sequence[PageCells]) -> None:
    """Take page numbers out of all pages, and repeated heads and feet out of all but their first."""
    seen: dict[tuple[str, int], list[tuple[PageCells, list[Cell]]]] = defaultdict(list)
    for page in pages:
        for line in _margin_lines(page):
            text = " ".join(cell.text for cell in line)
            if len(line) == 1 and _NUMBER.match(text.strip()):
                _remove(page, line)
            elif len(line) == 1 or str(page.number) in _DIGITS.findall(text):
                seen[_DIGITS.sub("#", text), round(line[0].middle / 6)].append((page, line))
    for found in seen.values():
        if len(found) >= max(_LEAST_PAGES, _LEAST_SHARE * len(pages)):
            for page, line in found[1:]:
                _remove(page, line)


def _margin_lines(page: PageCells) -> list[list[Cell]]:
    """The two outermost lines above and below, left to right, where they stand in the margin."""
    cells = sorted((cell for cell in page.cells if cell.text.strip()), key=lambda cell: -cell.middle)
    lines: list[list[Cell]] = []
    for cell in cells:
        if lines and abs(lines[-1][0].middle - cell.middle) < 0.5 * cell.size:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    low, high = _MARGIN * page.height, (1 - _MARGIN) * page.height
    outer = [*lines[:2], *lines[2:][-2:]]
    return [sorted(line, key=lambda c: c.x0) for line in outer if not low < line[0].middle < high]


def _remove(page: PageCells, line: list[Cell]) -> None:
    gone = {id(cell) for cell in line}
    page.cells = [cell for cell in page.cells if id(cell) not in gone]
