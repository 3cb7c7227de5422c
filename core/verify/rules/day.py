"""A date as far as a text names it, and when two such dates agree."""

from __future__ import annotations

from dataclasses import dataclass

from core.verify.rules.number_words import ZH_NUMERAL, chinese_value

YEAR = r"(?:1[5-9]\d\d|20\d\d)"  # a year in a pattern


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as the text names it. ``swapped``: day and month may stand the other way round."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    swapped: bool = False
    half: int | None = None

    def agrees(self, other: Day) -> bool:
        """Whether nothing that both name differs."""
        if self.swapped or other.swapped:
            return any(a._same(b) for a in self._readings() for b in other._readings())
        return self._same(other)

    def _same(self, other: Day) -> bool:
        mine, theirs = self._parts(), other._parts()
        return all(mine[name] == theirs[name] for name in mine.keys() & theirs.keys())

    def _parts(self) -> dict[str, int]:
        named = {
            "year": self.year,
            "month": self.month,
            "day": self.day,
            "quarter": self.quarter,
            "half": self.half,
        }
        parts = {name: value for name, value in named.items() if value is not None}
        if self.month is not None:
            parts["quarter"] = (self.month + 2) // 3
        if "quarter" in parts:
            parts["half"] = (parts["quarter"] + 1) // 2
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


def number_of(token: str | int | None) -> int | None:
    """A part of a date as a number, written in digits or in Chinese."""
    if token is None or isinstance(token, int):
        return token
    if token.isascii() and token.isdigit():
        return int(token)
    value = chinese_value(token) if all(char in ZH_NUMERAL for char in token) else None
    return int(value) if value is not None else None
