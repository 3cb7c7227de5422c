"""What a run tells while it works, and how long it will still take."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.assistant.events import Event
from core.pilot.types import RunModel, RunRow, Variant


@dataclass(frozen=True, slots=True)
class Began:
    """The run is open: so many rows are there of all."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The passages of one question are kept, for every model."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Working:
    """Something happened within one answer; sent at least every 100 ms, so that the run can be paused."""

    question: int
    model: str
    variant: Variant
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class RowDone:
    """A row is on disk. ``seconds_left`` is an estimate, None before the first answer."""

    row: RunRow
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class AnswerKept:
    """An answer is on disk, to be checked with all others; so many are ``left`` to write."""

    question: int
    model: str
    variant: Variant
    left: int


@dataclass(frozen=True, slots=True)
class ModelReady:
    """A model has been loaded."""

    model: RunModel


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing is left to do; ``failed`` rows have a reason instead of an answer."""

    done: int
    failed: int


RunEvent = Began | LookedUp | Working | RowDone | AnswerKept | ModelReady | Ended


@dataclass(slots=True)
class Clock:
    """How long rows take, by model; a model that has not begun is taken to be as slow as all so far."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, model: str, seconds: float) -> None:
        """Note the time of one row."""
        self.seconds.setdefault(model, []).append(seconds)

    def left(self, pending: dict[str, int]) -> float | None:
        """Seconds for so many rows of each model; None before anything was timed."""
        every = [value for values in self.seconds.values() for value in values]
        if not every:
            return None
        usual = sum(every) / len(every)
        return sum(count * self._usual(model, usual) for model, count in pending.items())

    def _usual(self, model: str, otherwise: float) -> float:
        """The mean of the last answers: a machine that has become busy shows at once."""
        own = self.seconds.get(model, [])[-20:]
        return sum(own) / len(own) if own else otherwise
