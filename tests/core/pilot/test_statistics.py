from __future__ import annotations

import math

import pytest

from core.pilot.statistics import (
    TestErrors,
    claim_share,
    holm,
    mcnemar,
    mean,
    rogan_gladen,
    share,
    sign_flips,
)


def test_wilsons_interval_has_the_textbook_bounds() -> None:
    found = share(15, 50)
    assert found.value == 0.3
    assert (round(found.low, 4), round(found.high, 4)) == (0.191, 0.4375)


def test_none_and_all_keep_their_doubt() -> None:
    assert (share(0, 16).low, round(share(0, 16).high, 3)) == (0.0, 0.194)
    assert (round(share(64, 64).low, 3), share(64, 64).high) == (0.943, 1.0)
    assert claim_share([0, 0, 0], [2, 1, 4]).high > 0.4


def test_a_bootstrap_is_the_same_each_time_and_holds_the_mean() -> None:
    values = [1.0, 2.0, 4.0, 8.0, 16.0]
    found = mean(values)
    assert found == mean(values)
    assert found.low < found.value == 6.2 < found.high


def test_a_bootstrap_has_the_bounds_of_the_textbook_for_many() -> None:
    """A mean of 400 tosses: 0.5 ± 1.96 standard errors of 0.025, give or take what 2,000 resamples blur."""
    found = mean([0.0, 1.0] * 200)
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.005)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.005)


def test_claims_of_one_answer_are_drawn_together() -> None:
    together = claim_share([10, 0], [10, 10])
    apart = claim_share([1] * 10 + [0] * 10, [1] * 20)
    assert together.value == apart.value == 0.5
    assert together.high - together.low > apart.high - apart.low


def test_an_imperfect_test_is_corrected() -> None:
    """A test with misses of 0.2 and false alarms of 0.1 flags 0.1 + 0.7 p: 38 of 100 flagged are p = 0.4."""
    found = rogan_gladen(38, 100, TestErrors(0.2, 0.1, 10_000, 10_000))
    assert found is not None
    assert found.value == pytest.approx(0.4)
    assert 0.26 < found.low < 0.29
    assert 0.52 < found.high < 0.56


def test_a_corrected_share_at_the_edge_is_not_certain() -> None:
    found = rogan_gladen(61, 62, TestErrors(0.12, 0.6, 600, 600))
    assert found is not None
    assert found.value == found.high == 1.0
    assert 0.6 < found.low < 0.99


def test_a_test_that_tells_nothing_corrects_nothing() -> None:
    assert rogan_gladen(30, 60, TestErrors(0.5, 0.5, 100, 100)) is None
    assert rogan_gladen(30, 60, TestErrors(0.45, 0.5, 20, 20)) is None
    assert rogan_gladen(0, 0, TestErrors(0.1, 0.1, 100, 100)) is None


def test_mcnemar_is_the_binomial_tail() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 5) == 1.0
    assert mcnemar(1, 9) == pytest.approx(2 * (1 + 10) / 1024)
    assert mcnemar(9, 1) == mcnemar(1, 9)
    assert mcnemar(2_500, 2_500) == 1.0  # as many pairs as a set may have questions
    assert 0.0 < mcnemar(2_400, 2_600) < 0.01


def test_sign_flips_are_exact_for_few_pairs_and_close_for_many() -> None:
    assert sign_flips([1.0] * 5) == pytest.approx(2 / 32)
    assert sign_flips([0.0, 0.0]) == 1.0
    assert sign_flips([1.0, -1.0] * 20) == 1.0
    assert 0.0 < sign_flips([1.0] * 20) < 0.001  # drawn patterns never prove an impossibility


def test_holm_adjusts_in_order_and_never_beyond_one() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert math.isclose(holm([0.02])[0], 0.02)
