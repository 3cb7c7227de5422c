"""Dates and times of day in the notations of both languages, compared by the parts that both sides name."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.verify.rules.numerals import ZH_NUMERAL, chinese_value

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_ZH_DIGIT = "零〇一二三四五六七八九"

_ISO = re.compile(rf"(?a)(?<!\d)({_YEAR})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})(?!\d)")
_NUMERIC = re.compile(rf"(?a)(?<![\d.])(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?({_YEAR})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?a)\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH})\b\.?,?(?:\s(?:of\s)?({_YEAR})\b)?"
)
_MONTH_DAY = re.compile(
    rf"(?a)\b({_MONTH})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?[:.]\d)(?:\s?,?\s({_YEAR})\b)?"
)
_MONTH_YEAR = re.compile(rf"(?a)\b({_MONTH})\b\.?,?\s(?:of\s)?({_YEAR})\b")
_ZH_DATE = re.compile(
    rf"(?a)(?:({_YEAR}|[{_ZH_DIGIT}]{{4}})\s?年)?\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?月(?:份)?"
    rf"(?!薪)(?:\s?(\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})\s?[日号])?"
)
_ZH_YEAR = re.compile(rf"(?a)(?<!\d)({_YEAR}|[{_ZH_DIGIT}]{{4}})\s?年(?!期)")
_QUARTER = re.compile(
    rf"(?a)\bq?([1-4])(?:(?<=q\d)|q\b)(?:\s(?:of\s)?(?:fy)?({_YEAR}))?\b|\b(first|second|third|fourth)\squarter\b(?:\s(?:of\s)?(?:fiscal\s)?({_YEAR}))?|"
    rf"(?:({_YEAR})\s?年?\s?)?第?([一二三四1-4])季度"
)
_BARE_YEAR = re.compile(
    rf"(?a)(?<![\d.,$€£¥\-/]){_YEAR}(?![\d%]|[.,]\d|\s?(?:元|人|件|个|usd|dollars|euros|people|%|[-/]\d))"
)
_TIME = re.compile(
    r"(?a)(?<![\d:.])(\d{1,2})(?::(\d{2}))(?::\d{2})?(?!\d)\s?([ap]\.?m\b\.?)?|(?<![\d:.])\b(\d{1,2})\s?([ap]\.?m\b\.?)|"
    r"(上午|下午|早上|晚上|中午|凌晨|夜间)\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[点时](?:(\d{1,2}|[一二三四五六七八九十]{1,3})\s?分|(半))?|"
    r"(?<![\d:.])(\d{1,2})\s?[点时](?:(\d{1,2})\s?分|(半))?(?![间期小])"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as the text names it. ``swapped``: day and month may stand the other way round."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    swapped: bool = False

    def agrees(self, other: Day) -> bool:
        """Whether nothing that both name differs."""
        if self.swapped or other.swapped:
            return any(a._same(b) for a in self._readings() for b in other._readings())
        return self._same(other)

    def _same(self, other: Day) -> bool:
        mine, theirs = self._parts(), other._parts()
        return all(mine[name] == theirs[name] for name in mine.keys() & theirs.keys())

    def _parts(self) -> dict[str, int]:
        named = {"year": self.year, "month": self.month, "day": self.day, "quarter": self.quarter}
        parts = {name: value for name, value in named.items() if value is not None}
        if self.month is not None:
            parts["quarter"] = (self.month + 2) // 3
        return parts

    def comparable(self, other: Day) -> bool:
        """Whether both name at least one same part, so that they can differ at all."""
        return bool(self._parts().keys() & other._parts().keys())

    def _readings(self) -> tuple[Day, ...]:
        if not self.swapped:
            return (self,)
        return (Day(self.year, self.month, self.day), Day(self.year, self.day, self.month))


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text."""

    day: Day
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time of day in a text, in minutes after midnight; ``half`` when it may also mean twelve hours later."""

    minutes: int
    start: int
    end: int
    half: bool = False


def dates(folded: str) -> list[DateFound]:
    """The dates of a folded text in order; of overlapping notations the longest."""
    found = sorted(_all_dates(folded), key=lambda date: (date.start - date.end, date.start))
    kept: list[DateFound] = []
    for date in found:
        if not any(date.start < other.end and other.start < date.end for other in kept):
            kept.append(date)
    return sorted(kept, key=lambda date: date.start)


def _all_dates(folded: str) -> Iterator[DateFound]:
    for found in _ISO.finditer(folded):
        yield from _dated(found, *found.groups())
    for found in _NUMERIC.finditer(folded):
        first, second, year = (int(part) for part in found.groups())
        if first > 12 or first == second:
            yield from _dated(found, year, second, first)
        elif second > 12:
            yield from _dated(found, year, first, second)
        else:
            yield DateFound(Day(year, first, second, swapped=True), found.start(), found.end())
    for found in _DAY_MONTH.finditer(folded):
        yield from _dated(found, found.group(3), _MONTHS[found.group(2)], found.group(1))
    for found in _MONTH_DAY.finditer(folded):
        yield from _dated(found, found.group(3), _MONTHS[found.group(1)], found.group(2))
    for found in _MONTH_YEAR.finditer(folded):
        yield from _dated(found, found.group(2), _MONTHS[found.group(1)], None)
    for found in _ZH_DATE.finditer(folded):
        if found.group(1) or found.group(3) or not re.match(r"[一二三四五六七八九十]", found.group(2)):
            yield from _dated(found, *found.groups())
    for found in _ZH_YEAR.finditer(folded):
        yield from _dated(found, found.group(1), None, None)
    yield from _quarters(folded)
    for found in _BARE_YEAR.finditer(folded):
        yield from _dated(found, found.group(), None, None)


def _quarters(folded: str) -> Iterator[DateFound]:
    for found in _QUARTER.finditer(folded):
        short, short_year, word, word_year, zh_year, zh = found.groups()
        quarter = int(short) if short else _ORDINALS[word] if word else _number(zh)
        yield DateFound(
            Day(_number(short_year or word_year or zh_year), quarter=quarter), found.start(), found.end()
        )


def _dated(
    found: re.Match[str], year: str | int | None, month: str | int | None, day: str | int | None
) -> Iterator[DateFound]:
    made = Day(_number(year), _number(month), _number(day))
    if (made.month is None or 1 <= made.month <= 12) and (made.day is None or 1 <= made.day <= 31):
        yield DateFound(made, found.start(), found.start() + len(found.group().rstrip(" ,.")))


def _number(token: str | int | None) -> int | None:
    if token is None or isinstance(token, int):
        return token
    if token.isascii() and token.isdigit():
        return int(token)
    value = chinese_value(token) if all(char in ZH_NUMERAL for char in token) else None
    return int(value) if value is not None else None


def times(folded: str) -> Iterator[TimeFound]:
    """The times of day of a folded text."""
    for found in _TIME.finditer(folded):
        clock_h, clock_m, clock_half, hour, half, part, zh_h, zh_m, zh_half, bare_h, bare_m, bare_half = (
            found.groups()
        )
        hours = _number(clock_h or hour or zh_h or bare_h)
        minutes = 30 if zh_half or bare_half else _number(clock_m or zh_m or bare_m) or 0
        if hours is None or hours > 24 or minutes > 59:
            continue
        later = (clock_half or half or "").startswith("p") or part in ("下午", "晚上", "夜间")
        earlier = (clock_half or half or "").startswith("a") or part in ("上午", "早上", "凌晨")
        if later and hours < 12:
            hours += 12
        if earlier and hours == 12:
            hours = 0
        certain = later or earlier or hours > 12 or part is not None or (clock_h or "").startswith("0")
        yield TimeFound(hours * 60 + minutes, found.start(), found.end(), half=not certain)
