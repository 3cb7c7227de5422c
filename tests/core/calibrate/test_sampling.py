from __future__ import annotations

import sqlite3
from collections.abc import Callable

import numpy as np
import pytest

from core import audit
from core.calibrate.analysis import present_verifier
from core.calibrate.pool import ALWAYS_HELD, pool_of
from core.calibrate.sampling import Method, draw
from core.errors import CalibrationError
from core.store import calibration
from core.store.database import Library
from core.types import Verdict
from core.verify.policy import Calibration

Fill = Callable[..., list[str]]


def drawn(library: Library, **options: object) -> tuple[calibration.StoredItem, ...]:
    sample = draw(library, present_verifier(), who="Ann", **options)  # type: ignore[arg-type]
    return calibration.items(library, sample.id)


def test_every_claim_has_the_same_chance(library: Library, fill: Fill) -> None:
    fill(list(np.linspace(0.05, 0.95, 40)))
    items = drawn(library, size=15, seed=3)
    assert len(items) == 15
    assert {item.weight for item in items} == {1.0}
    assert calibration.samples(library)[0].pool == 40


def test_a_seed_repeats_a_draw(tmp_path: object, library: Library, fill: Fill) -> None:
    ids = fill([0.5] * 40)
    first = {item.answer_id for item in drawn(library, size=10, seed=7)}
    order = np.random.default_rng(7).permutation(40)[:10]
    assert first == {ids[at] for at in order}


def test_no_claim_is_drawn_twice(library: Library, fill: Fill) -> None:
    fill([0.5] * 15)
    first, second = drawn(library, size=10, seed=1), drawn(library, size=10, seed=1)
    assert len(second) == 5
    assert not {item.answer_id for item in first} & {item.answer_id for item in second}
    with pytest.raises(CalibrationError, match="calibration_no_claims"):
        drawn(library)


def test_weights_undo_a_weighted_draw(library: Library, fill: Fill) -> None:
    """Risky claims are drawn more often; weighted by one over the chance they count as in the whole."""
    risks = np.random.default_rng(1).beta(1, 3, 400)
    fill(list(risks))
    items = drawn(library, size=120, method=Method.WEIGHTED, seed=5)
    mean = np.mean([item.risk for item in items])
    weighted = np.average([item.risk for item in items], weights=[item.weight for item in items])
    assert mean > risks.mean() + 0.03
    assert weighted == pytest.approx(risks.mean(), abs=0.03)
    assert max(item.weight for item in items) <= calibration.samples(library)[0].heaviest


@pytest.mark.parametrize("size", [0, 9, 401])
def test_a_size_out_of_bounds_is_refused(library: Library, fill: Fill, size: int) -> None:
    fill([0.5] * 20)
    with pytest.raises(CalibrationError, match="calibration_size"):
        drawn(library, size=size)


def test_other_versions_and_erased_answers_are_left_out(library: Library, fill: Fill) -> None:
    ids = fill([0.5] * 3)
    fill([0.5] * 2, verifier="another")
    audit.erase(library, ids[0], who="Ann", reason="asked to")
    pool = pool_of(library, present_verifier())
    assert {one.answer_id for one in pool.candidates} == set(ids[1:])
    assert (len(pool.answers), pool.elsewhere) == (2, 2)


def test_what_no_threshold_lets_pass_counts_as_held(library: Library, fill: Fill) -> None:
    fill([0.2], verdict=Verdict.CONFLICTING)
    fill([0.2], verdict=Verdict.COULD_NOT_CHECK)
    fill([0.0], verdict=Verdict.NO_CLAIM)
    pool = pool_of(library, present_verifier())
    assert [one.answer_risk for one in pool.candidates] == [ALWAYS_HELD]
    assert pool.answers == (ALWAYS_HELD, ALWAYS_HELD)


def test_risks_are_read_as_shipped_whatever_policy_showed_them(library: Library, fill: Fill) -> None:
    of = Calibration("mine", 1, "ab", present_verifier(), shift=-0.7, slope=1.4, hold_from=0.3)
    fill([of.shown(0.4)], policy=of.record())
    (one,) = pool_of(library, present_verifier()).candidates
    assert (one.risk, one.answer_risk) == pytest.approx((0.4, 0.4), abs=1e-4)


@pytest.mark.parametrize("table", ["calibration_samples", "calibration_items", "policies", "policy_uses"])
def test_rows_are_never_changed(library: Library, fill: Fill, table: str) -> None:
    fill([0.5] * 12)
    drawn(library, size=10)
    policy = calibration.add_policy(library, "mine", "Ann", audit.now(), "{}", "ab")
    calibration.add_use(library, calibration.StoredUse(policy.id, audit.now(), "Ann", ""))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        library.db.execute(f"delete from {table}")
