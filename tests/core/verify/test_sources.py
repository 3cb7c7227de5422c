"""Evidence windows: exact offsets, the right one first, headers kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.encoders.embedder import Kind
from core.store.database import Library
from core.types import DocumentId, Hit, Page, PageId, Passage, PassageId, Place
from core.verify.pages import FilePage, PageSource
from core.verify.sources import ContextSource, LibrarySource
from core.verify.windows import WINDOW_WEIGHT, units, windows

FILLER_EN = [
    f"Paragraph {n} speaks of matter number {n} at some length, so that it fills space." for n in range(60)
]
FILLER_ZH = [f"第{n}段谈的是另一件完全不同的事情，用来占据篇幅。" for n in range(90)]


def test_the_one_sentence_that_bears_on_a_claim_is_found() -> None:
    text = "\n".join(
        [*FILLER_EN[:40], "Pets may be brought to the Leeds office on Fridays.", *FILLER_EN[40:]]
    )
    first = ContextSource([*FILLER_EN[:3], text]).windows(
        "Dogs and other pets are welcome in Leeds on Friday.", None, 2
    )[0]
    assert "Pets may be brought" in first.text
    assert first.context_index == 3


def test_chinese_is_found_across_scripts_and_widths() -> None:
    text = "".join([*FILLER_ZH[:50], "员工报销须在三十日内提交发票。", *FILLER_ZH[50:]])
    first = ContextSource([text]).windows("員工報銷須在３０日內提交發票。", None, 1)[0]
    assert "员工报销" in first.text


def test_neighbouring_sentences_come_along() -> None:
    text = "\n".join(
        [*FILLER_EN[:20], "Laptops are replaced often.", "This happens every four years.", *FILLER_EN[20:]]
    )
    first = ContextSource([text]).windows("Laptops are replaced after four years.", None, 1)[0]
    assert "four years" in first.text
    assert "Laptops" in first.text


def test_rows_carry_the_columns_of_their_table() -> None:
    rows = [f"City {n} | {n * 7} | {n * 13}" for n in range(200)]
    source = ContextSource(["\n".join(["City | Rooms | Beds", *rows])])
    first = source.windows("City 150 has 1950 beds.", None, 1)[0]
    assert "City 150 | 1050 | 1950" in first.text
    assert first.header is not None
    assert "Rooms" in first.header
    assert "Rooms" in first.reading


def test_a_title_and_heading_stand_above_what_follows() -> None:
    text = "Travel policy\n\n# Hotels\n" + "\n".join(FILLER_EN[:30]) + "\nRooms cost up to 150 euros."
    first = ContextSource([text]).windows("Rooms cost 150 euros.", None, 1)[0]
    assert first.header == "Travel policy\nHotels"


def test_the_question_helps_to_choose() -> None:
    source = ContextSource(["In Paris the limit is 200 euros.", "In Rome the limit is 150 euros."])
    assert source.windows("The limit is low.", "What holds in Rome?", 1)[0].context_index == 1
    assert source.windows("The limit is low.", "What holds in Paris?", 1)[0].context_index == 0


def test_nothing_to_look_in() -> None:
    assert ContextSource([]).empty
    assert ContextSource(["", " \n "]).empty
    assert ContextSource(["", " \n "]).windows("Anything.", None, 3) == ()


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet=st.sampled_from(list("ab 1.。,，;\n|#年第条a b ")), max_size=300), max_size=3)
)
def test_windows_are_exact_slices_of_their_context(contexts: list[str]) -> None:
    for window in ContextSource(contexts).windows("a b 年第条", None, 5):
        assert window.context_index is not None
        assert window.text == contexts[window.context_index][window.start : window.end]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab 1.。,，;\n|#年第条")), max_size=900))
def test_units_keep_every_word_in_order_and_fit_a_window(text: str) -> None:
    found = units(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    covered = {at for unit in found for at in range(unit.start, unit.end)}
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)
    assert all(
        sum(found[at].size for at in range(*run)) <= WINDOW_WEIGHT
        for run in windows(found)
        if run[1] - run[0] > 1
    )


class Meaning:
    """Knows two topics, whatever the language."""

    def embed(self, texts: Sequence[str], kind: Kind) -> np.ndarray:
        del kind
        topics = [("leave", "holiday", "年假"), ("parking", "garage", "车位")]
        rows = [
            [float(any(word in text.lower() for word in topic)) for topic in topics] + [0.1] for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_meaning_finds_what_words_cannot() -> None:
    contexts = [
        *FILLER_EN[:10],
        "Every tenant has one space in the garage.",
        "Staff take their holiday by March.",
    ]
    found = ContextSource(contexts, Meaning()).windows("每户有一个车位。", None, 1)[0]
    assert found.context_index == 10
    assert found.similarity is not None


def test_words_alone_need_no_embedder() -> None:
    class Broken:
        def embed(self, texts: Sequence[str], kind: Kind) -> np.ndarray:
            raise AssertionError("must not be asked")

    contexts = [*FILLER_EN[:10], "Every tenant has one space in the garage."]
    assert (
        ContextSource(contexts, Broken()).windows("Every tenant has one space.", None, 1)[0].context_index
        == 10
    )


@dataclass
class FakeSearcher:
    """Answers any query from a table of what it contains."""

    passages: list[Passage]
    asked: list[str]
    library: Library

    def search(self, query: str, k: int = 10) -> tuple[Hit, ...]:
        self.asked.append(query)
        words = set(query.lower().replace(".", "").split())
        scored = [(len(words & set(p.text.lower().replace(".", "").split())), p) for p in self.passages]
        best = sorted(scored, key=lambda item: -item[0])[:k]
        return tuple(Hit(passage, float(score)) for score, passage in best if score)


def passage(number: int, text: str) -> Passage:
    place = Place(f"file{number}.md", f"{number:064x}", section="Rules")
    return Passage(PassageId(number), DocumentId(number), PageId(number), text, 10, 10 + len(text), place)


def test_the_library_is_asked_with_the_claim_and_with_the_question(library: Library) -> None:
    passages = [passage(1, "Hotels cost 150 euros."), passage(2, "Trains are second class.")]
    searcher = FakeSearcher(passages, [], library)
    source = LibrarySource(searcher)  # type: ignore[arg-type]
    found = source.windows("They cost 150 euros.", "What do hotels cost?", 2)
    assert searcher.asked == ["They cost 150 euros.", "What do hotels cost? They cost 150 euros."]
    assert found[0].text == "Hotels cost 150 euros."
    assert (found[0].start, found[0].place) == (10, searcher.passages[0].place)
    assert found[0].header == "Rules"
    assert found[0].document == f"{1:064x}"


def test_pages_of_files_tell_file_and_page(tmp_path: Path) -> None:
    page = Page("Filler.\nHotels cost up to 150 euros a night.", number=4)
    source = PageSource(
        [FilePage(Page("Nothing here."), "a.txt", "aa"), FilePage(page, str(tmp_path / "b.pdf"), "bb")]
    )
    window = source.windows("Hotels cost 150 euros.", None, 1)[0]
    assert window.context_index is None
    assert window.place is not None
    assert (window.place.document_sha256, window.place.page) == ("bb", 4)
    assert page.text[window.start : window.end] == window.text


@pytest.mark.parametrize("claim", ["", "的", "the of"])
def test_a_claim_without_words_still_gets_windows(claim: str) -> None:
    assert len(ContextSource(FILLER_EN[:5]).windows(claim, None, 2)) == 2
