from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calibrate import conformal

RISKS = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@given(RISKS, st.floats(0.02, 0.5))
def test_the_threshold_is_the_largest_that_keeps_the_bound(risks: list[float], wished: float) -> None:
    ones = [1.0] * len(risks)
    found = conformal.threshold(risks, ones, wished)
    if found is None:
        assert conformal.bound(0.0, len(risks)) > wished
        return
    assert conformal.guaranteed(risks, ones, found) <= wished
    above = [risk for risk in risks if risk > found]
    if found < 1 and above:
        assert conformal.guaranteed(risks, ones, min(above)) > wished


@given(RISKS, st.floats(0.02, 0.4), st.floats(0.0, 0.3))
def test_a_stricter_wish_never_lets_more_pass(risks: list[float], wished: float, more: float) -> None:
    ones = [1.0] * len(risks)
    strict, loose = (conformal.threshold(risks, ones, wish) for wish in (wished, wished + more))
    assert strict is None or (loose is not None and strict <= loose)


def test_the_need_is_told_in_whole_claims() -> None:
    for wished, needed in ((0.05, 19), (0.1, 9), (0.2, 4)):
        assert conformal.unsupported_needed(wished) == needed
        assert conformal.threshold([0.9] * needed, [1.0] * needed, wished) is not None
        assert conformal.threshold([0.9] * (needed - 1), [1.0] * (needed - 1), wished) is None


@pytest.mark.parametrize("wished", [0.1, 0.2])
def test_the_promise_is_kept_on_new_claims(wished: float) -> None:
    """Over many simulated calibrations the mean miss rate on unseen claims stays at or below the wish, and
    not far below: a threshold that held everything would keep any promise.
    """
    random = np.random.default_rng(20)
    missed = []
    for _ in range(600):
        seen, unseen = random.beta(4, 2, 40), random.beta(4, 2, 400)
        found = conformal.threshold(seen.tolist(), [1.0] * 40, wished)
        assert found is not None
        missed.append(float((unseen < found).mean()))
    assert wished - 1 / 41 - 0.01 <= np.mean(missed) <= wished + 0.006  # three standard errors


def test_the_promise_is_kept_under_a_weighted_draw() -> None:
    """Claims drawn by risk look riskier than they are; their weights undo it, ignoring them breaks it."""
    random = np.random.default_rng(20)
    wished, weighted, ignored = 0.15, [], []
    for _ in range(600):
        all_claims = random.beta(3, 2, 300)
        chance = 0.25 + 0.75 * all_claims
        drawn = random.random(300) < chance * 0.3
        seen, weights = all_claims[drawn], (1 / chance[drawn])
        unseen = random.beta(3, 2, 400)
        found = conformal.threshold(seen.tolist(), weights.tolist(), wished, heaviest=4.0)
        naive = conformal.threshold(seen.tolist(), [1.0] * len(seen), wished)
        assert found is not None
        assert naive is not None
        weighted.append(float((unseen < found).mean()))
        ignored.append(float((unseen < naive).mean()))
    assert np.mean(weighted) <= wished + 0.006
    assert np.mean(ignored) > wished + 0.006
