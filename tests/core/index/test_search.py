from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.index.ingest import add
from core.index.search import Searcher
from core.store.database import Library
from core.types import Hit

_TEXTS = {
    "travel.md": "# Travel\n\n## Hotels\n\nA hotel night: up to 130 euro.\n\n## Trains\n\nOnly second class.",
    "leave.md": "# Leave\n\nEvery employee has 25 days of holiday.\n",
    "年假.md": "# 年假规定\n\n第三十二条 职工每年享受带薪年休假二十五天。\n",
    "差旅.md": "# 差旅\n\n出差住宿每晚不超过五百元，发票丢失的不予报销。\n",
    "臺灣.md": "# 臺灣辦事處\n\n員工的試用期為三個月，期滿後簽訂勞動合同。\n",
    "codes.md": "# Systems\n\nThe server runs ISO-27001 controls; set max_open_files to 4096 in v2.3.\n",
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, stand_in: Any) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    for name, text in _TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "library") as library:
        list(add(library, [folder / name for name in _TEXTS], stand_in()))
    return folder / "library"


@pytest.fixture
def filled(stored: Path, tmp_path: Path) -> Iterator[Library]:
    shutil.copytree(stored, tmp_path / "filled")
    with Library.open(tmp_path / "filled", create=False) as library:
        yield library


def _first(hits: tuple[Hit, ...]) -> str:
    return Path(hits[0].passage.place.document).name


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("What does a hotel cost?", "travel.md"),
        ("发票丢了怎么办", "差旅.md"),
        ("發票", "差旅.md"),
        ("试用期多长？", "臺灣.md"),
        ("試用期", "臺灣.md"),
        ("第32条", "年假.md"),
        ("Article 32", "年假.md"),
        ("25天年休假", "年假.md"),
        ("iso27001", "codes.md"),
        ("max_open_files", "codes.md"),
        ("version V2.3", "codes.md"),
        ("ＨＯＴＥＬ", "travel.md"),
    ],
)
def test_words_find(filled: Library, query: str, document: str) -> None:
    assert _first(Searcher(filled, None).words(query)) == document


def test_meaning_crosses_languages(filled: Library, embedder: Any) -> None:
    searcher = Searcher(filled, embedder)
    assert searcher.words("lodging") == ()
    assert {_first(searcher.vectors("lodging")), "差旅.md"} <= {"travel.md", "差旅.md"}
    found = {Path(hit.passage.place.document).name for hit in searcher.search("lodging", 2)}
    assert found == {"travel.md", "差旅.md"}


def test_both_together_say_what_each_side_ranked(filled: Library, embedder: Any) -> None:
    hits = Searcher(filled, embedder).search("hotel night", 20)
    assert (hits[0].word_rank, hits[0].vector_rank) in ((1, 1), (1, 2))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert any(hit.word_rank is None for hit in hits)
    assert all(hit.vector_rank is not None for hit in hits)
    assert len({hit.passage.id for hit in hits}) == len(hits)


def test_a_heading_helps_to_find_what_stands_below_it(filled: Library) -> None:
    (hit, *_) = Searcher(filled, None).words("trains class")
    assert "second class" in hit.passage.text
    assert hit.passage.place.section == "Travel > Trains"


def test_without_an_encoder_words_alone_decide(filled: Library) -> None:
    searcher = Searcher(filled, None)
    assert searcher.vectors("hotel") == ()
    assert [hit.passage for hit in searcher.search("hotel night")] == [
        hit.passage for hit in searcher.words("hotel night")
    ]


def test_a_searcher_sees_what_is_added_and_removed(filled: Library, tmp_path: Path, embedder: Any) -> None:
    searcher = Searcher(filled, embedder)
    assert _first(searcher.search("train", 1)) == "travel.md"
    (tmp_path / "new.md").write_text("# Trains\n\nA train is booked by the office; train tickets are kept.\n")
    list(add(filled, [tmp_path / "new.md"], embedder))
    assert _first(searcher.search("train tickets", 1)) == "new.md"
    (tmp_path / "new.md").write_text("# Nothing\n\nEmpty words.\n")
    list(add(filled, [tmp_path / "new.md"], embedder))
    assert _first(searcher.search("train tickets", 1)) == "travel.md"


def test_the_same_question_gives_the_same_ranking(filled: Library, embedder: Any) -> None:
    for query in ("hotel", "年假", "class 25"):
        assert Searcher(filled, embedder).search(query) == Searcher(filled, embedder).search(query)


def test_equal_passages_stand_in_the_order_of_ids(library: Library, tmp_path: Path, embedder: Any) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"# S\n\nhotel\n{'':{number}}")
    list(add(library, sorted(tmp_path.glob("?.md")), embedder))
    for hits in (Searcher(library, None).words("hotel"), Searcher(library, embedder).vectors("hotel")):
        ids = [hit.passage.id for hit in hits]
        assert len(ids) == 5
        assert ids == sorted(ids)


def test_k_limits_what_comes_back(filled: Library, embedder: Any) -> None:
    searcher = Searcher(filled, embedder)
    assert len(searcher.search("hotel 年假", 3)) == 3
    assert searcher.search("hotel", 0) == ()
    assert len(searcher.search("hotel", 1000)) <= 1000


def test_nothing_is_found_in_an_empty_library(library: Library, embedder: Any) -> None:
    assert Searcher(library, embedder).search("hotel") == ()
