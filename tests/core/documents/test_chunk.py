from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.documents.chunk import TARGET, chunk
from core.documents.table_header import lines_of
from core.documents.tidy import is_row, row, weight
from core.types import Page

SENTENCES = "The hotel costs at most 180 euros a night in every city of the region. " * 40
ARTICLES = (
    "第一章 总则\n\n第一条 本规定适用于全体员工。\n\n第二条 员工出差应当事先申请。\n\n经批准后方可订票。\n\n"
    "第三条 违反第二条规定的，费用不予报销。\n\n第四条的规定另行公布。"
)
PIECES = st.lists(
    st.sampled_from(
        [
            "Some words. ",
            "第一条 ",
            "员工出差应当事先申请。",
            "\n",
            "\n\n",
            " | ",
            "a | b | c\n",
            "x" * 700,
            "长" * 400,
            "  ",
        ]
    ),
    max_size=30,
)


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_a_passage_is_a_slice_and_no_letter_is_lost_or_doubled(text: str) -> None:
    drafts = chunk(Page(text=text))
    at = 0
    for draft in drafts:
        assert draft.text == text[draft.start : draft.end]
        assert draft.start >= at
        assert not any(character.isalnum() for character in text[at : draft.start])
        at = draft.end
    assert not any(character.isalnum() for character in text[at:])


CELLS = st.lists(st.text("ab 长，。;.", max_size=900), min_size=2, max_size=4)


@given(st.lists(st.one_of(CELLS.map(row), st.just("Some words. And more.")), max_size=8))
def test_a_table_row_is_never_cut(lines: list[str]) -> None:
    text = "\n".join(lines)
    drafts = chunk(Page(text=text))
    for start, end in lines_of(text):
        inside = [draft for draft in drafts if draft.start < end and draft.end > start]
        if is_row(text[start:end]):
            assert all(draft.start <= start and draft.end >= end for draft in inside)


def test_running_text_is_cut_between_sentences() -> None:
    drafts = chunk(Page(text=SENTENCES.strip()))
    assert len(drafts) > 3
    for draft in drafts:
        assert draft.text.endswith(".")
        assert TARGET / 4 < weight(draft.text) < TARGET * 1.5


def test_chinese_passages_are_about_half_as_long() -> None:
    text = "员工出差的住宿费在规定标准内据实报销，超出标准的部分由个人承担。" * 40
    sizes = [len(draft.text) for draft in chunk(Page(text=text))]
    assert all(150 < size < 420 for size in sizes)


def test_an_article_starts_a_passage_and_keeps_its_paragraphs() -> None:
    assert [draft.text for draft in chunk(Page(text=ARTICLES))] == [
        "第一章 总则\n\n第一条 本规定适用于全体员工。",
        "第二条 员工出差应当事先申请。\n\n经批准后方可订票。",
        "第三条 违反第二条规定的，费用不予报销。\n\n第四条的规定另行公布。",
    ]


def test_small_neighbours_stay_together() -> None:
    text = "Hotels\n\nUp to 180 euros.\n\nBreakfast is included.\n\nKeep the receipt."
    assert [draft.text for draft in chunk(Page(text=text))] == [text]


def test_a_heading_goes_with_what_follows() -> None:
    text = f"{SENTENCES[:560].strip()}\n\n3.2 Hotels\n\n{SENTENCES[:420].strip()}"
    drafts = chunk(Page(text=text))
    assert [draft.text.startswith("3.2 Hotels") for draft in drafts] == [False, True]


def test_a_chapter_goes_with_its_first_article() -> None:
    text = "第九条 前章最后一条的内容在此。\n第二章 差旅\n第十条 员工出差应当事先申请。"
    assert [draft.text for draft in chunk(Page(text=text))] == [
        "第九条 前章最后一条的内容在此。",
        "第二章 差旅\n第十条 员工出差应当事先申请。",
    ]


def test_a_sentence_too_long_for_any_passage_is_cut_at_a_space() -> None:
    text = "word " * 600
    drafts = chunk(Page(text=text))
    assert len(drafts) > 3
    assert all(draft.text.replace(" ", "").replace("word", "") == "" for draft in drafts)


def test_later_rows_carry_the_header_of_their_sheet() -> None:
    rows = "\n".join(f"KP-{n} | Pressure transmitter, hygienic | {n}.00" for n in range(100, 150))
    text = f"Price list\n\nItem | Description | Price\n{rows}"
    drafts = chunk(Page(text=text, sheet="Prices", header="Item | Description | Price"))
    assert [draft.header for draft in drafts] == [None] + ["Item | Description | Price"] * (len(drafts) - 1)
    assert len(drafts) > 2
    assert all(
        line.startswith(("KP-", "Item", "Price")) for d in drafts for line in d.text.split("\n") if line
    )


def test_later_rows_of_a_statement_carry_its_periods_and_units() -> None:
    rows = "\n".join(f"Line of the statement number {n} | {n},000 | ({n})" for n in range(10, 60))
    text = (
        f"Some Company\nStatement of income\n(in millions)\n\nJuly 1, | June 25,\n2023 | 2022\nTotal:\n{rows}"
    )
    drafts = chunk(Page(text=text, number=4))
    assert drafts[0].header is None
    assert {draft.header for draft in drafts[1:]} == {
        "Some Company\nStatement of income\n(in millions)\nJuly 1, | June 25,\n2023 | 2022"
    }


def test_a_table_without_a_header_gets_none() -> None:
    rows = "\n".join(f"name {n} of a line that is long enough to fill | {n}" for n in range(100, 160))
    assert {draft.header for draft in chunk(Page(text=rows))} == {None}


def test_text_after_a_table_has_no_header() -> None:
    rows = "\n".join(f"name {n} | {n}" for n in range(100, 150))
    drafts = chunk(Page(text=f"Name | Value\n{rows}\n\n{SENTENCES}"))
    assert drafts[-1].header is None


def test_what_holds_no_word_is_no_passage() -> None:
    assert chunk(Page(text="---\n\n * * * \n")) == []
