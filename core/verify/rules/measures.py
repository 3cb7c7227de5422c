"""What a value is: its kind, its amount in a base unit, and when two values may be the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.verify.rules.day import Day


class Kind(StrEnum):
    """What a value measures."""

    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    MEASURE = "measure"
    DATE = "date"
    TIME = "time"
    CODE = "code"


class Bound(StrEnum):
    """Which side of a value a statement leaves open."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a text. ``amount`` is in the base unit of ``group``; ``day`` is set for dates only.

    ``number`` is the bare number as written, and ``step`` the unit of its last digit, in the base unit (0
    where it was written in words, percentages apart). ``passing`` marks a unit without a number ("within a
    month"), which may be a manner of speaking.
    """

    kind: Kind
    group: str
    amount: Fraction
    text: str
    start: int
    end: int
    day: Day | None = None
    bound: Bound | None = None
    open_half: bool = False
    number: Fraction = Fraction(0)
    step: Fraction = Fraction(0)
    passing: bool = False

    def comparable(self, other: Value) -> bool:
        """Whether both measure the same thing, so that they can differ."""
        if self.day is not None and other.day is not None:
            return self.day.comparable(other.day)
        if self.kind is Kind.CODE or other.kind is Kind.CODE:
            return self.kind is other.kind and self.group == other.group
        return self.group == other.group or {self.group, other.group} in _LOOSELY_COMPARABLE

    def agrees(self, other: Value) -> bool:
        """Whether the two may be the same value."""
        if self.day is not None and other.day is not None:
            return self.day.comparable(other.day) and self.day.agrees(other.day)
        if self.day is not None or other.day is not None:
            return _year_or_count(self, other)
        if self.group != other.group:
            return _across(self, other)
        return _same_time(self, other) if self.kind is Kind.TIME else self.amount == other.amount


_LOOSELY_COMPARABLE = ({"days", "months"}, {"days", "workdays"})
_UNITLESS = ({"", "share"}, {"", "money:"})


def kind_of(group: str) -> Kind:
    """The kind of what is measured in a group's units."""
    if group.startswith("money"):
        return Kind.MONEY
    known = {
        "": Kind.NUMBER,
        "share": Kind.SHARE,
        "days": Kind.DURATION,
        "months": Kind.DURATION,
        "workdays": Kind.DURATION,
    }
    return known.get(group, Kind.MEASURE)


def _across(one: Value, other: Value) -> bool:
    """Whether values of two groups may be the same."""
    pair = {one.group, other.group}
    if pair == {"days", "months"}:
        return _days_and_months(one, other)
    if pair == {"rebate", "share"}:  # 七折 is 70 % of the price and 30 % off it
        return other.amount in (one.amount, 1 - one.amount)
    return pair in _UNITLESS and one.amount == other.amount


def _year_or_count(one: Value, other: Value) -> bool:
    """A bare 2000 may be a year on one side and a number of people on the other."""
    dated, plain = (one, other) if one.day is not None else (other, one)
    assert dated.day is not None
    bare = len(dated.text) == 4 and dated.day.year is not None
    return bare and plain.group == "" and plain.amount == dated.day.year


def _same_time(one: Value, other: Value) -> bool:
    if one.amount % 1440 == other.amount % 1440:  # 24:00 is 0:00
        return True
    return (one.open_half or other.open_half) and abs(one.amount - other.amount) == 720


def _days_and_months(one: Value, other: Value) -> bool:
    """Whether a number of days may be a number of months (28 to 31 days each, a year 365 or 366)."""
    days, months = (one, other) if one.group == "days" else (other, one)
    whole_years, rest = divmod(months.amount, 12)
    least = whole_years * 360 + rest * 28
    most = whole_years * 366 + rest * 31
    return least <= days.amount <= most
