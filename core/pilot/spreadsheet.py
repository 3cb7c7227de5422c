"""Tables of plain text into CSV and XLSX files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.pilot.sheet import STARTS_FORMULA

Cell = str | int | float | None
_LONGEST = 32_000  # characters that a cell of a spreadsheet holds


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: text that would start one gets an apostrophe."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:_LONGEST]
    return f"'{text}" if STARTS_FORMULA.match(text) else text


def write_csv(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    """Write UTF-8 with a byte-order mark: spreadsheets then read Chinese as Chinese. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([guarded(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> None:
    """Write a workbook: a name and rows for each sheet, every text stored as text. Raises OSError."""
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name[:31])
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                placed = sheet.cell(at, column)
                placed.value = guarded(cell)
                if isinstance(cell, str):
                    placed.data_type = "s"  # not an error either, as "#N/A" would be
        sheet.freeze_panes = "A2"
    book.save(path)
