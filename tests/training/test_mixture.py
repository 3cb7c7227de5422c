"""Batches hold right and wrong claims of one document side by side, padded on the right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.mixture import LONGEST, Mixture

GROUPS = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sources: pairs in forty groups, and claims that belong to none; ids tell which is which."""
    rng = np.random.default_rng(3)
    _write(tmp_path / "written_claims.npz", [(g, label) for g in range(GROUPS) for label in (0, 1)], rng)
    _write(tmp_path / "snli_nli.npz", [(-1, int(label)) for label in rng.integers(0, 3, 60)], rng)
    return tmp_path


def _write(path: Path, facts: list[tuple[int, int]], rng: np.random.Generator) -> None:
    lengths = rng.integers(20, LONGEST, len(facts))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ids = np.concatenate(
        [np.full(n, 1000 * (group + 2) + label) for n, (group, label) in zip(lengths, facts, strict=True)]
    )
    np.savez(
        path,
        ids=ids.astype(np.int32),
        segments=np.ones(len(ids), np.int8),
        tokens=np.zeros(len(ids), np.int8),
        starts=starts,
        labels=np.array([label for _, label in facts], np.int8),
        groups=np.array([group for group, _ in facts], np.int64),
    )


def test_a_pair_is_a_right_and_a_wrong_claim_of_one_group(folder: Path) -> None:
    mixture = Mixture(folder, seed=1)
    seen = 0
    for _ in range(40):
        batch = mixture.next(10**6)
        for right, wrong in batch.pairs:
            assert batch.labels[right] == 0
            assert batch.labels[wrong] != 0
            assert batch.ids[right, 0] // 1000 == batch.ids[wrong, 0] // 1000
            seen += 1
    assert seen > 100


def test_both_classes_come_alike_and_padding_is_masked(folder: Path) -> None:
    mixture = Mixture(folder, seed=2)
    labels = []
    for _ in range(60):
        batch = mixture.next(10**6)
        assert (batch.tokens[batch.mask == 0] == -1).all()
        assert (batch.ids[batch.mask == 0] == 1).all()
        assert batch.mask[:, 0].all()
        labels += (batch.labels == 0).tolist()
    assert 0.45 < np.mean(labels) < 0.55


def test_the_same_seed_gives_the_same_batches(folder: Path) -> None:
    one, other = Mixture(folder, seed=5), Mixture(folder, seed=5)
    for _ in range(10):
        assert np.array_equal(one.next(0).ids, other.next(0).ids)
