"""What answers cost: time, tokens and energy, for each answer and for each accepted one, the checking apart.

Energy comes from the machine's counters where every answer has it, else it is power × seconds, with the power
that the settings give or one that is assumed. Which of the two goes with the number wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.pilot.types import RunRow
from core.settings import Settings

ASSUMED_WATTS = 65.0  # a desktop processor at work, without a graphics card
_JOULES_PER_WH = 3600.0


@dataclass(frozen=True, slots=True)
class Energy:
    """Watt-hours of one answer. ``watts`` is the power that was assumed, None where counters measured it."""

    wh: float
    watts: float | None


@dataclass(frozen=True, slots=True)
class Spent:
    """Means over the answers of one model: seconds by what was done, tokens, energy; failed rows are not in.

    ``checking_share`` is the verifier's share of the seconds, and so of the energy as far as can be told.
    """

    answers: int
    reading: float
    writing: float
    checking: float
    prompt_tokens: float
    answer_tokens: float
    energy: Energy

    @property
    def seconds(self) -> float:
        """Of one answer, once the model is loaded."""
        return self.reading + self.writing + self.checking

    @property
    def checking_share(self) -> float:
        """The verifier's share of the seconds, 0..1."""
        return self.checking / self.seconds if self.seconds else 0.0


def spent(rows: Sequence[RunRow], settings: Settings) -> Spent:
    """What the answers among these rows took. Raises ValueError where there is none."""
    done = [row.timing for row in rows if row.done]
    if not done:
        raise ValueError("no answers")
    count = len(done)
    reading = sum(timing.reading for timing in done) / count
    writing = sum(timing.writing for timing in done) / count
    checking = sum(timing.checking for timing in done) / count
    joules = [timing.joules for timing in done if timing.joules is not None]
    return Spent(
        answers=count,
        reading=reading,
        writing=writing,
        checking=checking,
        prompt_tokens=sum(timing.prompt_tokens for timing in done) / count,
        answer_tokens=sum(timing.answer_tokens for timing in done) / count,
        energy=_energy(joules, count, reading + writing + checking, settings),
    )


def _energy(joules: Sequence[float], answers: int, seconds: float, settings: Settings) -> Energy:
    if len(joules) == answers:
        return Energy(sum(joules) / answers / _JOULES_PER_WH, None)
    watts = settings.machine_watts or ASSUMED_WATTS
    return Energy(watts * seconds / _JOULES_PER_WH, watts)


def electricity(wh: float, settings: Settings) -> float:
    """The price of so many watt-hours."""
    return wh / 1000 * settings.price_kwh


def per_accepted(amount: float, accepted: float) -> float | None:
    """An amount for each answer turned into one for each accepted answer, by the share that is accepted."""
    return amount / accepted if accepted > 0 else None


def monthly_hardware(settings: Settings) -> float:
    """The computer's price spread over the months of its write-off."""
    return settings.hardware_price / settings.write_off_months
