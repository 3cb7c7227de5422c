from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.sampling import Sampler, distribution

SCORES = np.log(np.array([0.1, 0.6, 0.3], dtype=np.float32))


def test_greedy_takes_the_likeliest_and_tells_its_probability() -> None:
    choice = Sampler(0.0, seed=1).choose(SCORES)
    assert choice.token == 1
    assert choice.probability == pytest.approx(0.6, abs=1e-6)
    expected = -sum(p * math.log(p) for p in (0.1, 0.6, 0.3))
    assert choice.entropy == pytest.approx(expected, abs=1e-6)


def test_equal_scores_go_to_the_lowest_token() -> None:
    assert Sampler(0.0, seed=1).choose(np.zeros(5, dtype=np.float32)).token == 0


def test_the_same_seed_draws_the_same_tokens() -> None:
    def draws(seed: int) -> list[int]:
        sampler = Sampler(1.0, seed)
        return [sampler.choose(SCORES).token for _ in range(50)]

    assert draws(7) == draws(7)
    assert draws(7) != draws(8)


def test_draws_follow_the_distribution_and_the_temperature() -> None:
    def shares(temperature: float) -> list[float]:
        sampler = Sampler(temperature, seed=3)
        counts = Counter(sampler.choose(SCORES).token for _ in range(4000))
        return [counts[token] / 4000 for token in range(3)]

    assert shares(1.0) == pytest.approx([0.1, 0.6, 0.3], abs=0.03)
    cold = shares(0.25)
    assert cold[1] > 0.9
    assert Sampler(0.25, seed=3).choose(SCORES).probability == pytest.approx(0.6, abs=1e-6)


def test_huge_scores_do_not_overflow() -> None:
    choice = Sampler(0.5, seed=1).choose(np.array([1e4, -1e4, 3e38], dtype=np.float32))
    assert (choice.token, choice.probability) == (2, 1.0)
    assert choice.entropy == pytest.approx(0.0, abs=1e-12)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=40), st.integers(0, 2**31 - 1))
def test_probability_and_entropy_stay_in_their_bounds(scores: list[float], seed: int) -> None:
    logits = np.array(scores, dtype=np.float32)
    choice = Sampler(0.8, seed).choose(logits)
    assert 0 <= choice.token < len(scores)
    assert 0.0 < choice.probability <= 1.0
    assert 0.0 <= choice.entropy <= math.log(len(scores)) + 1e-9


def test_distributions_of_simple_cases() -> None:
    weights, entropy = distribution(np.zeros(4))
    assert weights.tolist() == [0.25] * 4
    assert entropy == pytest.approx(math.log(4))
    weights, entropy = distribution(np.array([0.0, 0.0, -math.inf]))
    assert weights == pytest.approx([0.5, 0.5, 0.0])
    assert entropy == pytest.approx(math.log(2))
