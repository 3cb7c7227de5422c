from __future__ import annotations

import pytest

from core.documents.place import column_letters, column_number, locate
from core.types import Anchor, Box, Page

PAGE = Page(
    text="first line\nsecond line",
    number=1,
    anchors=(
        Anchor(0, 10, box=Box(10, 100, 60, 110)),
        Anchor(11, 22, box=Box(12, 85, 70, 95)),
    ),
)
SHEET = Page(
    text="Name | Price\n\n | x |  | z",
    sheet="S",
    anchors=(Anchor(0, 12, cell="B2"), Anchor(14, 25, cell="B4")),
)


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [
        (0, 5, Box(10, 100, 60, 110)),
        (12, 15, Box(12, 85, 70, 95)),
        (6, 13, Box(10, 85, 70, 110)),
        (3, 3, Box(10, 100, 60, 110)),
        (10, 11, None),
    ],
)
def test_the_box_holds_all_touched_lines(start: int, end: int, box: Box | None) -> None:
    assert locate(PAGE, start, end) == (box, None)


@pytest.mark.parametrize(
    ("piece", "cells"),
    [
        ("Name", "B2"),
        ("Price", "C2"),
        ("x", "C4"),
        ("z", "E4"),
        ("x |  | z", "C4:E4"),
        ("Price\n\n | x", "B2:C4"),
    ],
)
def test_cells_are_told_by_the_borders_before_them(piece: str, cells: str) -> None:
    start = SHEET.text.index(piece)
    assert locate(SHEET, start, start + len(piece)) == (None, cells)


def test_a_page_without_anchors_has_no_place() -> None:
    assert locate(Page(text="text"), 0, 4) == (None, None)


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_count_as_in_a_sheet(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters) == number
