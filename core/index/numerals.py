"""Numbers, dates and clause numbers as search terms: one spelling for what English and Chinese write in many.

``1,234.50`` and ``1234.5``, ``第三十二条`` and ``第32条`` and ``Article 32``, ``百分之十五`` and ``15%``,
``2023年12月29日`` and ``December 29, 2023``, ``1.2万`` and ``12,000`` find each other. These terms come in
addition to the ordinary ones, and only help to find: what a number means is for the checker to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
    )
    for char in chars
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MAGNITUDES = {
    "万": 4, "亿": 8, "万亿": 12, "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9,
    "trillion": 12,
}  # fmt: skip
_MONTH_LIST = "january february march april may june july august september october november december"
_MONTH_NAMES = _MONTH_LIST.split()
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_PARTS = {"article": "条", "clause": "条", "section": "节", "chapter": "章", "paragraph": "款", "item": "项"}

_HAN_NUMBER = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖十百千拾佰仟万亿"
_MONTH = "(" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTH_NAMES) + r")\b\.?"
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?<!\d)(?<!\d,)({_PLAIN})"  # tried once a run of digits, however long that is
_HAN = re.compile(rf"(第?)([{_HAN_NUMBER}]+)(?=(.?))")
_UNITS = frozenset("年月日天个条款章节项编元倍周岁时小分秒人次名份家件台套页期季届米吨")
_CLAUSE = re.compile(rf"第\s*(\d+|[{_HAN_NUMBER}]+)\s*([条款章节项编页期届次])")
_NAMED_CLAUSE = re.compile(rf"\b({'|'.join(_PARTS)})s?\s+(\d{{1,6}})\b")
_PERCENT = re.compile(
    rf"{_NUMBER}\s*(?:%|percent\b|per cent\b)|百分之([{_HAN_NUMBER}]+(?:点[{_HAN_NUMBER}]+)?|\d+(?:\.\d+)?)"
)
_MAGNITUDE = re.compile(rf"{_NUMBER}\s*(万亿|万|亿|(?:thousand|million|billion|trillion|bn|mn|k|m)\b)")
_DATE = re.compile(r"(\d{4})\s*(?:年\s*|[-/.])(\d{1,2})(?:\s*月\s*|[-/.])(?:(\d{1,2})(?!\d))?")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}})\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b")
_MOST_DIGITS = 24  # a longer run of digits is a code


def plain_number(text: str) -> str | None:
    """One spelling for a number in digits: no group commas, no trailing zeros; None for anything else."""
    if not re.fullmatch(_PLAIN, text) or len(text) > _MOST_DIGITS:
        return None
    whole, _, decimals = text.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral (``三十二``, ``二〇二三``, ``一万二千``); None where it has none."""
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) <= _MOST_DIGITS else None
    if text[0] not in _DIGITS and text[0] not in "十拾":
        return None  # a unit without a count, as in 百分
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        if char in _TENS:
            section += (digit or 1) * _TENS[char]
        elif char == "万":
            total += (section + digit) * 10**4
            section = 0
        else:
            total = (total + section + digit) * 10**8
            section = 0
        digit = 0
    return total + section + digit


def number_terms(folded: str) -> Iterator[str]:
    """The additional terms of a folded text: Chinese numerals, clauses, shares, magnitudes and dates."""
    yield from _han_terms(folded)
    for match in _CLAUSE.finditer(folded):
        value = _value(match[1])
        if value is not None:
            yield f"第{value}{match[2]}"
    for match in _NAMED_CLAUSE.finditer(folded):
        yield f"第{int(match[2])}{_PARTS[match[1]]}"
    for match in _PERCENT.finditer(folded):
        value = _value(match[1] or match[2])
        if value is not None:
            yield f"{value}%"
    for match in _MAGNITUDE.finditer(folded):
        if len(match[1]) <= _MOST_DIGITS:
            yield _scaled(match[1], _MAGNITUDES[match[2]])
    yield from _date_terms(folded)


def _han_terms(folded: str) -> Iterator[str]:
    for match in _HAN.finditer(folded):
        value = han_number(match[2])
        if value is not None and (match[1] or len(match[2]) > 1 or match[3] in _UNITS):
            yield str(value)


def _date_terms(folded: str) -> Iterator[str]:
    for match in _DATE.finditer(folded):
        yield from _date(match[1], int(match[2]), match[3])
    for match in _MONTH_FIRST.finditer(folded):
        yield from _date(match[3], _MONTHS[match[1][:3]], match[2])
    for match in _DAY_FIRST.finditer(folded):
        yield from _date(match[3], _MONTHS[match[2][:3]], match[1])


def _date(year: str, month: int, day: str | None) -> Iterator[str]:
    if not 1 <= month <= 12:
        return
    yield f"{year}-{month:02d}"
    if day is not None and 1 <= int(day) <= 31:
        yield f"{year}-{month:02d}-{int(day):02d}"


def _value(text: str) -> str | None:
    if text[0] in _HAN_NUMBER:
        return _han_text(text)
    number = plain_number(text)
    return number.lstrip("0") or "0" if number is not None and "." not in number else number


def _han_text(text: str) -> str | None:
    whole, _, decimals = text.partition("点")
    value = han_number(whole)
    if value is None or not decimals:
        return None if value is None else str(value)
    return plain_number(f"{value}." + "".join(str(_DIGITS.get(char, "")) for char in decimals))


def _scaled(number: str, zeros: int) -> str:
    whole, _, decimals = number.replace(",", "").partition(".")
    shifted = whole + decimals[:zeros].ljust(zeros, "0")
    rest = decimals[zeros:].rstrip("0")
    return (shifted.lstrip("0") or "0") + (f".{rest}" if rest else "")
