"""Values in every notation: equal ones never clash, different ones always do."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.verify.rules.number_words import chinese_value, english_value
from core.verify.rules.values import Bound, Kind, values


def one(text: str) -> object:
    found = values(text)
    assert len(found) == 1, found
    return found[0]


SMALL = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"


def in_chinese(number: int, digits: str = SMALL, scales: tuple[str, str, str] = ("十", "百", "千")) -> str:
    """A number below 10^8 in Chinese, as it is written."""
    if number >= 10000:
        high, low = divmod(number, 10000)
        gap = "零" if 0 < low < 1000 else ""
        return (
            in_chinese(high, digits, scales) + "万" + (gap + in_chinese(low, digits, scales) if low else "")
        )
    text, zero = "", False
    for power, scale in ((1000, scales[2]), (100, scales[1]), (10, scales[0]), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + scale
            zero = False
        else:
            zero = bool(text)
    return text or digits[0]


ENGLISH_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number: int) -> str:
    if number < 20:
        return ENGLISH_SMALL[number]
    if number < 100:
        return ENGLISH_TENS[number // 10] + (f"-{ENGLISH_SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{ENGLISH_SMALL[number // 100]} hundred" + (
            f" and {in_english(number % 100)}" if number % 100 else ""
        )
    if number < 10**6:
        return f"{in_english(number // 1000)} thousand" + (
            f" {in_english(number % 1000)}" if number % 1000 else ""
        )
    return f"{in_english(number // 10**6)} million" + (
        f" {in_english(number % 10**6)}" if number % 10**6 else ""
    )


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def money_notations(number: int) -> list[str]:
    notations = [
        f"{number}元", f"{number:,}元", full_width(f"{number}") + "元", in_chinese(number) + "元",
        in_chinese(number, FORMAL, ("拾", "佰", "仟")) + "元", f"{number} yuan", f"RMB {number:,}", f"RMB{number:,}", f"¥{number:,.2f}",
        f"{in_english(number)} yuan", f"{number:,}¥", f"{number} ¥",
    ]  # fmt: skip
    if number % 100 == 0:
        notations += (
            [f"{Fraction(number, 10000).limit_denominator(100)}".replace("/", "/") + "万元"]
            if number % 10000 == 0
            else []
        )
        notations += [f"{number / 10000:g}万元"] if number < 10**8 and number % 1000 == 0 else []
    return notations


@pytest.mark.parametrize("text", ["€150", "150 €", "150€", "150 EUR", "EUR 150", "150.00 €"])
def test_the_sign_of_a_currency_may_stand_on_either_side(text: str) -> None:
    assert one(text).group == "money:eur"


def test_a_sign_belongs_to_the_number_that_follows_it_at_once() -> None:
    assert [(value.group, value.text) for value in values("5 $10")] == [("", "5"), ("money:usd", "$10")]


amounts = st.integers(min_value=2, max_value=9_999_999)


@settings(deadline=None)
@given(amounts, st.data())
def test_the_same_amount_agrees_in_any_two_notations(number: int, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(money_notations(number)))
    second = data.draw(st.sampled_from(money_notations(number)))
    assert one(f"共{first}。").agrees(one(f"共{second}。")), (first, second)


@settings(deadline=None)
@given(amounts, amounts, st.data())
def test_different_amounts_clash_in_any_two_notations(number: int, other: int, data: st.DataObject) -> None:
    first = data.draw(st.sampled_from(money_notations(number)))
    second = data.draw(st.sampled_from(money_notations(other)))
    mine, theirs = one(f"共{first}。"), one(f"共{second}。")
    assert mine.comparable(theirs)
    assert mine.agrees(theirs) is (number == other), (first, second)


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_chinese_numbers_read_back(number: int) -> None:
    assert chinese_value(in_chinese(number)) == number
    assert chinese_value(in_chinese(number, FORMAL, ("拾", "佰", "仟"))) == number


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_english_numbers_read_back(number: int) -> None:
    assert english_value(in_english(number)) == number


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date_notations(year: int, month: int, day: int) -> list[str]:
    digits = "".join("〇一二三四五六七八九"[int(char)] for char in str(year))
    return [
        f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}", f"{year}.{month}.{day}", f"{day} {MONTHS[month - 1]} {year}",
        f"{MONTHS[month - 1]} {day}, {year}", f"{day} {MONTHS[month - 1][:3]} {year}", f"{year}年{month}月{day}日",
        f"{digits}年{in_chinese(month).removeprefix('一') if month >= 10 else in_chinese(month)}月"
        f"{in_chinese(day).removeprefix('一') if 10 <= day < 20 else in_chinese(day)}日",
    ]  # fmt: skip


days = st.tuples(st.integers(1901, 2099), st.integers(1, 12), st.integers(1, 28))


@settings(deadline=None)
@given(days, days, st.data())
def test_dates_agree_exactly_when_they_are_the_same_day(
    day: tuple[int, int, int], other: tuple[int, int, int], data: st.DataObject
) -> None:
    first = one(data.draw(st.sampled_from(date_notations(*day))))
    assert first.agrees(one(data.draw(st.sampled_from(date_notations(*day)))))
    second = one(data.draw(st.sampled_from(date_notations(*other))))
    assert first.comparable(second)
    assert first.agrees(second) is (day == other)


SAME = [
    ("30 days", "thirty days"), ("30天", "三十日"), ("十年", "10 years"), ("one year", "12 months"), ("14 days", "two weeks"),
    ("48 hours", "两天"), ("半年", "six months"), ("50%", "百分之五十"), ("half of it", "50 percent"), ("30%", "三成"),
    ("5‰", "千分之五"), ("0.5%", "千分之五"), ("1,234.5 kg", "1.234,5 kg"), ("3.5 million dollars", "$3,500,000"),
    ("350万元", "3,500,000元"), ("1.2亿元", "120 million yuan"), ("2 km", "2000 metres"), ("一百二十三个", "123个"),
    ("9:30 a.m.", "上午9时30分"), ("14:00", "2 p.m."), ("Q3 2024", "2024年第三季度"), ("第十条", "第10条"),
    ("a dozen people", "12 people"), ("10 working days", "十个工作日"), ("２０％", "20%"), ("18周岁", "18 years old"),
    ("两个半月", "2.5 months"), ("一年半", "18 months"), ("三分之二", "2/3"), ("1 kg", "两斤"), ("$5k", "5,000 dollars"),
    ("第 12 条", "第十二条"), ("twenty-five percent", "25 %"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME)
def test_same_value_other_notation(first: str, second: str) -> None:
    assert one(first).agrees(one(second))


OTHER = [
    ("30 days", "45 days"), ("10 working days", "10 days"), ("5 years", "5 months"), ("3 weeks", "3 days"), ("5%", "5‰"),
    ("350万元", "350元"), ("100 dollars", "100 euros"), ("第十条", "第十一条"), ("SEV-1", "SEV-2"), ("v2.3.1", "v2.3.2"),
    ("9 a.m.", "9 p.m."), ("2024年2月20日", "2024年2月21日"), ("March 2023", "March 2024"), ("三倍", "两倍"),
    ("hr@acme.com", "it@acme.com"), ("Q1 2024", "Q2 2024"), ("5 km", "5 miles"), ("10 kg", "10 lbs"), ("2年", "2个月"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_other_value(first: str, second: str) -> None:
    assert not one(first).agrees(one(second))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("March 2024", "20 March 2024"),
        ("2024", "March 2024"),
        ("3月20日", "2024年3月20日"),
        ("Q1 2024", "2024年2月"),
    ],
)
def test_a_date_agrees_with_what_it_leaves_open(less: str, more: str) -> None:
    assert one(less).agrees(one(more))


def test_thirty_days_may_be_a_month_and_forty_may_not() -> None:
    assert one("30 days").agrees(one("one month"))
    assert one("365 days").agrees(one("one year"))
    assert not one("40 days").agrees(one("one month"))
    assert one("40 days").comparable(one("one month"))


def test_a_date_that_reads_two_ways_agrees_with_either() -> None:
    assert one("02/03/2024").agrees(one("2 March 2024"))
    assert one("02/03/2024").agrees(one("February 3, 2024"))
    assert not one("02/03/2024").agrees(one("April 2, 2024"))
    assert one("25/03/2024").agrees(one("25 March 2024"))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 5 days", Bound.AT_LEAST), ("不超过30天", Bound.AT_MOST), ("10万元以上", Bound.AT_LEAST),
        ("no more than $500", Bound.AT_MOST), ("more than 20 people", Bound.MORE), ("不满三年", Bound.LESS),
        ("within 5 days", Bound.AT_MOST), ("至少3个", Bound.AT_LEAST), ("30 days", None),
    ],
)  # fmt: skip
def test_bounds(text: str, bound: Bound | None) -> None:
    assert one(text).bound is bound


@pytest.mark.parametrize(
    "text",
    [
        "一般规定由统一管理部门制定",
        "万一发生同一情况，应一并处理",
        "one of the rules",
        "no one knows",
        "第一是唯一的",
        "一旦一定",
    ],
)
def test_words_that_only_look_like_numbers(text: str) -> None:
    assert not [value for value in values(text) if value.kind is not Kind.CODE]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("10-14 days", "10 days"),
        ("between ten and fourteen weeks", "10 weeks"),
        ("5至8万元", "5元"),
        ("20%-30%", "20%"),
    ],
)
def test_both_ends_of_a_range_have_its_unit(text: str, first: str) -> None:
    low, high = values(text)
    assert low.group == high.group
    assert low.agrees(one(first))


def test_offsets_count_in_the_text_as_written() -> None:
    text = "罚款１，０００元，自２０２４年起。"
    for value in values(text):
        assert text[value.start : value.end] == value.text
    assert [value.text for value in values(text)] == ["１，０００元", "２０２４年"]


@pytest.mark.parametrize("text", ["KP-200", "KP-200H", "KP-200-F", "KP-200-Ex", "KG-10C", "SC-2025-041"])
def test_a_code_is_read_with_its_suffix(text: str) -> None:
    (code,) = values(f"Order {text} today")
    assert (code.kind, code.text) == (Kind.CODE, text)
    assert not code.agrees(one("KP-201"))


@pytest.mark.parametrize("text", ["in the mid-1990s", "the F-16s flew", "a 20-30 day limit"])
def test_a_plural_or_a_range_is_no_code(text: str) -> None:
    assert all(value.kind is not Kind.CODE for value in values(text))
