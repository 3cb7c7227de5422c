from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.numerals import han_number, number_terms, plain_number

_DIGITS = "零一二三四五六七八九"


def _spelled(number: int) -> str:
    """A number below 10,000 as it is read aloud, without the zero in the middle."""
    spelled = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        spelled += _DIGITS[digit] + name if digit else ""
    return spelled


@given(st.integers(1, 9999))
def test_spelled_numbers_have_their_value(number: int) -> None:
    assert han_number(_spelled(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("一百零五", 105),
        ("两千", 2000),
        ("一万二千", 12_000),
        ("三亿五千万", 350_000_000),
        ("一万亿", 10**12),
        ("二〇二三", 2023),
        ("叁拾贰", 32),
        ("万", None),
        ("百", None),
        ("零", 0),
    ],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert han_number(text) == value


@given(st.text(alphabet="零〇一二三四五六七八九两十百千万亿", min_size=1, max_size=40))
def test_no_chain_of_numerals_is_an_error(text: str) -> None:
    value = han_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1,234.50", "1234.5"),
        ("1,234,567", "1234567"),
        ("10.0", "10"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("1,23", None),
        ("v2", None),
        ("1.2.3", None),
        ("1" * 30, None),
    ],
)
def test_numbers_in_digits_have_one_spelling(text: str, plain: str | None) -> None:
    assert plain_number(text) == plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第一百零五条", {"105", "第105条"}),
        ("articles 7 and section 12", {"第7条", "第12节"}),
        ("百分之零点五", {"0.5%"}),
        ("百分之百", set()),
        ("sept 3, 2023", set()),
        ("0.5%", {"0.5%"}),
        ("2.55 billion", {"2550000000"}),
        ("1.23456万", {"12345.6"}),
        ("2023-13-45", set()),
        ("2023年5月", {"2023-05"}),
        ("may 5th, 2023", {"2023-05", "2023-05-05"}),
        ("一", set()),
        ("一天", {"1"}),
        ("maybe 2023", set()),
    ],
)
def test_number_terms(text: str, wanted: set[str]) -> None:
    assert set(number_terms(text)) == wanted
