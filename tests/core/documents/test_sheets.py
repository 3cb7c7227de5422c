from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook

from core.documents.content import Loaded
from core.documents.loaders import csv_loader
from core.documents.loaders.number_format import Value, shown
from core.documents.loaders.xlsx_loader import load
from core.documents.place import locate
from core.types import DocumentState


def saved(book: Workbook) -> Loaded:
    target = BytesIO()
    book.save(target)
    return load(target.getvalue(), ".xlsx")


def price_list() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "Prices"
    sheet["B1"] = "Price list 2025"
    for column, text in zip("BCDE", ["Item", "Group", "Price", "From"], strict=True):
        sheet[f"{column}3"] = text
    rows = [("KP-200", "Sensors", 229, date(2025, 2, 1)), ("KP-210", None, 1315.5, date(2025, 3, 15))]
    for number, (item, group, price, start) in enumerate(rows, 4):
        for column, value in zip("BCDE", (item, group, price, start), strict=True):
            sheet[f"{column}{number}"] = value
        sheet[f"D{number}"].number_format = '#,##0.00 "€"'
        sheet[f"E{number}"].number_format = "d.m.yyyy"
    sheet.merge_cells("C4:C5")
    return book


def test_a_sheet_reads_as_it_looks() -> None:
    page = saved(price_list()).pages[0]
    assert page.sheet == "Prices"
    assert page.header == "Item | Group | Price | From"
    assert page.text == (
        "Price list 2025\n\nItem | Group | Price | From\n"
        "KP-200 | Sensors | 229.00 € | 1.2.2025\nKP-210 | Sensors | 1,315.50 € | 15.3.2025"
    )


@pytest.mark.parametrize(
    ("piece", "cells"),
    [
        ("Price list", "B1"),
        ("KP-200", "B4"),
        ("1,315.50 €", "D5"),
        ("229.00 € | 1.2.2025", "D4:E4"),
        ("229.00 € | 1.2.2025\nKP-210", "B4:E5"),
    ],
)
def test_a_piece_of_a_sheet_knows_its_cells(piece: str, cells: str) -> None:
    page = saved(price_list()).pages[0]
    start = page.text.index(piece)
    box, found = locate(page, start, start + len(piece))
    assert box is None
    if "\n" in piece:  # the columns of both rows together
        assert found == "B4:E5"
    assert found == cells


def test_hidden_sheets_are_read_and_named() -> None:
    book = price_list()
    hidden = book.create_sheet("Margins")
    hidden.append(["Item", "Margin"])
    hidden.append(["KP-200", 0.35])
    hidden["B2"].number_format = "0 %"
    hidden.sheet_state = "hidden"
    loaded = saved(book)
    assert loaded.pages[1].text == "Item | Margin\nKP-200 | 35 %"
    assert loaded.reason is not None
    assert (loaded.reason.code, loaded.reason.params) == ("file_hidden_sheets", {"names": "Margins"})


def test_formulas_without_a_stored_result_are_told() -> None:
    book = price_list()
    book.active["F4"] = "=D4*2"
    loaded = saved(book)
    assert loaded.state is DocumentState.INDEXED
    assert loaded.reason is not None
    assert (loaded.reason.code, loaded.reason.params) == ("file_formulas", {"count": 1})


def test_an_empty_workbook_is_empty() -> None:
    assert saved(Workbook()).state is DocumentState.EMPTY


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (-0.5, "0.0", "-0.5"),
        (-0.001, "0.0", "0.0"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (1500, "[$¥-804]#,##0.00", "¥1,500.00"),
        (1500, '"US$" #,##0', "US$ 1,500"),
        (1500, "_-[$€-2] * #,##0.00_-", "€ 1,500.00"),
        (2500000, '0.0,,"M"', "2.5M"),
        (12, "0000", "0012"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1e+20"),
        (42, "General", "42"),
        (42.0, "General", "42"),
        (0.5, "# ?/?", "0.5"),
        (5, "[Red]0", "5"),
        (7, '0"个工作日"', "7个工作日"),
        (True, "General", "TRUE"),
        ("text", "0.00", "text"),
        (None, "General", ""),
        (datetime(2025, 3, 9, 14, 5), "mm-dd-yy", "2025-03-09"),
        (datetime(2025, 3, 9, 14, 5), "yyyy/m/d h:mm", "2025/3/9 14:05"),
        (datetime(2025, 3, 9, 14, 5), "d mmm yy", "9 Mar 25"),
        (datetime(2025, 3, 9, 14, 5), "dddd, mmmm d", "Sunday, March 9"),
        (datetime(2025, 3, 9, 14, 5), 'yyyy"年"m"月"d"日"', "2025年3月9日"),
        (datetime(2025, 3, 9, 14, 5, 7), "h:mm:ss AM/PM", "2:05:07 PM"),
        (datetime(2025, 3, 9), "aaaa", "星期日"),
        (date(2025, 3, 9), "General", "2025-03-09"),
        (time(8, 30), "h:mm", "8:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
    ],
)
def test_values_look_as_in_the_sheet(value: Value, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("a,b\n1,2\n3,4\n", ".csv", "a | b\n1 | 2\n3 | 4"),
        ("a;b\n1,5;2\n3,5;4\n", ".csv", "a | b\n1,5 | 2\n3,5 | 4"),
        ("a\tb\n1\t2\n", ".tsv", "a | b\n1 | 2"),
        ('name,text\nx,"two\nlines, and ""quotes"""\n', ".csv", 'name | text\nx | two lines, and "quotes"'),
        ("only one column\nvalue\n", ".csv", "only one column\nvalue"),
        ("a,b,c\n1,,3\n,,\n4,5,\n", ".csv", "a | b | c\n1 |  | 3\n\n4 | 5"),
    ],
)
def test_csv_is_read_with_the_delimiter_it_uses(text: str, suffix: str, expected: str) -> None:
    assert csv_loader.load(text.encode(), suffix).pages[0].text == expected


def test_csv_knows_header_encoding_and_cells() -> None:
    page = csv_loader.load("代码,名称\n110000,北京市\n120000,天津市\n".encode("gb18030"), ".csv").pages[0]
    assert page.header == "代码 | 名称"
    start = page.text.index("天津")
    assert locate(page, start, start + 3) == (None, "B3")


def test_a_table_of_figures_alone_has_no_header() -> None:
    assert csv_loader.load(b"1,2\n3,4\n", ".csv").pages[0].header is None


def test_long_tables_keep_every_row() -> None:
    data = "id,name,value\n" + "\n".join(f"{n},name {n},{n * 3}" for n in range(5000))
    page = csv_loader.load(data.encode(), ".csv").pages[0]
    assert len(page.anchors) == 5001
    last = page.anchors[-1]
    assert page.text[last.start : last.end] == "4999 | name 4999 | 14997"
