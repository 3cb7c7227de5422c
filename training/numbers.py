"""Numbers and dates in other notations: what rewords them truly, and what changes them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
MONTHS = ("January February March April May June July August September October November December").split()
NUMBER = re.compile(r"(?<![\w.\-/])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.\-/])\d+(?:\.\d+)?(?![\w/]*\d)")
CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百]{1,5}(?=[个年月日天名人项次元倍周岁条家件位种届])")
DATE_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
DATE_EN = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")

Rng = random.Random


def chinese(value: int) -> str:
    """Write 0..9999 in Chinese numerals."""
    if value < 10:
        return DIGITS[value]
    if value < 20:
        return "十" + (DIGITS[value % 10] if value % 10 else "")
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if value >= unit:
            rest = value % unit
            gap = "零" if rest and rest < unit // 10 else ""
            tail = "" if not rest else gap + (("一" if 10 <= rest < 20 else "") + chinese(rest))
            return DIGITS[value // unit] + name + tail
    return DIGITS[0]


def from_chinese(text: str) -> int | None:
    """Read Chinese numerals below 10,000; None for what is none."""
    total, digit = 0, 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            return None
    return total + digit


def english(value: int) -> str:
    """Write 0..999 in English words."""
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    rest = value % 100
    return f"{ONES[value // 100]} hundred" + (f" and {english(rest)}" if rest else "")


def reword_en(text: str, rng: Rng) -> str:
    """Put some numbers, percentages and dates of a text into another notation of the same value."""
    text = _some(
        DATE_EN, text, rng, lambda m: f"{m[2]} {m[1]} {m[3]}" if rng.random() < 0.6 else _iso(m, rng)
    )
    text = re.sub(r"(\d)\s?%", lambda m: f"{m[1]} percent" if rng.random() < 0.5 else m[0], text)
    text = re.sub(r"(\d) per ?cent\b", lambda m: f"{m[1]}%", text)
    text = _some(
        re.compile(r"\$(\d+(?:\.\d+)?) (million|billion)"), text, rng, lambda m: f"{m[1]} {m[2]} dollars"
    )
    text = _some(
        re.compile(r"(\d+(?:\.\d+)?) (million)\b"), text, rng, lambda m: f"{round(float(m[1]) * 1e6):,}", 0.3
    )
    return _some(re.compile(r"(?<![\d.,$\w-])(\d{1,3})(?= [a-z])"), text, rng, lambda m: english(int(m[1])))


def _iso(match: re.Match[str], rng: Rng) -> str:
    month = MONTHS.index(match[1]) + 1
    year, day = match[3], int(match[2])
    return f"{year}-{month:02}-{day:02}" if rng.random() < 0.5 else f"{day} {match[1][:3]} {year}"


def reword_zh(text: str, rng: Rng) -> str:
    """The same for Chinese: 十年 and 10年, 3万 and 30000, 百分之五 and 5%."""
    text = _some(DATE_ZH, text, rng, lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", 0.3)
    text = _some(re.compile(r"(\d+(?:\.\d+)?)[%％]"), text, rng, _percent_zh)
    text = _some(
        re.compile(r"百分之([一二三四五六七八九十]+)"), text, rng, lambda m: f"{from_chinese(m[1])}%", 0.8
    )
    text = _some(re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)万"), text, rng, _spell_out)
    text = _some(re.compile(r"(?<![\d.,])(\d{1,4})0000(?!\d)"), text, rng, lambda m: f"{m[1]}万", 0.8)
    text = _some(CHINESE_NUMBER, text, rng, lambda m: str(from_chinese(m[0])), 0.6)
    few = re.compile(r"(?<![\d.,年月\-第])(\d{1,2})(?=[个年天名人项次倍周岁家件位种](?![0-9]))")
    return _some(few, text, rng, lambda m: chinese(int(m[1])))


def _percent_zh(match: re.Match[str]) -> str:
    value = float(match[1])
    return f"百分之{chinese(int(value))}" if value.is_integer() and value < 1000 else f"百分之{match[1]}"


def _spell_out(match: re.Match[str]) -> str:
    value = round(float(match[1]) * 10_000)
    return f"{value:,}" if value % 3 == 0 else str(value)


def _some(
    pattern: re.Pattern[str], text: str, rng: Rng, new: Callable[[re.Match[str]], str], chance: float = 0.5
) -> str:
    return pattern.sub(lambda m: new(m) if rng.random() < chance else m[0], text)


def wrong_number(text: str, passage: str, rng: Rng) -> str | None:
    """Return another number in the same dress: one of the passage's own, or one near by."""
    value = from_chinese(text) if text[0] in "一二三四五六七八九十百" else None
    if value is not None:
        other = rng.choice(
            [v for v in (value + 1, value + 2, value * 2, value - 1, value + 5, value + 10) if v > 0]
        )
        return chinese(other) if other < 10_000 and other != value else None
    others = [n for n in NUMBER.findall(passage) if n != text and _like(n, text)]
    if others and rng.random() < 0.5:
        return rng.choice(others)
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if len(digits) == 4 and text.isdigit() and text[:2] in ("19", "20"):
        return str(int(text) + rng.choice((-10, -3, -2, -1, 1, 2, 3, 10)))
    if rng.random() < 0.25 and len(digits) > 1 and "," not in text:
        swapped = text[: digits[-2]] + text[digits[-1]] + text[digits[-2] + 1 : digits[-1]] + text[digits[-2]]
        if swapped != text:
            return swapped
    at = rng.choice(digits)
    new = rng.choice([d for d in ("123456789" if at == digits[0] else "0123456789") if d != text[at]])
    return text[:at] + new + text[at + 1 :]


def _like(one: str, other: str) -> bool:
    year = len(other) == 4 and other.isdigit() and other[:2] in ("19", "20")
    if year:
        return len(one) == 4 and one.isdigit() and one[:2] in ("19", "20")
    return abs(len(one) - len(other)) <= 1
