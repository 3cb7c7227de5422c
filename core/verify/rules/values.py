"""The exact values of a text: numbers with their units, money, shares, durations, dates, times and codes.

Two values are comparable when they measure the same thing (``group``); they agree when they are exactly
equal after conversion, or when the text leaves open what would tell them apart (30 days and one month, a
date and its year).
"""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from core.documents.fold import fold
from core.verify.rules.bounds import bound_of
from core.verify.rules.clock import times, weekdays
from core.verify.rules.codes import codes
from core.verify.rules.dates import dates
from core.verify.rules.measures import Bound, Kind, Value, kind_of
from core.verify.rules.number_words import ZH_NUMERAL
from core.verify.rules.numerals import Numeral, numerals
from core.verify.rules.phrases import phrases
from core.verify.rules.units import COUNTERS, MONEY_BEFORE, MONEY_SIGNS, UNIT, UNITS

__all__ = ["Bound", "Kind", "Value", "values"]

_LABEL_BEFORE = re.compile(
    r"(?a)(?:passage|passages|source|document|doc|table|figure|page|example|option|case|no|number|案例|文档|段落|资料|表|图|例)[\s.#]*$|\[$"
)
_ORDINAL_AFTER = re.compile(r"(?a)(?:st|nd|rd|th)\b")
_RANGE = re.compile(r"\s?(?:-|–|—|~|to|至|到)\s?")
_TOGETHER = re.compile(r"\s?(?:零|又|and\s)?")
_AND_MORE = re.compile(r"[+多余](?!\d|种|样|年生|次方)")
_COLD = re.compile(r"(?:(?<![\w)\]%°.])[-−–]|\bminus\s|零下\s?|负)$")
_NOT_A_NUMBER_AFTER = re.compile(
    r"(?:般|定|切|律|旦|些|致|直|样|同|起|并|经|方面|点(?!\d)|体|贯|共|系列|流|线|万一|分(?:重要|必要|明显|清楚)|足|方|姓|科|货|家企|者|旁|侧)"
)
_NOT_A_NUMBER_BEFORE = re.compile(r"(?:统|唯|单|同|专|之|万|第|逐|任|每|某|另|哪|其|周|星期|礼拜)$")
_GOES_ON = re.compile(rf"[至到~–—-]\s?[{ZH_NUMERAL}\d]")


@lru_cache(maxsize=2048)
def values(text: str) -> tuple[Value, ...]:
    """The values of a text in order, offsets into it."""
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    found: list[Value] = []
    for maker in (codes, _dates, _times, phrases, _numbers):
        for value in maker(folded):
            if not any(value.start < end and start < value.end for start, end in taken):
                found.append(value)
                taken.append((value.start, value.end))
    joined = _joined(folded, _shared_units(folded, sorted(found, key=lambda value: value.start)))
    return tuple(replace(value, text=text[value.start : value.end]) for value in joined)


def _shared_units(folded: str, found: list[Value]) -> list[Value]:
    """The first number of a range has the unit of the second: 10-14 days, 十至十四日, between 5 and 8 euros."""
    for at, (one, two) in enumerate(pairwise(found)):
        joint = folded[one.end : two.start]
        spread = _RANGE.fullmatch(joint) or (joint == " and " and folded[: one.start].endswith("between "))
        if spread and one.group == "" and two.number and two.kind not in (Kind.DATE, Kind.TIME, Kind.CODE):
            factor = two.amount / two.number
            found[at] = replace(
                one, kind=two.kind, group=two.group, amount=one.number * factor, step=one.step * factor
            )
    return found


def _joined(folded: str, found: list[Value]) -> list[Value]:
    """One value of what is given in two units: 1 hour 30 minutes, 一年六个月, 5元5角."""
    kept: list[Value] = []
    for value in found:
        last = kept[-1] if kept else None
        if last is not None and _goes_with(folded, last, value):
            kept[-1] = replace(
                last,
                amount=last.amount + value.amount,
                end=value.end,
                bound=last.bound or value.bound,
                number=Fraction(0),
                step=value.step,
            )
        else:
            kept.append(value)
    return kept


def _goes_with(folded: str, one: Value, two: Value) -> bool:
    if one.group != two.group or one.kind not in (Kind.DURATION, Kind.MONEY, Kind.MEASURE):
        return False
    if not one.number or not two.number or not _TOGETHER.fullmatch(folded, one.end, two.start):
        return False
    unit, smaller = one.amount / one.number, two.amount / two.number
    return smaller < unit and two.amount < unit


def _dates(folded: str) -> Iterator[Value]:
    for date in dates(folded):
        text = folded[date.start : date.end]
        if len(text) == 4 and UNIT.match(folded, _skip_space(folded, date.end)):
            continue  # 2000 metres is no year
        yield Value(Kind.DATE, "date", Fraction(0), text, date.start, date.end, day=date.day)
    for start, end, day in weekdays(folded):
        yield Value(Kind.DATE, "weekday", Fraction(day), folded[start:end], start, end)


def _times(folded: str) -> Iterator[Value]:
    for time in times(folded):
        text = folded[time.start : time.end]
        yield Value(
            Kind.TIME, "time", Fraction(time.minutes), text, time.start, time.end, open_half=time.half
        )


def _numbers(folded: str) -> Iterator[Value]:
    begins: int | None = None  # where a number began that is given again in brackets: thirty (30) days
    found = list(numerals(folded))
    for at, number in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None and _said_again(folded, number, following):
            begins = number.start
            continue
        value = _with_unit(folded, number, number.start if begins is None else begins)
        begins = None
        if value is not None:
            yield value


def _said_again(folded: str, number: Numeral, following: Numeral) -> bool:
    joint = folded[number.end : following.start].strip()
    closed = folded[following.end : following.end + 1]
    return joint in ("(", "（") and closed in (")", "）") and number.value == following.value


def _with_unit(folded: str, number: Numeral, start: int) -> Value | None:
    end, amount = number.end, number.value
    if _LABEL_BEFORE.search(folded, max(0, start - 14), start):
        return None  # passage 3 is a name, not a number
    group = "ordinal" if number.digits and _ORDINAL_AFTER.match(folded, end) else ""
    sign = MONEY_BEFORE.search(folded, max(0, start - 4), start)
    at = _skip_space(folded, end)
    unit = UNIT.match(folded, at)
    if sign:
        group, start = f"money:{MONEY_SIGNS[sign.group(1)]}", sign.start()
        if unit and UNITS[unit.group()][0] in (group, "money:cny"):
            end = unit.end()
    elif unit and not (unit.group() == "次" and amount == 1):
        group, factor = UNITS[unit.group()]
        amount, end = amount * factor, unit.end()
        amount, end = _and_a_half(folded, end, amount, factor)
    elif half := _HALF_MORE.match(folded, end):
        group, factor = UNITS[half.group(1)]
        amount, end = (amount + Fraction(1, 2)) * factor, half.end()
    elif not number.digits and "分之" in folded[start:end]:
        group = "share"
    elif not number.digits and not _counts(folded, number):
        return None
    elif not number.digits and re.match("half|quarter|third", folded[start:end]):
        group = "share"
    if group.startswith("degrees") and _COLD.search(folded, max(0, start - 8), start):
        amount = -amount
    factor = amount / number.value if number.value else Fraction(1)
    percent = group == "share" and unit is not None and not number.digits and unit.group() != "成"
    return Value(
        kind=kind_of(group),
        group=group,
        amount=amount,
        text=folded[start:end],
        start=start,
        end=end,
        bound=bound_of(folded, start, end) or (Bound.MORE if _AND_MORE.match(folded, number.end) else None),
        number=number.value,
        step=factor if percent else number.step * factor,
    )


_HALF_MORE = re.compile(r"个半(月|小时|钟头|星期|礼拜)")  # 两个半月


def _skip_space(folded: str, at: int) -> int:
    if folded.startswith((")", "）"), at):  # five (5) days
        at += 1
    more = _AND_MORE.match(folded, at)  # 5+ years, 十余天
    at = more.end() if more else at
    while at < len(folded) and folded[at] in " \u00a0-" and at < len(folded) - 1:
        at += 1
    return at


def _and_a_half(folded: str, end: int, amount: Fraction, factor: Fraction) -> tuple[Fraction, int]:
    """三年半, 六成五 and 一倍半: half a unit more, or tenths of it."""
    tenth = _TENTHS.match(folded, end) if folded[end - 1 : end] == "成" else None
    if tenth:
        return amount + factor * next(iter(numerals(tenth.group()))).value / 10, tenth.end()
    if folded.startswith("半", end) and not folded.startswith(("半数", "半年", "半个"), end):
        return amount + factor / 2, end + 1
    return amount, end


_TENTHS = re.compile(r"[一二三四五六七八九](?![一二三四五六七八九十百千万个名人家])")


def _counts(folded: str, number: Numeral) -> bool:
    """Whether a number in words counts something, rather than being part of another word (一般, 统一, one of)."""
    word = folded[number.start : number.end]
    before, after = folded[max(0, number.start - 2) : number.start], folded[number.end : number.end + 4]
    if word.isascii():
        return word not in ("one", "zero") or bool(re.match(r"\s(?:hundred|thousand)", after))
    if _NOT_A_NUMBER_BEFORE.search(before) or _NOT_A_NUMBER_AFTER.match(after):
        return False
    big = len(word) > 1 and any(char in "十百千万亿拾佰仟" for char in word)
    return (
        big or after[:1] in tuple(COUNTERS) or word[0] in "壹贰叁肆伍陆柒捌玖" or bool(_GOES_ON.match(after))
    )
