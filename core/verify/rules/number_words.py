"""Numbers in words: two hundred and fifty, 一百二十三, 壹佰, 二〇二四."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod

SMALL_ZH = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("两壹贰叁肆伍陆柒捌玖", (2, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
}
_TENS_ZH = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS_ZH = {"万": 10**4, "亿": 10**8}
_SHORT_TENS = {"廿": 20, "卅": 30}
ZH_NUMERAL = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿廿卅"

_SMALL_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
UNITS_EN = {word: value for value, word in enumerate(_SMALL_EN.split())}
DECADES_EN = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES_EN = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


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
        if word in SCALES_EN:
            scale = SCALES_EN[word]
            group = (group or 1) * scale
            if scale >= 1000:
                total, group = total + group, 0
            last_small = 10**18
        else:
            small = UNITS_EN.get(word, DECADES_EN.get(word))
            if small is None or (last_small < 20) or (last_small < 100 and small >= 10):
                return None
            group, last_small = group + small, small
        seen = True
    return total + group if seen else None


def chinese_value(text: str) -> Fraction | None:
    """一百二十三, 壹佰, 二〇二四, 三点五 and 三点五万 as numbers; None where they make none."""
    whole, _, rest = text.partition("点")
    value = _chinese_integer(whole)
    if value is None:
        return None
    decimals = rest.rstrip("百千万亿")
    part = Fraction(int("".join(str(SMALL_ZH[char]) for char in decimals) or "0"), 10 ** len(decimals))
    scales = (_TENS_ZH.get(char, _GROUPS_ZH.get(char, 1)) for char in rest[len(decimals) :])
    return (value + part) * prod(scales)


def _chinese_integer(text: str) -> int | None:
    if all(char in SMALL_ZH for char in text):
        return int("".join(str(SMALL_ZH[char]) for char in text)) if text else None
    total, section, digit, last_scale = 0, 0, 0, 1
    fresh = False
    for char in text:
        if char in SMALL_ZH:
            if fresh and digit:
                return None
            digit, fresh = SMALL_ZH[char], True
            last_scale = 1 if SMALL_ZH[char] == 0 else last_scale
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
