"""What other thresholds would have let through: the stored answers' risks, told again under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.encoders.checker import Checker
from core.errors import LibraryError
from core.store import answers
from core.store.database import Library
from core.types import Check, Level, Verdict
from core.verify.fusion import Mode, load_fusion
from core.verify.levels import Policy, max_level, never_low, thresholds
from core.verify.policy import in_use, verifier_identity

_NEVER_LOW = frozenset({"no_evidence", "some_unchecked", "cut_off", "refused_but_found"})


@dataclass(frozen=True, slots=True)
class PastRisk:
    """An answer's risk as it was shown, its level, and the least level that any threshold leaves it."""

    risk: float
    level: Level
    least: Level = Level.LOW


@dataclass(frozen=True, slots=True)
class Past:
    """The newest answers, and from which risks medium and high begin where nobody set a threshold."""

    risks: tuple[PastRisk, ...]
    medium_from: float
    high_from: float


def past(library: Library, limit: int = 1000) -> Past:
    """The newest answers that were not erased, with the thresholds that hold without the user's own.

    Raises VerifierError when the calibration is damaged.
    """
    calibration, _ = in_use(library, verifier_identity(Checker.shipped_identity()))
    fusion = load_fusion(Mode.FULL if Checker.shipped() else Mode.LEXICAL)
    medium, high = thresholds(fusion, Policy(calibration=calibration))
    return Past(tuple(_risks(library, limit)), medium, high)


def under(risks: Iterable[PastRisk], medium_from: float, high_from: float) -> Counter[Level]:
    """How many answers would have come out at each level; only those at ``LOW`` may be used unreviewed."""
    return Counter(
        max_level(each.least, _level(each.risk, medium_from, max(medium_from, high_from))) for each in risks
    )


def _level(risk: float, medium: float, high: float) -> Level:
    return Level.HIGH if risk >= high else Level.MEDIUM if risk >= medium else Level.LOW


def _risks(library: Library, limit: int) -> Iterator[PastRisk]:
    for row in answers.list_answers(library, limit=limit):
        if row.erased:
            continue
        try:
            check = answers.load_answer(library, row.id).check
        except LibraryError:
            continue  # its text is damaged: the history says so where it is opened
        yield PastRisk(check.risk, check.level, _least(check))


def _least(check: Check) -> Level:
    """The level that an answer has whatever its risk: something in it was not or could not be checked."""
    codes = {reason.code for reason in check.reasons}
    if "no_evidence" in codes:
        return Level.HIGH
    stated = [claim for claim in check.claims if claim.verdict is not Verdict.NO_CLAIM]
    bound = codes & _NEVER_LOW or any(
        never_low(claim.verdict, [reason.code for reason in claim.reasons]) for claim in stated
    )
    return Level.MEDIUM if bound else Level.LOW
