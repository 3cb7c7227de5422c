"""Calendar dates in the notations of both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.verify.rules.day import YEAR, DateFound, Day, number_of
from core.verify.rules.periods import periods

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
_ZH_DIGIT = "零〇一二三四五六七八九"

_ISO = re.compile(rf"(?a)(?<!\d)({YEAR})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})(?!\d)")
_NUMERIC = re.compile(rf"(?a)(?<![\d.])(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?({YEAR})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?a)\b(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH})\b\.?,?(?:\s(?:of\s)?({YEAR})\b)?"
)
_MONTH_DAY = re.compile(
    rf"(?a)\b({_MONTH})\b\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?[:.]\d)(?:\s?,?\s({YEAR})\b)?"
)
_MONTH_YEAR = re.compile(rf"(?a)\b({_MONTH})\b\.?,?\s(?:of\s)?({YEAR})\b")
_ZH_DATE = re.compile(
    rf"(?a)(?:({YEAR}|[{_ZH_DIGIT}]{{4}})\s?年)?\s?(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?月(?:份)?"
    rf"(?!薪)(?:\s?(\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})\s?[日号])?"
)
_ZH_YEAR = re.compile(rf"(?a)(?<!\d)({YEAR}|[{_ZH_DIGIT}]{{4}})\s?年(?!期)")
_COMPACT = re.compile(r"(?a)(?<![\d.-])(19[5-9]\d|20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.])")
_YEAR_MONTH = re.compile(rf"(?a)(?<![\d./-])({YEAR})[/-](0[1-9]|1[0-2])(?![\d./-])")
_BARE_YEAR = re.compile(
    rf"(?a)(?<![\d.,$€£¥\-/]){YEAR}(?![\d%]|[.,]\d|\s?(?:元|人|件|个|万|亿|千|百|多|余|名|位|家|台|辆|套|户|份|次|字|种|项|usd|dollars|euros|people|%|[-/]\d)|"
    r"\s(?:million|billion|thousand|trillion|bn|mn)\b|[kmb]\b)"
)


def dates(folded: str) -> list[DateFound]:
    """The dates of a folded text in order; of overlapping notations the longest."""
    found = sorted(_all_dates(folded), key=lambda date: (date.start - date.end, date.start))
    kept: list[DateFound] = []
    for date in found:
        if not any(date.start < other.end and other.start < date.end for other in kept):
            kept.append(date)
    return sorted(kept, key=lambda date: date.start)


def _all_dates(folded: str) -> Iterator[DateFound]:
    yield from _in_figures(folded)
    yield from _with_months(folded)
    for found in _ZH_DATE.finditer(folded):
        if found.group(1) or found.group(3) or not re.match(r"[一二三四五六七八九十]", found.group(2)):
            yield from _dated(found, *found.groups())
    for found in _ZH_YEAR.finditer(folded):
        yield from _dated(found, found.group(1), None, None)
    yield from periods(folded)
    for found in _BARE_YEAR.finditer(folded):
        yield from _dated(found, found.group(), None, None)


def _in_figures(folded: str) -> Iterator[DateFound]:
    for found in (*_ISO.finditer(folded), *_COMPACT.finditer(folded)):
        yield from _dated(found, *found.groups())
    for found in _NUMERIC.finditer(folded):
        first, second, year = (int(part) for part in found.groups())
        if first > 12 or first == second:
            yield from _dated(found, year, second, first)
        elif second > 12:
            yield from _dated(found, year, first, second)
        else:
            yield DateFound(Day(year, first, second, swapped=True), found.start(), found.end())
    for found in _YEAR_MONTH.finditer(folded):
        year, month = int(found.group(1)), int(found.group(2))
        if month <= year % 100:  # 2010/11 may be a season of two years
            yield from _dated(found, year, month, None)


def _with_months(folded: str) -> Iterator[DateFound]:
    for found in _DAY_MONTH.finditer(folded):
        yield from _dated(found, found.group(3), _MONTHS[found.group(2)], found.group(1))
    for found in _MONTH_DAY.finditer(folded):
        yield from _dated(found, found.group(3), _MONTHS[found.group(1)], found.group(2))
    for found in _MONTH_YEAR.finditer(folded):
        yield from _dated(found, found.group(2), _MONTHS[found.group(1)], None)


def _dated(
    found: re.Match[str], year: str | int | None, month: str | int | None, day: str | int | None
) -> Iterator[DateFound]:
    made = Day(number_of(year), number_of(month), number_of(day))
    if (made.month is None or 1 <= made.month <= 12) and (made.day is None or 1 <= made.day <= 31):
        yield DateFound(made, found.start(), found.start() + len(found.group().rstrip(" ,.")))
