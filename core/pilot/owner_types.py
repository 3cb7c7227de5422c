"""The nouns of the owner's page: who judged, what a question costs, what speaks for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.pilot.cost import Spent
from core.pilot.statistics import Interval, share
from core.settings import Settings
from core.types import Param

PASSED = 10  # answers that must have passed before a share of them is told


class Source(StrEnum):
    """Who judged the answers."""

    PEOPLE = "by_people"
    LIBRARY = "by_library"
    GATE = "by_gate"


class Advice(StrEnum):
    """What the numbers advise."""

    GO = "go"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of answers. ``minutes`` is the reviewer's time for one answer, over all of them."""

    source: Source
    as_is: int
    edited: int
    rejected: int
    minutes: float
    undecided: int = 0

    @property
    def accepted(self) -> Interval:
        """The share that could be used, as is or after an edit."""
        return share(self.as_is + self.edited, self.total)

    @property
    def total(self) -> int:
        """All answers that were judged; the undecided count as not accepted."""
        return self.as_is + self.edited + self.rejected + self.undecided


@dataclass(frozen=True, slots=True)
class PerQuestion:
    """The cost of one question, by its parts."""

    work: float
    review: float
    electricity: float
    missed: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.work + self.review + self.electricity + self.missed


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, in words under ``owner.reason.<code>``, and what it speaks for."""

    code: str
    params: Mapping[str, Param]
    advice: Advice


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """Everything that the page shows. ``missed`` is the share of passed answers that hold an error.

    ``break_even`` is the number of answers a month from which the computer pays, None where it never does.
    """

    model: str
    set_name: str
    created_at: str
    questions: int
    settings: Settings
    spent: Spent
    judged: Judged
    missed: Interval | None
    by_hand: PerQuestion
    with_tool: PerQuestion
    fixed: float
    break_even: int | None
    advice: Advice
    reasons: tuple[Why, ...]


def money(amount: float, settings: Settings) -> str:
    """An amount with its currency; small ones with the digits that count."""
    digits = 2 if amount == 0 or abs(amount) >= 0.01 else 4
    return f"{settings.currency} {amount:,.{digits}f}"
