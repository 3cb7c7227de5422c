"""Times of day and days of the week in both languages."""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.verify.rules.day import number_of

_TIME = re.compile(
    r"(?a)(?<![\d:.])(\d{1,2})(?::(\d{2}))(?::\d{2})?(?!\d)\s?([ap]\.?m\b\.?)?|(?<![\d:.])\b(\d{1,2})\s?([ap]\.?m\b\.?)|"
    r"(上午|下午|早上|晚上|中午|凌晨|夜间)\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[点时](?:(\d{1,2}|[一二三四五六七八九十]{1,3})\s?分|(半))?|"
    r"(?<![\d:.])(\d{1,2})\s?[点时](?:(\d{1,2})\s?分|(半))?(?![间期小])"
)
_NOON = re.compile(r"\b(?:12\s)?(noon|midnight)\b|(正午|零点(?![零〇一二三四五六七八九])|零时|午夜)")
_O_CLOCK = re.compile(r"(?a)(?<![\d:.])(\d{1,2})\s?o['’]clock\b")

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(
    rf"\b({'|'.join(_WEEKDAYS)})s?\b|(?:星期|礼拜|(?<![每一二两三四五六七八九十\d])周)([一二三四五六日天])(?![次期个天年般线均周十百\d]|日(?:均|元))"
)


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time of day in a text, in minutes after midnight; ``half`` when it may also mean twelve hours later."""

    minutes: int
    start: int
    end: int
    half: bool = False


def times(folded: str) -> Iterator[TimeFound]:
    """The times of day of a folded text."""
    for found in _NOON.finditer(folded):
        noon = found.group() in ("正午",) or "noon" in found.group()
        yield TimeFound(720 if noon else 0, found.start(), found.end())
    for found in _O_CLOCK.finditer(folded):
        yield TimeFound(int(found.group(1)) * 60, found.start(), found.end(), half=True)
    for found in _TIME.finditer(folded):
        clock_h, clock_m, clock_half, hour, half, part, zh_h, zh_m, zh_half, bare_h, bare_m, bare_half = (
            found.groups()
        )
        hours = number_of(clock_h or hour or zh_h or bare_h)
        minutes = 30 if zh_half or bare_half else number_of(clock_m or zh_m or bare_m) or 0
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


def weekdays(folded: str) -> Iterator[tuple[int, int, int]]:
    """The days of the week that a folded text names: where, and their number from Monday as 1."""
    for found in _WEEKDAY.finditer(folded):
        number = (
            _WEEKDAYS.index(found.group(1)) + 1
            if found.group(1)
            else min(7, "一二三四五六日天".index(found.group(2)) + 1)
        )
        yield found.start(), found.end(), number
