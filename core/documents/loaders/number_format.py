"""Cell values as a spreadsheet shows them: percent, currency, thousands, dates by the number format."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Value = str | bool | int | float | Decimal | date | datetime | time | timedelta | None

_SECTIONS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|(;)')
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|(?:[_*].)|([0#?,.]+)|(E[+-]0+)|(%)|(.)'
)
_DATE_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|[_*].|(AM/PM|A/P|上午/下午)|(y+|m+|d+|h+|s+|aaaa?|\.0+)|(.)',
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_WEEK = "一二三四五六日"
# These follow the reader's country in Excel; the file does not say what a person sees.
_LOCAL_DATES = {"mm-dd-yy": "yyyy-mm-dd", "m/d/yy h:mm": "yyyy-mm-dd h:mm"}


def shown(value: Value, number_format: str) -> str:
    """The text of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case datetime() | date() | time():
            return _moment(value, number_format)
        case timedelta():
            return _duration(value)
    return _number(Decimal(str(value)), number_format)


def _general(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return str(int(value))
    return f"{float(value):.11g}"


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return ""
    sections = _split(number_format)
    if number_format.lower() in ("general", "@", "") or "/" in number_format:
        return _general(value)
    section, signed = sections[0], value < 0
    if value < 0 and len(sections) > 1 and sections[1].strip():
        section, signed = sections[1], False
    elif value == 0 and len(sections) > 2 and sections[2].strip():
        section = sections[2]
    text = _filled(abs(value), section)
    return f"-{text}" if signed and re.search(r"[1-9]", text) else text


@lru_cache(maxsize=512)
def _split(number_format: str) -> tuple[str, ...]:
    """The sections for positive, negative and zero."""
    ends = [match.start() for match in _SECTIONS.finditer(number_format) if match[1]]
    edges = [-1, *ends, len(number_format)]
    return tuple(number_format[a + 1 : b] for a, b in itertools.pairwise(edges))


def _filled(value: Decimal, section: str) -> str:
    """One section with the number in its place."""
    tokens = list(_TOKEN.finditer(section))
    scale = sum(token[7] is not None for token in tokens)
    value *= Decimal(100) ** scale
    power = next((token[6] for token in tokens if token[6]), None)
    parts, placed = [], False
    for token in tokens:
        quoted, escaped, symbol, _, digits, exponent, percent, other = token.groups()
        if digits and re.search(r"[0#?]", digits) and not placed:
            parts.append(_scientific(value, digits, power) if power else _digits(value, digits))
            placed = True
        elif not (digits and placed) and not exponent:
            parts.append(quoted or escaped or symbol or percent or digits or other or "")
    text = "".join(parts).strip()
    return text if placed or text else _general(value)


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    shrunk = (
        len(whole) - len(whole.rstrip(",")) if not fraction else len(fraction) - len(fraction.rstrip(","))
    )
    value /= Decimal(1000) ** shrunk
    most, least = len(fraction.rstrip(",")), fraction.count("0")
    rounded = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    grouped = "," in whole.rstrip(",")
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    head, _, tail = text.partition(".")
    tail = tail[:least] + tail[least:].rstrip("0")
    head = head.rjust(whole.count("0"), "0") if not grouped else head
    if head == "0" and "0" not in whole and tail:
        head = ""
    return f"{head}.{tail}" if tail else head


def _scientific(value: Decimal, digits: str, power: str) -> str:
    places = len(digits.partition(".")[2])
    mantissa, _, exponent = f"{value:.{places}E}".partition("E")
    return f"{mantissa}E{exponent[0]}{exponent[1:].rjust(power.count('0'), '0')}"


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment(value: date | datetime | time, number_format: str) -> str:
    pattern = _LOCAL_DATES.get(number_format, _split(number_format)[0])
    tokens = list(_DATE_TOKEN.finditer(pattern))
    if not any(token[5] for token in tokens):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    twelve = any(token[4] for token in tokens)
    fields = [(token[5] or token[3] or "").lower() for token in tokens]
    parts = []
    for index, token in enumerate(tokens):
        if token[4]:
            parts.append(_half_day(value, token[4]))
        elif fields[index]:
            minute = fields[index][0] == "m" and _is_minute(fields, index)
            parts.append(_field(value, fields[index], minute, twelve))
        else:
            parts.append(token[1] or token[2] or token[6] or "")
    return "".join(parts).strip()


def _is_minute(fields: list[str], index: int) -> bool:
    """``m`` is a minute right after hours or right before seconds."""
    before = next((field for field in reversed(fields[:index]) if field), "")
    after = next((field for field in fields[index + 1 :] if field), "")
    return before.startswith("h") or after.startswith("s")


def _half_day(value: date | datetime | time, marks: str) -> str:
    late = getattr(value, "hour", 0) >= 12
    return marks.split("/")[late]


def _field(value: date | datetime | time, field: str, minute: bool, twelve: bool) -> str:
    kind, width = field[0], len(field)
    if kind in "hs" or minute:
        hour = getattr(value, "hour", 0)
        number = {"h": (hour - 1) % 12 + 1 if twelve else hour, "s": getattr(value, "second", 0)}.get(
            kind, getattr(value, "minute", 0)
        )
        return f"{number:02}" if width > 1 else str(number)
    if not isinstance(value, date) or kind == ".":
        return ""
    if kind == "a":
        return ("星期" if width > 3 else "") + _WEEK[value.weekday()]
    if kind == "y":
        return f"{value.year:04}" if width > 2 else f"{value.year % 100:02}"
    number, names = (value.month, _MONTHS) if kind == "m" else (value.day, _DAYS)
    if width > 2:
        name = names.split(" ")[value.month - 1 if kind == "m" else value.weekday()]
        return name if width == 4 else name[:1] if width == 5 else name[:3]
    return f"{number:02}" if width == 2 else str(number)
