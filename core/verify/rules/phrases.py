"""Values that are said without a number: 半年, twice, 七折, within a month."""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from core.verify.rules.bounds import bound_of
from core.verify.rules.measures import Bound, Value, kind_of
from core.verify.rules.number_words import chinese_value
from core.verify.rules.units import UNITS

_HALF = re.compile(
    r"(?a)(?<![一二两三四五六七八九十\d个])半(?:个)?(年|天|日|小时|月|个月)|\bhalf[\s-](?:an?\s)(year|day|hour|month|week|decade)\b"
)
_UNIT_AND_A_HALF = re.compile(r"(?a)\b(?:an?|one)\s(year|day|hour|month|week|decade)\sand\sa\shalf\b")
_MOST = re.compile(r"(过半数?|超过半数|半数以上|一半以上)|(?:半数|一半)")
_TIMES = {
    "twice": 2, "thrice": 3, "doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4, "双倍": 2, "加倍": 2, "翻倍": 2,
    "翻番": 2, "翻一番": 2, "翻了一番": 2, "翻两番": 4, "翻了两番": 4,
    **{f"{word}fold": number for number, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)},
}  # fmt: skip
_TIMES_SAID = re.compile(
    "|".join(rf"\b{word}\b" if word.isascii() else word for word in sorted(_TIMES, key=len, reverse=True))
)
_REBATE = re.compile(r"(?a)([一二三四五六七八九]{1,2}|\d(?:\.\d)?|\d\d)\s?折(?!叠|旧|合|算|射|现|价|磨|断)")
_A_UNIT = re.compile(
    r"(?a)\b(?:within|after|for|than|least|most|exceed|exceeding|exceeds|lasts?|lasting|up\sto|under|over)\s(?P<value>an?\s"
    r"(second|minute|hour|day|week|fortnight|month|year|decade))\b(?!\sand\sa\shalf)"
)


def phrases(folded: str) -> Iterator[Value]:
    """The values of a folded text that are named without a number of their own."""
    for found in _HALF.finditer(folded):
        yield _of_unit(folded, found.span(), found.group(1) or found.group(2), Fraction(1, 2))
    for found in _UNIT_AND_A_HALF.finditer(folded):
        yield _of_unit(folded, found.span(), found.group(1), Fraction(3, 2))
    for found in _A_UNIT.finditer(folded):
        yield _of_unit(folded, found.span("value"), found.group(2), Fraction(1), passing=True)
    for found in _MOST.finditer(folded):
        bound = Bound.MORE if found.group(1) else bound_of(folded, *found.span())
        yield _bare("share", Fraction(1, 2), found, bound)
    for found in _TIMES_SAID.finditer(folded):
        yield _bare("times", Fraction(_TIMES[found.group()]), found, None)
    for found in _REBATE.finditer(folded):
        yield _bare("rebate", _tenths(found.group(1)), found, None)


def _of_unit(
    folded: str, span: tuple[int, int], unit: str, times: Fraction, *, passing: bool = False
) -> Value:
    group, factor = UNITS[unit]
    return Value(
        kind=kind_of(group),
        group=group,
        amount=factor * times,
        text=folded[slice(*span)],
        start=span[0],
        end=span[1],
        bound=bound_of(folded, *span),
        number=times,
        passing=passing,
    )


def _bare(group: str, amount: Fraction, found: re.Match[str], bound: Bound | None) -> Value:
    return Value(
        kind_of(group), group, amount, found.group(), found.start(), found.end(), bound=bound, number=amount
    )


def _tenths(said: str) -> Fraction:
    """七 as 7/10, 八五 as 85/100, 8.5 as 85/100, 85 as 85/100."""
    if "." in said:
        return Fraction(said) / 10
    digits = said if said.isascii() else "".join(str(chinese_value(char)) for char in said)
    return Fraction(int(digits), 10 ** len(digits))
