"""The order in which a page is read: columns one after the other, tables row by row.

A gutter is a left edge shared by many cells with nothing running across it. What runs across it (a title, a
wide table) cuts the page into bands; inside a band the left column is read before the right one. Tables have
such edges too, but their cells are short, or start anew on both sides at the same heights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from core.documents.loaders.pdf_chars import Cell

_LINES = 5  # fewer lines make no column
_LETTERS = 14  # a column's typical line holds at least so many letters' widths
_FULL = 0.6  # and fills this much of its column
_ROW_GAP = 0.3  # times the size of the letters
_DEPTH = 4


@dataclass(slots=True)
class Row:
    """A table row whose cells run over several lines, left to right."""

    cells: list[list[Cell]]


Block = list[Cell] | Row


def in_reading_order(cells: list[Cell], depth: int = _DEPTH) -> list[Block]:
    """The cells of a page, or of one column of it, in blocks to be read one after the other."""
    gutter = _gutter(cells) if depth and len(cells) >= 2 * _LINES else None
    if gutter is None:
        return [cells] if cells else []
    blocks: list[Block] = []
    for left, right, crossing in _bands(cells, gutter):
        blocks += _band(left, right, depth)
        blocks += [[*crossing]] if crossing else []
    return _together(blocks)


def _together(blocks: list[Block]) -> list[Block]:
    """Cells that follow each other without a column in between belong into one block."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            isinstance(last, list)
            and isinstance(block, list)
            and min(c.middle for c in last) > max(c.middle for c in block)
            and _aligned(last, block)
        ):
            last.extend(block)
        else:
            joined.append(block)
    return joined


def _aligned(above: list[Cell], below: list[Cell]) -> bool:
    return abs(min(c.x0 for c in above) - min(c.x0 for c in below)) < 3 * below[0].size


def _gutter(cells: list[Cell]) -> float | None:
    """The left edge of the right-hand column, or None where there is no second column."""
    edges = Counter(round(cell.x0 / 2) for cell in cells)
    best, most = None, 0
    for edge, count in edges.items():
        near = count + edges[edge + 1] + edges[edge - 1]
        if near < _LINES:
            continue
        x = 2.0 * edge - 2
        left = [cell for cell in cells if cell.x1 <= x + 1]
        right = [cell for cell in cells if cell.x0 >= x - 1]
        size = min(len(left), len(right))
        if size > most and near >= len(right) * 0.4 and _is_column(left, x) and _is_column(right, None):
            best, most = x, size
    return best


def _is_column(cells: list[Cell], edge: float | None) -> bool:
    """Whether these cells look like the lines of running text rather than like entries of a table."""
    if len(cells) < _LINES:
        return False
    start, end = min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)
    typical = median(cell.x1 - cell.x0 for cell in cells)
    size = median(cell.size for cell in cells)
    letters = sum(character.isalpha() for cell in cells for character in cell.text)
    everything = sum(len(cell.text) for cell in cells) or 1
    near_edge = edge is None or edge - end < 6 * size
    return (
        near_edge
        and typical >= _FULL * (end - start)
        and typical >= _LETTERS * size * 0.5
        and letters > 0.55 * everything
    )


def _bands(cells: list[Cell], gutter: float) -> list[tuple[list[Cell], list[Cell], list[Cell]]]:
    """From top to bottom: what stands left and right of the gutter, then what runs across below it."""
    bands: list[tuple[list[Cell], list[Cell], list[Cell]]] = [([], [], [])]
    for cell in sorted(cells, key=lambda cell: -cell.middle):
        left, right, crossing = bands[-1]
        if cell.x0 < gutter - 1 and cell.x1 > gutter + 1:
            crossing.append(cell)
            continue
        if crossing:
            bands.append(([], [], []))
            left, right, crossing = bands[-1]
        (left if cell.x1 <= gutter + 1 else right).append(cell)
    return bands


def _band(left: list[Cell], right: list[Cell], depth: int) -> list[Block]:
    if not left or not right:
        return in_reading_order(left or right, depth - 1)
    rows = _rows([*left, *right], {id(cell) for cell in left})
    if rows is not None:
        return [*rows]
    return [*in_reading_order(left, depth - 1), *in_reading_order(right, depth - 1)]


def _rows(cells: list[Cell], left: set[int]) -> list[Row] | None:
    """The band as table rows, where both sides start anew at the same heights again and again."""
    slices: list[list[Cell]] = []
    floor = float("inf")
    for cell in sorted(cells, key=lambda cell: -cell.y1):
        if not slices or floor - cell.y1 > _ROW_GAP * cell.size:
            slices.append([])
            floor = cell.y0
        slices[-1].append(cell)
        floor = min(floor, cell.y0)
    both = [part for part in slices if 0 < sum(id(cell) in left for cell in part) < len(part)]
    lines = sum(len(part) for part in both) / 2
    if len(both) < 3 or len(both) < 0.8 * len(slices) or not 1.3 < lines / len(both) < 8:
        return None
    return [
        Row([[c for c in part if id(c) in left], [c for c in part if id(c) not in left]]) for part in slices
    ]
