"""Numbers in any notation as exact fractions: digits with separators, English and Chinese words, scales."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from core.verify.rules.number_words import (
    DECADES_EN,
    SCALES_EN,
    UNITS_EN,
    ZH_NUMERAL,
    chinese_value,
    english_value,
)

_PARTS_EN = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "third": Fraction(1, 3), "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4), "quarters": Fraction(1, 4), "fourth": Fraction(1, 4), "fourths": Fraction(1, 4),
    "fifth": Fraction(1, 5), "fifths": Fraction(1, 5), "tenth": Fraction(1, 10), "tenths": Fraction(1, 10),
}  # fmt: skip
_ABBREVIATED_SCALES = {
    "k": 10**3, "thousand": 10**3, "million": 10**6, "mn": 10**6, "mio": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "hundred": 100, "dozen": 12,
    "万": 10**4, "千": 10**3, "百": 100, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7, "十万": 10**5,
    "百亿": 10**10, "千亿": 10**11, "十亿": 10**9,
}  # fmt: skip

_DIGITS = r"(?:\d+,\d{1,2}(?=\s?(?:%|‰|€|eur\b|kg\b|km\b|cm\b|mio\b|mrd\b))|\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[\u00a0\u202f' ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:\.\d+)?)"
_HEAD = re.compile(rf"\d+,\d{{1,2}}(?!\d)|{_DIGITS}")  # of a number that was found
_SCALE = (
    r"(?:\s?(?:thousand|million|billion|trillion|hundred|mio|mln|mn|bn|tn|dozen)\b|(?:[kmb](?![a-z0-9]))|"
    r"\s?(?:万亿|百万|千万|十万|百亿|千亿|十亿|万|亿|千(?!克|米|瓦|字节|卡|里|兆|帕)|百(?!分)))"
)
_DIGIT_NUMBER = re.compile(
    rf"(?:(?<![\d.a-z])|(?<=rmb|usd|eur|gbp|cny|jpy|chf|hkd)){_DIGITS}(?:\s?/\s?\d+(?![\d/]))?{_SCALE}?"
)
_MONEY_BEFORE = re.compile(r"(?a)(?:[$€£¥]|usd|eur|gbp|cny|rmb)\s?$")
_EN_WORD = "|".join((*UNITS_EN, *DECADES_EN, *SCALES_EN))
_EN_NUMBER = re.compile(
    rf"(?a)\b(?:(?:an?\s)(?=hundred|thousand|million|billion|trillion|dozen))?"
    rf"(?:(?:{_EN_WORD})(?:(?:[\s-]|\sand\s)(?:{_EN_WORD}))*|(?<=an\s)(?:{_EN_WORD})|(?<=a\s)(?:hundred|thousand|million|billion|dozen)|dozen)\b(?:\sdozen\b)?"
)
_ZH_DECIMAL = rf"[{ZH_NUMERAL}]+(?:点[零〇一二三四五六七八九]+[百千万亿]*)?"
_ZH_NUMBER = re.compile(_ZH_DECIMAL)
_ZH_FRACTION = re.compile(rf"([{ZH_NUMERAL}]+|\d+)分之({_ZH_DECIMAL}|\d+(?:\.\d+)?)")
# 1亿2000万, 3万5千, 3万零500
_SCALED_PARTS = re.compile(
    r"(?a)(?<![\d.])(?:\d+(?:\.\d+)?(?:千万|百万|万亿|亿|万|千)零?){2,}(?:\d{3,4}(?!\d))?|(?<![\d.])\d+万零?\d{3,4}(?![\d万千])"
)
_PART = re.compile(r"(\d+(?:\.\d+)?)(千万|百万|万亿|亿|万|千)?")
_SIGN_FRACTIONS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
_MIXED = re.compile(r"(?a)(?<![\d.,/])(?:(\d+)\s([1-9])/([2-9]|10)(?![\d/])|(\d*)\s?([½¼¾⅓⅔]))")
_BARE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6}
_EXACT_FROM = 100
_AND_A_HALF = re.compile(r"\sand\sa\shalf\b")
_HALF_A_SCALE = re.compile(r"\bhalf\san?\s(hundred|thousand|million|billion|trillion|dozen)\b")
_EN_FRACTION = re.compile(
    r"(?a)\b(?:(an?|one|two|three|four|five|seven|nine)[\s-])?(half|halves|thirds?|quarters?|fifths?|tenths?)\b"
    r"(?!\s(?:party|parties|of\s(?:the\s)?year\b|quarter))"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its exact value, where it stands, and whether it was written in digits."""

    value: Fraction
    start: int
    end: int
    digits: bool
    step: Fraction = Fraction(0)  # the unit of the last written digit: 48.9 million is exact to 0.1 million


def numerals(folded: str) -> Iterator[Numeral]:
    """Every number of a folded text, in no particular order, overlapping notations resolved to the longest."""
    found = [
        *_fractions(folded),
        *_digit_numbers(folded),
        *_english(folded),
        *_chinese(folded),
        *_mixed(folded),
    ]
    found = [_halved(folded, numeral) for numeral in found]
    found.sort(key=lambda numeral: (numeral.start - numeral.end, numeral.start))
    taken: list[Numeral] = []
    for numeral in found:
        if not any(numeral.start < other.end and other.start < numeral.end for other in taken):
            taken.append(numeral)
    yield from sorted(taken, key=lambda numeral: numeral.start)


def _halved(folded: str, numeral: Numeral) -> Numeral:
    """Two and a half."""
    half = _AND_A_HALF.match(folded, numeral.end) if numeral.value.denominator == 1 else None
    return replace(numeral, value=numeral.value + Fraction(1, 2), end=half.end()) if half else numeral


def _mixed(folded: str) -> Iterator[Numeral]:
    """Numbers of several parts: 1亿2000万, 3 1/2, 1½, half a million."""
    for found in _SCALED_PARTS.finditer(folded):
        parts = [
            (Fraction(part), _ABBREVIATED_SCALES.get(scale, 1))
            for part, scale in _PART.findall(found.group())
        ]
        if all(one[1] > other[1] for one, other in pairwise(parts)):
            value = sum((part * scale for part, scale in parts), Fraction(0))
            yield Numeral(value, found.start(), found.end(), digits=True, step=Fraction(parts[-1][1]))
    for found in _MIXED.finditer(folded):
        whole, above, below, before, sign = found.groups()
        part = _SIGN_FRACTIONS[sign] if sign else Fraction(int(above), int(below))
        yield Numeral(int(whole or before or 0) + part, found.start(), found.end(), digits=True, step=part)
    for found in _HALF_A_SCALE.finditer(folded):
        value = Fraction(_ABBREVIATED_SCALES[found.group(1)], 2)
        yield Numeral(value, found.start(), found.end(), digits=False)


def _digit_numbers(folded: str) -> Iterator[Numeral]:
    for found in _DIGIT_NUMBER.finditer(folded):
        token = found.group()
        if token[-1] in "mb" and not _MONEY_BEFORE.search(folded, 0, found.start()):
            token = token[:-1]  # 5m is five metres unless money stands before it
        value = _parse_digits(token)
        if value is not None:
            yield Numeral(value, found.start(), found.start() + len(token), digits=True, step=_step(token))


def _parse_digits(token: str) -> Fraction | None:
    number = _HEAD.match(token)
    assert number is not None
    value = Fraction(_plain(number.group()))
    rest = token[number.end() :]
    over = re.match(r"\s?/\s?(\d+)", rest)
    if over:
        if int(over.group(1)) == 0:
            return None
        value /= int(over.group(1))
        rest = rest[over.end() :]
    return value * _ABBREVIATED_SCALES.get(rest.strip(), 1)


def _step(token: str) -> Fraction:
    """The unit of the last written digit of a number in digits."""
    number = _HEAD.match(token)
    assert number is not None
    _, point, decimals = _plain(number.group()).partition(".")
    scale = _ABBREVIATED_SCALES.get(token[number.end() :].strip(), 1)
    return Fraction(scale, 10 ** len(decimals) if point else 1)


def _plain(digits: str) -> str:
    """1,234.5 and 1.234,5 and 1'234 as 1234.5; one point before three digits is a decimal point."""
    digits = digits.replace("，", ",")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    return re.sub(r"[\u00a0\u202f' ]", "", digits).replace(",", ".")


def _english(folded: str) -> Iterator[Numeral]:
    for found in _EN_NUMBER.finditer(folded):
        yield from _english_words(found.group(), found.start())


def _english_words(words: str, start: int) -> Iterator[Numeral]:
    """One number, or where the words make none ("ten and fourteen") each of its parts."""
    value = english_value(words)
    if value is not None:
        if words not in SCALES_EN:
            yield Numeral(Fraction(value), start, start + len(words), digits=False)
        return
    for joint in (r"\sand\s", r"[\s-]"):
        parts = re.split(rf"({joint})", words)
        if len(parts) > 1:
            for part in parts:
                if part.strip(" -") not in ("", "and"):
                    yield from _english_words(part, start)
                start += len(part)
            return


def _chinese(folded: str) -> Iterator[Numeral]:
    for found in _ZH_NUMBER.finditer(folded):
        value = chinese_value(found.group())
        bare_scale = all(char in "百千万亿" for char in found.group())
        if value is not None and not bare_scale and not _after_digit(folded, found.start()):
            yield Numeral(value, found.start(), found.end(), digits=False)


def _after_digit(folded: str, at: int) -> bool:
    return at > 0 and folded[at - 1].isdigit() and folded[at - 1].isascii()


def _fractions(folded: str) -> Iterator[Numeral]:
    for found in _ZH_FRACTION.finditer(folded):
        below, above = (_either(part) for part in found.groups())
        if below and above is not None:
            exact = 1 / below if below >= _EXACT_FROM else Fraction(0)  # 三分之一 is a round figure
            yield Numeral(above / below, found.start(), found.end(), digits=False, step=exact)
    for found in _EN_FRACTION.finditer(folded):
        count = found.group(1)
        if count is None and found.group(2) != "half":
            continue
        times = UNITS_EN.get(count or "one", 1)
        yield Numeral(times * _PARTS_EN[found.group(2)], found.start(), found.end(), digits=False)


def _either(token: str) -> Fraction | None:
    if token in _BARE_SCALES:  # 万分之五
        return Fraction(_BARE_SCALES[token])
    return Fraction(token) if re.fullmatch(r"\d+(?:\.\d+)?", token) else chinese_value(token)
