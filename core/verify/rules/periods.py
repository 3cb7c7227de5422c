"""Quarters, half-years and fiscal years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.verify.rules.day import YEAR, DateFound, Day, number_of

_FISCAL = rf"(?:fy\s?)?'?({YEAR}|(?<=fy)\d\d|(?<=fy\s)\d\d)"
_QUARTER = re.compile(
    rf"(?a)(?:\b({YEAR})[\s-]?)?\b(?:(?<=\d)|\b)q([1-4])\b(?:[\s,-]{{0,2}}(?:of\s)?{_FISCAL}\b)?|"
    rf"\b([1-4])q\s?'?({YEAR}|\d\d)\b|"
    rf"\b(first|second|third|fourth)\squarter\b(?:\s(?:of\s)?(?:fiscal\s|the\syear\s)?({YEAR}))?|"
    rf"(?:({YEAR})\s?年?\s?)?(?<!前)第?([一二三四1-4])季度"
)
_HALF_YEAR = re.compile(
    rf"(?a)(?:({YEAR})\s?年?度?\s?)?([上下])半年|\bh([12])(?:\s(?:of\s)?{_FISCAL}\b)|\b({YEAR})\s?h([12])\b|"
    rf"\b(first|second)\shalf\sof\s(?:the\s(?:fiscal\s)?year\b|(?:fiscal\s|fy\s?)?({YEAR})\b)(?:\s({YEAR})\b)?"
)
_FISCAL_YEAR = re.compile(rf"(?a)\bfy\s?'?({YEAR}|\d\d)\b")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def periods(folded: str) -> Iterator[DateFound]:
    """The parts of years that a folded text names, and its fiscal years."""
    yield from _quarters(folded)
    yield from _half_years(folded)
    for found in _FISCAL_YEAR.finditer(folded):
        yield DateFound(Day(_full(found.group(1))), found.start(), found.end())


def _quarters(folded: str) -> Iterator[DateFound]:
    for found in _QUARTER.finditer(folded):
        before, short, after, shorter, its_year, word, word_year, zh_year, zh = found.groups()
        quarter = int(short or shorter or 0) or (_ORDINALS[word] if word else number_of(zh))
        year = _full(before or after or its_year or word_year or zh_year)
        yield DateFound(Day(year, quarter=quarter), found.start(), found.end())


def _half_years(folded: str) -> Iterator[DateFound]:
    for found in _HALF_YEAR.finditer(folded):
        zh_year, zh, short, after, before, behind, word, year, its_year = found.groups()
        half = int(short or behind or 0) or (_ORDINALS[word] if word else 1 + (zh == "下"))
        named = _full(zh_year or after or before or year or its_year)
        yield DateFound(Day(named, half=half), found.start(), found.end())


def _full(year: str | None) -> int | None:
    """FY24 as 2024."""
    return None if year is None else int(year) + (2000 if len(year) == 2 else 0)
