"""From risks to levels: where medium and high begin, and what keeps an answer from being low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.settings import Settings
from core.types import Level, Verdict
from core.verify.fusion import Fusion
from core.verify.policy import SHIPPED, Calibration
from core.verify.rules import STRONG, Rule

_CLASHES = tuple(sorted(rule.value for rule in STRONG))  # a reason's code may go on: _on_page, _in


@dataclass(frozen=True, slots=True)
class Policy:
    """How far to look and where the levels begin; None leaves a threshold as it was calibrated.

    ``calibration`` is the customer's own; ``outdated`` says that there is one which does not fit this
    verifier and is not used.
    """

    windows: int = 3
    medium_from: float | None = None
    high_from: float | None = None
    calibration: Calibration = SHIPPED
    outdated: bool = False

    @classmethod
    def from_settings(
        cls, settings: Settings, calibration: Calibration = SHIPPED, *, outdated: bool = False
    ) -> Policy:
        """The policy that the settings ask for; -1 there means as calibrated."""
        return cls(
            medium_from=settings.medium_from if settings.medium_from >= 0 else None,
            high_from=settings.high_from if settings.high_from >= 0 else None,
            calibration=calibration,
            outdated=outdated,
        )


def thresholds(fusion: Fusion, policy: Policy) -> tuple[float, float]:
    """From which risks, as shown, medium and high begin: the settings, the policy, what was shipped."""
    of = policy.calibration
    hold = of.shown(fusion.medium_from if of.hold_from is None else of.hold_from)
    medium = hold if policy.medium_from is None else policy.medium_from
    high = of.shown(fusion.high_from) if policy.high_from is None else policy.high_from
    return medium, max(medium, high)


def max_level(one: Level, other: Level) -> Level:
    """The graver of two levels."""
    order = list(Level)
    return max(one, other, key=order.index)


def never_low(verdict: Verdict, reasons: Sequence[str]) -> bool:
    """Whether a claim keeps its answer from passing whatever its risk: it could not be checked, documents
    disagree, an exact rule contradicts it (one wrong figure among right sentences), or it is borne out by a
    document about something else.
    """
    held = (Verdict.CONFLICTING, Verdict.COULD_NOT_CHECK)
    clashes = verdict is Verdict.CONTRADICTED and any(reason.startswith(_CLASHES) for reason in reasons)
    return verdict in held or clashes or Rule.SUBJECT_DIFFERS.value in reasons
