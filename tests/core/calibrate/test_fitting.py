from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.calibrate.fitting import STEEPEST, Line, cross_fitted, fit_line, odds_of
from core.verify.policy import Calibration

NONE = np.array([])
CASES = st.integers(1, 50).flatmap(
    lambda n: st.tuples(
        hnp.arrays(np.float64, n, elements=st.floats(0, 1)),
        hnp.arrays(np.float64, n, elements=st.sampled_from([0.0, 1.0])),
        hnp.arrays(np.float64, n, elements=st.floats(0.1, 10)),
    )
)


def test_no_labels_change_nothing() -> None:
    assert fit_line(NONE, NONE, NONE) == Line(0.0, 1.0)
    line = Line()
    risks = np.linspace(0.001, 0.999, 50)
    assert line.along(risks) == pytest.approx(risks)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_the_order_of_risks_never_changes(cases: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    line = fit_line(*cases)
    assert 1 / STEEPEST - 1e-6 <= line.slope <= STEEPEST + 1e-6
    shown = [Calibration(shift=line.shift, slope=line.slope).shown(x) for x in np.linspace(0, 1, 41)]
    assert shown == sorted(shown)
    assert 0 <= shown[0] <= shown[-1] <= 1


@given(st.floats(-2, 2), st.floats(1 / STEEPEST, STEEPEST), st.floats(0.015, 0.985))
def test_the_way_back_is_found_from_six_digits(shift: float, slope: float, risk: float) -> None:
    of = Calibration(shift=shift, slope=slope)
    assert of.shipped(round(of.shown(risk), 6)) == pytest.approx(risk, abs=2e-3)


def test_what_was_distorted_is_found_again(random: np.random.Generator) -> None:
    """Risks told too high by one in log odds and twice too steep: 4,000 labels undo that almost entirely."""
    truth = random.beta(1, 2, 4000)
    told = 1 / (1 + np.exp(-(1.0 + 2.0 * odds_of(truth))))
    labels = (random.random(4000) < truth).astype(float)
    line = fit_line(told, labels, np.ones(4000))
    assert (line.shift, line.slope) == pytest.approx((-0.5, 0.5), abs=0.08)


def test_few_labels_move_little(random: np.random.Generator) -> None:
    few = fit_line(np.full(3, 0.5), np.ones(3), np.ones(3))
    many = fit_line(np.full(300, 0.5), np.ones(300), np.ones(300))
    assert 0 < few.shift < 1.5 < many.shift


def test_no_case_is_judged_by_a_line_that_has_seen_it() -> None:
    risks, labels = np.full(20, 0.5), np.array([1.0] * 10 + [0.0] * 10)
    groups = np.array([0] * 10 + [1] * 10)
    out = cross_fitted(risks, labels, np.ones(20), groups)
    assert out[:10].max() < 0.5 < out[10:].min()
