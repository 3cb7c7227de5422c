"""Values that a reader may take from the evidence without finding them there: rounded, rescaled, reckoned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from core.verify.rules.values import Bound, Kind, Value

SMALL_COUNT = 12
_MAX_CELLS = 60
_SCALES = (Fraction(1), Fraction(10**3), Fraction(10**4), Fraction(10**6), Fraction(10**8), Fraction(10**9))
_THOUSANDS = (Fraction(10**3), Fraction(10**6), Fraction(10**9))
_SCALE_WORD = re.compile(r"[a-z万亿千百]", re.IGNORECASE)
_NEAR = Fraction(1, 5)
_IN_WORDS = Fraction(35, 1000)
_RECKONED = frozenset({Kind.NUMBER, Kind.MONEY, Kind.MEASURE, Kind.SHARE})


def may_stand_for(claimed: Value, written: Value) -> bool:
    """Whether a claimed value may be the evidence's in a coarser or scaled notation.

    A cell without a unit stands for a value with one (a column of hours, a table in thousands), 48,881
    thousand for 48.9 million, 9.3 % for "more than 9 %". Never for dates, times and codes.
    """
    if claimed.kind in (Kind.DATE, Kind.TIME, Kind.CODE) or written.kind in (Kind.DATE, Kind.TIME, Kind.CODE):
        return False
    if claimed.group == written.group:
        return _rounded(claimed, written, claimed.amount, written.amount) or _scaled(claimed, written)
    if written.group == "" or claimed.group == "":
        return _rounded(claimed, written, claimed.number, written.number) or _scaled(claimed, written)
    return False


def _rounded(claimed: Value, written: Value, mine: Fraction, theirs: Fraction) -> bool:
    if mine == theirs:
        return True
    if written.bound is None:  # a limit never stands for another limit: up to 130 is not up to 150
        if claimed.bound in (Bound.MORE, Bound.AT_LEAST) and mine < theirs <= mine * (1 + _NEAR):
            return True
        if claimed.bound in (Bound.LESS, Bound.AT_MOST) and mine * (1 - _NEAR) <= theirs < mine:
            return True
    if claimed.group == "share" and claimed.step == 0 and mine != 0:
        return abs(mine - theirs) <= _IN_WORDS  # 六成 and "a fifth" are round figures
    step = claimed.step if claimed.amount == mine else _bare_step(claimed)
    coarser = written.step < claimed.step or written.step == 0
    return coarser and step > 0 and _significant(mine, step) >= 2 and abs(mine - theirs) < step


def _bare_step(value: Value) -> Fraction:
    return value.step * value.number / value.amount if value.amount else Fraction(0)


def _significant(amount: Fraction, step: Fraction) -> int:
    """How many digits a value is given with, trailing zeros of a whole number included."""
    return len(str(abs(int(amount / step)))) if step else 0


def _scaled(claimed: Value, written: Value) -> bool:
    """A cell of a table in thousands or millions.

    Only a bare figure of three telling digits or more: "$5,000" is never read as five million dollars.
    """
    if claimed.kind not in _RECKONED or _SCALE_WORD.search(written.text) or written.step == 0:
        return False
    if len(str(written.number / written.step * 10).rstrip("0")) < 3 or written.number == 0:
        return False
    scales = _SCALES[1:] if written.group == "" else _THOUSANDS
    return any(_as_precise(claimed, written.amount * scale, written.step * scale) for scale in scales)


def _as_precise(claimed: Value, theirs: Fraction, step: Fraction) -> bool:
    return theirs == claimed.amount or (claimed.step > step and abs(theirs - claimed.amount) < claimed.step)


def derived(value: Value, shown: Sequence[Value]) -> bool:
    """Whether a value follows from two of the evidence's: a sum, a difference or a ratio."""
    if value.kind not in _RECKONED:
        return False
    cells = [other for other in shown if other.kind in _RECKONED][:_MAX_CELLS]
    return any(_from_two(value, one, two) for one, two in combinations(cells, 2) if one.group == two.group)


def _from_two(value: Value, one: Value, two: Value) -> bool:
    if value.kind is Kind.SHARE or value.group == "times":
        return _is_ratio(value, one, two)
    if value.number <= SMALL_COUNT or (value.group not in (one.group, "") and one.group != ""):
        return False
    close = value.step / 2 if value.step > max(one.step, two.step) else Fraction(0)
    mine = value.amount if one.group else value.number
    results = (one.amount + two.amount, abs(one.amount - two.amount))
    return any(abs(result * scale - mine) <= close for result in results for scale in _SCALES if result)


def _is_ratio(value: Value, one: Value, two: Value) -> bool:
    """A share that is one value over another, or the change between them, as written with its digits."""
    close = _IN_WORDS if value.step == 0 else max(Fraction(1, 2000), value.amount * Fraction(6, 1000))
    for above, below in ((one.amount, two.amount), (two.amount, one.amount)):
        if above > 1 and below > 1:
            ratio = above / below
            if min(abs(ratio - value.amount), abs(abs(ratio - 1) - value.amount)) <= close:
                return True
    return False
