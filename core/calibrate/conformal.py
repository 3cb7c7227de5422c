"""The threshold for a wished miss rate, with a guarantee that holds for any finite number of labels.

Conformal risk control (Angelopoulos, Bates, Fisch, Lei and Schuster, ICLR 2024): with n losses bounded by B,
the largest threshold for which (n·R̂ + B) / (n + 1) ≤ α keeps the expected loss of the next case at α or
below, whatever the distribution, as long as the next case is drawn like the labelled ones. Here a case is a
claim that the documents do not support and the loss is 1 where its answer would pass: n counts the claims
that were found unsupported, and α bounds the miss rate among them. Claims drawn with known, unequal
probabilities enter by their weights (Tibshirani, Foygel Barber, Candès and Ramdas, NeurIPS 2019); the next
case is given the heaviest weight that the draw allows, which can only make the threshold more cautious.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def bound(missed: float, total: float, heaviest: float = 1.0) -> float:
    """The guaranteed miss rate: ``missed`` of the ``total`` weight of unsupported claims would pass."""
    return (missed + heaviest) / (total + heaviest)


def threshold(
    risks: Sequence[float], weights: Sequence[float], wished: float, heaviest: float = 1.0
) -> float | None:
    """The largest risk from which to hold so that the guaranteed miss rate is at most ``wished``.

    ``risks`` and ``weights`` are those of the claims found unsupported. None: they are too few for it, even
    if none of them were missed. Risks from the threshold on are held, so that a claim of exactly that risk
    is no miss; 1.0 and more: nothing needs to be held.
    """
    total = sum(weights)
    if bound(0.0, total, heaviest) > wished:
        return None
    missed = 0.0
    for risk, weight in sorted(zip(risks, weights, strict=True)):
        if bound(missed + weight, total, heaviest) > wished:
            return risk
        missed += weight
    return 1.0


def guaranteed(
    risks: Sequence[float], weights: Sequence[float], held_from: float, heaviest: float = 1.0
) -> float:
    """The bound that a threshold chosen beforehand keeps on the expected miss rate."""
    missed = sum(weight for risk, weight in zip(risks, weights, strict=True) if risk < held_from)
    return bound(missed, sum(weights), heaviest)


def unsupported_needed(wished: float, heaviest: float = 1.0, mean_weight: float = 1.0) -> int:
    """How many unsupported claims must be among the labelled ones before ``wished`` can be promised."""
    return math.ceil(heaviest * (1 - wished) / wished / mean_weight - 1e-9)
