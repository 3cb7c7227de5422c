"""Excel: a page a sheet, values as the sheet shows them, merged cells repeated down, hidden sheets named."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from core.documents.content import Loaded, broken, with_text
from core.documents.loaders.number_format import shown
from core.documents.place import column_number
from core.documents.sheets import NumberedRow, sheet_page
from core.documents.tidy import tidy
from core.types import Page, Reason

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?f[ >/](?:(?!</(?:\w+:)?c>).)*?</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>[^<]")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_EMPTY = 1000  # empty rows in a row: what follows is formatting, not data

Merges = dict[tuple[int, int], tuple[int, int]]


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a workbook. Raises Unreadable for one that is damaged."""
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        parts = _sheet_parts(data)
    except (KeyError, InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise broken("file_damaged", format="Excel") from error
    pages, hidden, formulas = [], [], 0
    for sheet in book.worksheets:
        source = parts.get(sheet.title, b"")
        page = _sheet(sheet, _merges(source))
        formulas += sum(not _VALUE.search(cell) for cell in _FORMULA_CELL.findall(source))
        if page.text and sheet.sheet_state != "visible":
            hidden.append(sheet.title)
        pages.append(page)
    return with_text(tuple(pages), _reason(formulas, hidden))


def _reason(formulas: int, hidden: list[str]) -> Reason | None:
    if formulas:
        return Reason("file_formulas", {"count": formulas})
    return Reason("file_hidden_sheets", {"names": ", ".join(hidden)}) if hidden else None


def _sheet_parts(data: bytes) -> dict[str, bytes]:
    """Sheet name -> its XML, for what openpyxl does not tell in its streaming mode."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _safe())
        targets = {r.get("Id"): (r.get("Target") or "") for r in relations}
        book = etree.fromstring(archive.read("xl/workbook.xml"), _safe())
        names = set(archive.namelist())
        parts = {}
        for sheet in book.iterfind(".//{*}sheets/{*}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                parts[sheet.get("name") or ""] = archive.read(path)
    return parts


def _safe() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _merges(source: bytes) -> Merges:
    """Cells of a merged block below its first row, each with the cell that it shows."""
    covered: Merges = {}
    for left, top, right, bottom in _MERGE.findall(source):
        column, first, last = column_number(left.decode()), int(top), int(bottom)
        if left == right and last - first < 10_000:
            covered.update({(row, column): (first, column) for row in range(first + 1, last + 1)})
    return covered


def _sheet(sheet: Any, merges: Merges) -> Page:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    return sheet_page(list(_rows(sheet, merges)), sheet.title)


def _rows(sheet: Any, merges: Merges) -> Iterator[NumberedRow]:
    seen: dict[tuple[int, int], str] = {}
    wanted = set(merges.values())
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [
            tidy(shown(cell.value, cell.number_format)) if cell.value is not None else "" for cell in cells
        ]
        for column in range(1, len(texts) + 1):
            if (number, column) in wanted:
                seen[number, column] = texts[column - 1]
        empty = 0 if any(texts) else empty + 1
        if empty > _MOST_EMPTY:
            return
        if any(texts):
            yield number, _with_merged(texts, number, merges, seen)


def _with_merged(
    texts: list[str], number: int, merges: Merges, seen: dict[tuple[int, int], str]
) -> list[str]:
    if not merges:
        return texts
    for column, text in enumerate(texts, 1):
        if not text and (number, column) in merges:
            texts[column - 1] = seen.get(merges[number, column], "")
    return texts
