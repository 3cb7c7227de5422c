"""Numbers in any notation as exact fractions: digits with separators, English and Chinese words, scales."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_SMALL_ZH = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("两壹贰叁肆伍陆柒捌玖", (2, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
}
_TENS_ZH = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS_ZH = {"万": 10**4, "亿": 10**8}
_SHORT_TENS = {"廿": 20, "卅": 30}
ZH_NUMERAL = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿廿卅"

_UNITS_EN = {
    word: value
    for value, word in enumerate(
        [
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
    )
}
_DECADES_EN = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES_EN = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
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

_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[\u00a0\u202f' ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:\.\d+)?)"
_SCALE = (
    r"(?:\s?(?:thousand|million|billion|trillion|hundred|mio|mln|mn|bn|tn|dozen)\b|(?:[kmb](?![a-z0-9]))|"
    r"\s?(?:万亿|百万|千万|十万|百亿|千亿|十亿|万|亿|千(?!克|米|瓦|字节|卡|里|兆|帕)|百(?!分)))"
)
_DIGIT_NUMBER = re.compile(
    rf"(?:(?<![\d.a-z])|(?<=rmb|usd|eur|gbp|cny)){_DIGITS}(?:\s?/\s?\d+(?![\d/]))?{_SCALE}?"
)
_MONEY_BEFORE = re.compile(r"(?a)(?:[$€£¥]|usd|eur|gbp|cny|rmb)\s?$")
_EN_WORD = "|".join((*_UNITS_EN, *_DECADES_EN, *_SCALES_EN))
_EN_NUMBER = re.compile(
    rf"(?a)\b(?:(?:an?\s)(?=hundred|thousand|million|billion|trillion|dozen))?"
    rf"(?:(?:{_EN_WORD})(?:(?:[\s-]|\sand\s)(?:{_EN_WORD}))*|(?<=an\s)(?:{_EN_WORD})|(?<=a\s)(?:hundred|thousand|million|billion|dozen)|dozen)\b(?:\sdozen\b)?"
)
_ZH_NUMBER = re.compile(rf"(?:[{ZH_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?)")
_ZH_FRACTION = re.compile(rf"([{ZH_NUMERAL}\d]+)分之([{ZH_NUMERAL}\d.]+)")
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
    found = [*_fractions(folded), *_digit_numbers(folded), *_english(folded), *_chinese(folded)]
    found.sort(key=lambda numeral: (numeral.start - numeral.end, numeral.start))
    taken: list[Numeral] = []
    for numeral in found:
        if not any(numeral.start < other.end and other.start < numeral.end for other in taken):
            taken.append(numeral)
    yield from sorted(taken, key=lambda numeral: numeral.start)


def _digit_numbers(folded: str) -> Iterator[Numeral]:
    for found in _DIGIT_NUMBER.finditer(folded):
        token = found.group()
        if token[-1] in "mb" and not _MONEY_BEFORE.search(folded, 0, found.start()):
            token = token[:-1]  # 5m is five metres unless money stands before it
        value = _parse_digits(token)
        if value is not None:
            yield Numeral(value, found.start(), found.start() + len(token), digits=True, step=_step(token))


def _parse_digits(token: str) -> Fraction | None:
    number = re.match(_DIGITS, token)
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
    number = re.match(_DIGITS, token)
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
        if words not in _SCALES_EN:
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


def english_value(text: str) -> int | None:
    """``two hundred and fifty`` as 250; None where the words make no number ("one two")."""
    total, group = 0, 0
    last_small = 10**18
    seen = False
    for word in re.split(r"[\s-]+", text.strip()):
        if word in ("and", "a", "an"):
            continue
        if word == "dozen":
            return (total + group or 1) * 12
        if word in _SCALES_EN:
            scale = _SCALES_EN[word]
            group = (group or 1) * scale
            if scale >= 1000:
                total, group = total + group, 0
            last_small = 10**18
        else:
            small = _UNITS_EN.get(word, _DECADES_EN.get(word))
            if small is None or (last_small < 20) or (last_small < 100 and small >= 10):
                return None
            group, last_small = group + small, small
        seen = True
    return total + group if seen else None


def _chinese(folded: str) -> Iterator[Numeral]:
    for found in _ZH_NUMBER.finditer(folded):
        value = chinese_value(found.group())
        bare_scale = all(char in "百千万亿" for char in found.group())
        if value is not None and not bare_scale and not _after_digit(folded, found.start()):
            yield Numeral(value, found.start(), found.end(), digits=False)


def _after_digit(folded: str, at: int) -> bool:
    return at > 0 and folded[at - 1].isdigit() and folded[at - 1].isascii()


def chinese_value(text: str) -> Fraction | None:
    """一百二十三, 壹佰, 二〇二四 and 三点五 as numbers; None where the characters make no number."""
    whole, _, decimals = text.partition("点")
    value = _chinese_integer(whole)
    if value is None:
        return None
    if not decimals:
        return Fraction(value)
    return value + Fraction(int("".join(str(_SMALL_ZH[char]) for char in decimals)), 10 ** len(decimals))


def _chinese_integer(text: str) -> int | None:
    if all(char in _SMALL_ZH for char in text):
        return int("".join(str(_SMALL_ZH[char]) for char in text)) if text else None
    total, section, digit, last_scale = 0, 0, 0, 1
    fresh = False
    for char in text:
        if char in _SMALL_ZH:
            if fresh and digit:
                return None
            digit, fresh = _SMALL_ZH[char], True
            last_scale = 1 if _SMALL_ZH[char] == 0 else last_scale
        elif char in _SHORT_TENS:
            section, fresh = section + _SHORT_TENS[char], False
        elif char in _TENS_ZH:
            section += (digit if fresh else 1) * _TENS_ZH[char]
            digit, fresh, last_scale = 0, False, _TENS_ZH[char]
        else:
            group = _GROUPS_ZH[char]
            section += digit
            if total + section == 0:
                return None
            total = (total + section) * group if char == "亿" else total + section * group
            section, digit, fresh, last_scale = 0, 0, False, group
    if fresh and digit and last_scale >= 100 and text[-2:-1] not in ("零", "〇"):
        digit *= last_scale // 10  # 三千五 is 3500
    return total + section + digit


def _fractions(folded: str) -> Iterator[Numeral]:
    for found in _ZH_FRACTION.finditer(folded):
        below, above = (_either(part) for part in found.groups())
        if below and above is not None:
            yield Numeral(above / below, found.start(), found.end(), digits=False)
    for found in _EN_FRACTION.finditer(folded):
        count = found.group(1)
        if count is None and found.group(2) != "half":
            continue
        times = _UNITS_EN.get(count or "one", 1)
        yield Numeral(times * _PARTS_EN[found.group(2)], found.start(), found.end(), digits=False)


def _either(token: str) -> Fraction | None:
    return Fraction(token) if re.fullmatch(r"\d+(?:\.\d+)?", token) else chinese_value(token)
