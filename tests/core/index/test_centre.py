from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from core.encoders.embedder import Kind
from core.index.centre import centred
from core.index.ingest import add
from core.index.search import Searcher
from core.language import detect_language
from core.store.database import Library
from core.types import Language

_ZH = Language.ZH
_SUBJECTS = (("deposit", "押金"), ("parking", "停车"), ("canteen", "食堂"))


class Biased:
    """An encoder that hears the language before the subject, as real ones do."""

    identity = "biased"

    def embed(self, texts: Sequence[str], kind: Kind) -> npt.NDArray[np.float32]:
        rows = np.array([self._row(text) for text in texts], dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _row(self, text: str) -> list[float]:
        chinese = detect_language(text) is _ZH
        subjects = [float(any(word in text for word in words)) for words in _SUBJECTS]
        return [3.0 * chinese, 3.0 * (not chinese), *subjects, 0.1]


@pytest.fixture
def mixed(library: Library, tmp_path: Path) -> Library:
    (tmp_path / "en.md").write_text("# Badge\n\nThe deposit is paid back.\n", encoding="utf-8")
    chinese = ["# 停车\n\n停车场夜间关闭。\n", "# 食堂\n\n食堂中午开放。\n", "# 其他\n\n其余事项另行规定。\n"]
    (tmp_path / "zh.md").write_text("\n".join(chinese), encoding="utf-8")
    list(add(library, [tmp_path / "en.md", tmp_path / "zh.md"], Biased()))
    return library


def test_the_language_of_a_question_does_not_decide(mixed: Library) -> None:
    embedder = Biased()
    plain = [
        float(np.dot(*embedder.embed(pair, Kind.QUERY))) for pair in (("押金", "deposit"), ("押金", "食堂"))
    ]
    assert plain[0] < plain[1]
    searcher = Searcher(mixed, embedder)
    assert "deposit" in searcher.vectors("押金怎么退？", 1)[0].passage.text
    assert "deposit" in searcher.search("押金怎么退？", 1)[0].passage.text
    assert "食堂" in searcher.search("When is the canteen open?", 1)[0].passage.text


def test_nothing_is_left_of_a_question_that_says_nothing() -> None:
    embedder = Biased()
    for text in ("What is it?", "那是什么？"):
        assert np.abs(centred(embedder, text)).max() < 0.05


def test_the_mean_is_encoded_once() -> None:
    embedder = Biased()
    embedder.identity = "biased, counted"
    read: list[str] = []

    def embed(texts: Sequence[str], kind: Kind) -> npt.NDArray[np.float32]:
        read.extend(texts)
        return Biased.embed(embedder, texts, kind)

    embedder.embed = embed  # type: ignore[method-assign]
    for _ in range(3):
        centred(embedder, "押金")
    assert read.count("押金") == 3
    assert len(read) == len(set(read)) + 2
