"""Tables inside evidence, and what is reckoned from them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.verify.tables import number_of, reckoned, tables, written

SALES = """Sales by region
Region | City | 2022 | 2023
North | Oslo | 1,200 | 1,500
South | Graz | 800 | 600
West | Oslo | 1,000 | 1,000"""
STAFF = """各厂区人员
厂区 | 状态 | 人数
滨江厂区 | 在营 | 320
城西厂区 | 停用 | 45
临港仓库 | 在营 | 110"""


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,452.4", "1452.4"),
        ("$ (42.7)", "-42.7"),
        ("(4.0)", "-4"),
        ("19.0%", "19"),
        ("−7", "-7"),
        ("320人", "320"),
    ],
)
def test_a_cell_with_one_number_is_a_number(cell: str, number: str) -> None:
    assert number_of(cell) == Fraction(number)


@pytest.mark.parametrize("cell", ["", "—", "2 of 7", "12.17 (89)", "w 28 - 7", "Oslo", "12 March"])
def test_a_cell_with_more_is_not(cell: str) -> None:
    assert number_of(cell) is None


def test_rows_and_columns_of_a_table_inside_a_text() -> None:
    table = tables(f"Some words before.\n\n{SALES}\n\nSome words behind.")[0]
    assert table.columns == ("Region", "City", "2022", "2023")
    assert table.rows[1] == ("South", "Graz", "800", "600")
    assert table.names == 0
    assert table.numeric == (2, 3)


def test_headers_over_headers_are_joined() -> None:
    heads = " | Years ended June 30 | Years ended June 30\n($ in millions) | 2019 | 2018"
    text = f"{heads}\nFees | 71.2 | 83.3\nRent | 4 | 5"
    assert tables(text)[0].columns == (
        "($ in millions)",
        "Years ended June 30 2019",
        "Years ended June 30 2018",
    )


def test_a_markdown_rule_is_no_row() -> None:
    assert tables("| a | b |\n|---|---|\n| x | 1 |\n| y | 2 |")[0].rows == (("x", "1"), ("y", "2"))


@pytest.mark.parametrize("text", ["", "one line", "a | b", "no | table\nbut one row | only", "|||\n||"])
def test_what_is_no_table(text: str) -> None:
    assert tables(text) == ()


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        (
            "Revenue of the North rose by 25 % from 2022 to 2023.",
            "North 2022 → 2023: difference 300, change 25 %",
        ),
        ("In 2023 the North had the highest revenue.", "highest 2023: 1,500 (North), then 1,000 (West)"),
        ("The total for 2022 was 3,000.", "sum 2022: 3,000"),
        ("The average for 2023 was 1,033.33.", "average 2023: 1,033.33"),
        ("Two regions are run from Oslo.", "City oslo: 2 rows (North, West)"),
        ("In 2022 North sold 200 more than West.", "difference 200"),
        ("Two regions sold more than 900 in 2023.", "2023 above 900: 2 rows (North, West)"),
    ],
)
def test_what_a_claim_asks_for_is_reckoned(claim: str, line: str) -> None:
    assert line in reckoned(claim, None, [SALES])


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("人数最多的是滨江厂区。", "最高 人数: 320 (滨江厂区), 其次 110 (临港仓库)"),
        ("三个厂区的人数合计475人。", "合计 人数: 475"),
        ("在营的共有2个。", "状态 在营: 2 行数 (滨江厂区, 临港仓库)"),
        ("滨江厂区的人数比临港仓库多210人。", "相差 210"),
    ],
)
def test_chinese_claims_on_a_chinese_table(claim: str, line: str) -> None:
    assert line in reckoned(claim, None, [STAFF])


def test_the_figures_of_a_claim_do_not_choose_what_is_reckoned() -> None:
    right = reckoned("Revenue of the North rose by 25 % from 2022 to 2023.", None, [SALES])
    wrong = reckoned("Revenue of the North rose by 31 % from 2022 to 2023.", None, [SALES])
    assert right == wrong != ""


def test_the_question_names_what_a_bare_answer_is_about() -> None:
    asked = reckoned("25 %", "What was the percentage change of North from 2022 to 2023?", [SALES])
    assert "change 25 %" in asked


def test_parts_of_a_table_are_never_counted_over() -> None:
    line = reckoned(
        "Two regions sold more than 900 in 2023; the total was 3,100.", None, [SALES], whole=False
    )
    assert "rows" not in line
    assert "sum 2023" not in line


def test_nothing_is_reckoned_where_nothing_is_asked_or_no_table_stands() -> None:
    assert reckoned("The office is in Oslo.", None, ["Plain words."]) == ""
    assert reckoned("Revenue fell by 3 %.", None, ["Revenue fell by 3 %."]) == ""


@given(
    st.text(alphabet="ab1 2|,.\n-%()", max_size=200), st.text(alphabet="ab 12%most than total", max_size=40)
)
def test_any_text_is_read_without_error(text: str, claim: str) -> None:
    assert reckoned(claim, None, [text]) == reckoned(claim, None, [text])


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_a_number_reads_back_as_written(number: object) -> None:
    amount = Fraction(str(number))
    assert number_of(written(amount)) == amount


def test_amounts_in_different_units_are_not_compared() -> None:
    table = "公司 | 营业收入\n甲 | 5000万\n乙 | 1.2亿\n丙 | 300万"
    assert tables(table)[0].numeric == ()
    assert "5000万" not in reckoned("营业收入最高的是甲公司。", None, [table])
    same = table.replace("1.2亿", "12000万")
    assert "最高 营业收入: 12000万 (乙)" in reckoned("营业收入最高的是甲公司。", None, [same])


@pytest.mark.parametrize("cell", ["9" * 400, "9" * 5000, "1" + ",000" * 2000, "(" + " " * 5000 + "x"])
def test_no_cell_stops_the_reckoning(cell: str) -> None:
    table = f"name | total\na | {cell}\nb | 2\nc | 3"
    assert "sum total: 5" in reckoned(
        "The total of c is the largest, more than 9" + "9" * 5000, None, [table]
    )


def test_totals_are_no_rows_of_their_own() -> None:
    line = reckoned(
        "In 2023 the total was the highest of all.", None, [f"{SALES}\nTotal | all | 3,000 | 3,100"]
    )
    assert "highest 2023: 1,500 (North)" in line
    assert "rows: 3" in line
    assert "sum 2023" not in line


@pytest.mark.parametrize(
    "more", ["East | Bonn | 700", "\n".join(f"R{at} | Oslo | 1 | 2" for at in range(1200))]
)
def test_nothing_is_counted_over_a_table_of_which_rows_are_left_out(more: str) -> None:
    line = reckoned("In 2023 the North had the highest of all.", None, [f"{SALES}\n{more}"])
    assert "highest" not in line
    assert "rows" not in line
