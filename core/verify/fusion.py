"""Features to risks: two small logistic models whose weights may only push to their stated side, calibrated.

The weights lie in ``resources/verifier/calibration.json``, written by ``training/fit_fusion.py``: one set a
mode (``full`` with the checker, ``lexical`` without), each with the thresholds of the levels.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import VerifierError
from core.settings import RESOURCES
from core.verify.features import SIGNS

CALIBRATION_FILE = RESOURCES / "verifier" / "calibration.json"
# name -> side, as SIGNS for claims
ANSWER_SIGNS: Mapping[str, int] = {"soft_mean": 1, "worst_two": 1, "mean": 1, "count": 1, "uncovered": 1}
_DOUBT_WEIGHT = 1.5


class Mode(StrEnum):
    """Which signals there are: each mode has coefficients of its own."""

    FULL = "full"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model with named weights and a calibration curve over its result (pairs, both rising)."""

    intercept: float
    weights: Mapping[str, float]
    curve: tuple[tuple[float, float], ...]

    def risk(self, named: Mapping[str, float], push: float = 0.0) -> float:
        """The calibrated probability; ``push`` (never negative) is added before it is squashed."""
        assert push >= 0
        total = self.intercept + push + sum(weight * named[name] for name, weight in self.weights.items())
        return _along(self.curve, 1 / (1 + math.exp(-total)))


@dataclass(frozen=True, slots=True)
class Fusion:
    """The fitted models of one mode, and from which answer risk on a level begins."""

    mode: Mode
    claim: Logistic
    answer: Logistic
    medium_from: float
    high_from: float
    base_risk: float

    def claim_risk(self, named: Mapping[str, float], doubt: float = 0.0) -> float:
        """The probability that a claim is unsupported; the writer's own doubt can only raise it.

        ``doubt`` is 0 to 2: of its tokens, and the share of its further answers that do not say the claim.
        """
        return self.claim.risk(named, _DOUBT_WEIGHT * max(0.0, doubt))

    def answer_risk(self, risks: Sequence[float], uncovered: float) -> float:
        """The probability that an answer holds an unsupported claim, from the risks of its claims."""
        return self.answer.risk(answer_features(risks, uncovered)) if risks else self.base_risk


def answer_features(risks: Sequence[float], uncovered: float) -> dict[str, float]:
    """The features of an answer. ``uncovered`` is the share of its claims that could not be checked."""
    logits = sorted((logit(risk) for risk in risks), reverse=True)
    return {
        "soft_mean": math.log(sum(math.exp(value) for value in logits) / len(logits)),
        "worst_two": sum(logits[:2]) / len(logits[:2]),
        "mean": sum(logits) / len(logits),
        "count": math.log(len(logits)),
        "uncovered": uncovered,
    }


def logit(probability: float) -> float:
    """Log odds, bounded so that a certainty stays a number."""
    clipped = min(max(probability, 0.005), 0.995)
    return math.log(clipped / (1 - clipped))


def _along(curve: Sequence[tuple[float, float]], x: float) -> float:
    """The calibration curve at ``x``, straight between its points."""
    before = curve[0]
    if x <= before[0]:
        return before[1]
    for point in curve[1:]:
        if x <= point[0]:
            share = (x - before[0]) / (point[0] - before[0])
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]


@cache
def load_fusion(mode: Mode, path: Path = CALIBRATION_FILE) -> Fusion:
    """The fitted models of a mode.

    Raises VerifierError ``calibration_missing`` when the file is absent, ``calibration_damaged`` when it
    is not what was written, holds an unknown feature, or a weight on the wrong side.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))["modes"][mode.value]
        fusion = Fusion(
            mode=mode,
            claim=_logistic(stored["claim"], SIGNS),
            answer=_logistic(stored["answer"], ANSWER_SIGNS),
            medium_from=float(stored["levels"]["medium_from"]),
            high_from=float(stored["levels"]["high_from"]),
            base_risk=float(stored["base_risk"]),
        )
    except FileNotFoundError as error:
        raise VerifierError("calibration_missing", path=str(path)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise VerifierError("calibration_damaged", path=str(path)) from error
    return fusion


def _logistic(stored: Mapping[str, Any], signs: Mapping[str, int]) -> Logistic:
    weights = {str(name): float(weight) for name, weight in stored["weights"].items()}
    for name, weight in weights.items():
        if signs[name] * weight < 0:
            raise ValueError(name)
    curve = tuple((float(x), float(y)) for x, y in stored["curve"])
    if not curve or any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(curve)):
        raise ValueError("curve")
    return Logistic(float(stored["intercept"]), weights, curve)
