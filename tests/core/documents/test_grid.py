from __future__ import annotations

from core.documents.grid import Cells, cells_of, grid_of
from core.documents.place import locate
from core.documents.sheets import sheet_page
from core.types import Page


def test_a_sheet_comes_back_as_the_table_that_it_was() -> None:
    rows = [
        (2, ["", "Prices 2025"]),
        (4, ["", "Item", "Price"]),
        (5, ["", "A | B", "12"]),
        (9, ["", "C", ""]),
    ]
    grid = grid_of(sheet_page(rows, "Prices"))
    assert (grid.first_column, grid.columns, grid.header) == (2, 2, 4)
    assert grid.rows == (
        (2, ("Prices 2025",)),
        (4, ("Item", "Price")),
        (5, ("A ¦ B", "12")),
        (9, ("C",)),
    )


def test_the_cells_that_evidence_names_are_those_of_the_table() -> None:
    page = sheet_page([(1, ["Item", "Price"]), (2, ["Sensor", "12"]), (3, ["Valve", "30"])], "P")
    start = page.text.index("30")
    _, name = locate(page, start, start + 2)
    assert name == "B3"
    cells = cells_of(name)
    assert cells == Cells(2, 3, 2, 3)
    (number, texts) = grid_of(page).rows[2]
    assert cells.holds(2, number)
    assert not cells.holds(1, number)
    assert texts[cells.left - 1] == "30"


def test_a_page_of_another_kind_has_no_rows() -> None:
    assert grid_of(Page(text="a | b")).rows == ()


def test_only_names_of_cells_are_read() -> None:
    assert cells_of("AA10:AB12") == Cells(27, 10, 28, 12)
    assert cells_of("B4") == Cells(2, 4, 2, 4)
    assert [cells_of(name) for name in ("", "4B", "B4:C", "b4", "B4:C6:D7", "AAAA1")] == [None] * 6
