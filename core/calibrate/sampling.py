"""Draws claims for labelling: at random, or with known probabilities that are weighted away afterwards.

Claims that were picked because they looked interesting would make every figure and the guarantee void. The
weighted draw takes each claim independently with a probability that grows with its risk (Poisson sampling),
so that more of the few unsupported claims are among the labelled ones; each drawn claim then counts by one
over its probability (Horvitz and Thompson, 1952).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.audit import now
from core.calibrate.pool import Candidate, pool_of
from core.errors import CalibrationError
from core.store import calibration
from core.store.calibration import StoredItem, StoredSample
from core.store.database import Library

SMALLEST, USUAL, LARGEST = 10, 60, 400
_LEAST = 0.25  # a claim without any risk is drawn so often for every claim that is certainly wrong


class Method(StrEnum):
    """How claims are drawn."""

    RANDOM = "random"
    WEIGHTED = "weighted"


def draw(
    library: Library,
    verifier: str,
    *,
    who: str,
    size: int = USUAL,
    method: Method = Method.RANDOM,
    seed: int | None = None,
) -> StoredSample:
    """Draw about ``size`` claims that were never drawn before, and keep them. ``seed`` repeats a draw.

    Raises CalibrationError ``calibration_size`` for a size out of bounds, ``calibration_no_claims`` when
    no claim is left to draw from.
    """
    if not SMALLEST <= size <= LARGEST:
        raise CalibrationError("calibration_size", low=SMALLEST, high=LARGEST)
    seed = secrets.randbelow(2**31) if seed is None else seed
    with library.writing():
        taken = {(item.answer_id, item.claim) for item in calibration.items(library)}
        pool = pool_of(library, verifier)
        free = [one for one in pool.candidates if (one.answer_id, one.claim) not in taken]
        if not free:
            raise CalibrationError("calibration_no_claims", elsewhere=pool.elsewhere, taken=len(taken))
        chosen, weights, heaviest = _choose(free, size, method, seed)
        sample = StoredSample(0, now(), who, method.value, seed, verifier, len(free), heaviest)
        items = [
            StoredItem(0, at, one.answer_id, one.claim, one.risk, one.answer_risk, weight)
            for at, (one, weight) in enumerate(zip(chosen, weights, strict=True))
        ]
        return calibration.add_sample(library, sample, items)


def _choose(
    free: Sequence[Candidate], size: int, method: Method, seed: int
) -> tuple[list[Candidate], list[float], float]:
    """The drawn claims in a random order, their weights, and the heaviest weight that could have been."""
    random = np.random.default_rng(seed)
    if method is Method.RANDOM or len(free) <= size:
        order = random.permutation(len(free))[:size]
        return [free[at] for at in order], [1.0] * len(order), 1.0
    wanted = _wanted(np.array([one.risk for one in free]))
    scale = size / float(wanted.sum())  # so that `size` claims are expected
    shares = np.minimum(1.0, wanted * scale)
    order = random.permutation(np.flatnonzero(random.random(len(free)) < shares))
    even = size / len(free)  # a claim drawn as often as at random weighs 1
    weights = [float(even / shares[at]) for at in order]
    return [free[at] for at in order], weights, even / (_LEAST * scale)


def _wanted(risks: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each claim up to a common factor."""
    return _LEAST + (1 - _LEAST) * risks
