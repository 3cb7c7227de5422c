from __future__ import annotations

import numpy as np
import pytest

from core.index.vectors import VectorIndex, quantised
from core.store.vectors import VectorBlock
from core.types import PassageId


def _unit(rows: int, seed: int = 1, width: int = 384) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    made = np.random.default_rng(seed).standard_normal((rows, width)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def _index(vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> VectorIndex:
    stored = quantised(vectors)
    ids = tuple(PassageId(10 * (row + 1)) for row in range(len(vectors)))
    return VectorIndex(VectorBlock(ids, tuple(v.scale for v in stored), b"".join(v.numbers for v in stored)))


def test_a_vector_is_nearest_to_itself() -> None:
    vectors = _unit(200)
    index = _index(vectors)
    for row in (0, 57, 199):
        (passage, score), *_ = index.compare(vectors[row]).best(3)
        assert passage == 10 * (row + 1)
        assert score == pytest.approx(1.0, abs=0.01)


def test_bytes_rank_as_the_numbers_do() -> None:
    vectors, asked = _unit(1000), _unit(10, seed=2)
    index = _index(vectors)
    for query in asked:
        exact = vectors @ query
        assert np.abs(index.compare(query).scores - exact).max() < 0.005
        best = {10 * (int(row) + 1) for row in np.argsort(-exact)[:10]}
        assert len(best & {passage for passage, _ in index.compare(query).best(10)}) >= 8


def test_products_are_exact_integers() -> None:
    """So that no processor, thread count or order of summation can change a ranking."""
    vectors, query = _unit(8200), _unit(1, seed=3)[0]
    index = _index(vectors)
    stored = [np.frombuffer(v.numbers, dtype=np.int8).astype(np.int64) for v in quantised(vectors)]
    scales = np.array([v.scale for v in quantised(vectors)])
    (asked,) = quantised(query.reshape(1, -1))
    products = np.array(
        [int(row @ np.frombuffer(asked.numbers, dtype=np.int8).astype(np.int64)) for row in stored]
    )
    assert np.array_equal(index.compare(query).scores, products * (scales * asked.scale))


def test_equals_stand_in_the_order_of_their_ids() -> None:
    index = _index(np.repeat(_unit(1), 50, axis=0))
    assert [passage for passage, _ in index.compare(_unit(1)[0]).best(5)] == [10, 20, 30, 40, 50]


def test_nothing_is_found_in_nothing() -> None:
    index = VectorIndex(VectorBlock((), (), b""))
    assert len(index) == 0
    assert index.compare(_unit(1)[0]).best(5) == []
    assert _index(_unit(3)).compare(_unit(1)[0]).best(0) == []
    assert len(_index(_unit(3)).compare(_unit(1)[0]).best(99)) == 3


def test_a_passage_without_a_vector_has_no_score() -> None:
    near = _index(_unit(3)).compare(_unit(3)[1])
    assert near.score(PassageId(20)) == pytest.approx(1.0, abs=0.01)
    assert [near.score(PassageId(absent)) for absent in (1, 25, 99)] == [None, None, None]


def test_a_zero_vector_is_stored_as_zeros() -> None:
    (stored,) = quantised(np.zeros((1, 4), dtype=np.float32))
    assert stored.numbers == bytes(4)


def test_vectors_too_long_to_be_exact_are_refused() -> None:
    with pytest.raises(ValueError, match="exact"):
        quantised(np.ones((1, 1041), dtype=np.float32))
