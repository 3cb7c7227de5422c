from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calibrate.intervals import beta_below, clopper_pearson, rate


def at_most(hits: int, count: int, share: float) -> float:
    return sum(comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(hits + 1))


@given(st.integers(1, 60), st.data())
def test_the_ends_are_where_the_binomial_tails_reach_the_rest(count: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, count))
    low, high = clopper_pearson(hits, count, 0.95)
    assert low <= hits / count <= high
    if hits:
        assert 1 - at_most(hits - 1, count, low) == pytest.approx(0.025, abs=1e-6)
    if hits < count:
        assert at_most(hits, count, high) == pytest.approx(0.025, abs=1e-6)


def test_no_hits_among_many_still_leave_room() -> None:
    low, high = clopper_pearson(0, 20, 0.95)
    assert (low, high) == (0.0, pytest.approx(1 - 0.025 ** (1 / 20)))


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (2, 3), (30.5, 4.2)])
def test_the_beta_function_mirrors_itself(a: float, b: float) -> None:
    for x in (0.01, 0.3, 0.5, 0.97):
        assert beta_below(x, a, b) == pytest.approx(1 - beta_below(1 - x, b, a), abs=1e-12)
    assert beta_below(0.3, 1, 1) == pytest.approx(0.3)


def test_unequal_weights_widen_the_interval() -> None:
    hits = [True, False] * 10
    plain = rate(hits, [1.0] * 20)
    weighted = rate(hits, [1.0, 1.0, 5.0, 5.0] * 5)
    assert plain.share == weighted.share == 0.5
    assert weighted.high - weighted.low > plain.high - plain.low
    assert rate(hits, [7.0] * 20) == plain


def test_without_cases_anything_is_possible() -> None:
    assert (rate([], []).low, rate([], []).high) == (0.0, 1.0)
