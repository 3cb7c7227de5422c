from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from core.index.segment import segment, terms
from core.store.migrations import m0001_documents


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("劳动合同", ["劳动", "动合", "合同"]),
        ("税", ["税"]),
        ("勞動合同", ["劳动", "动合", "合同"]),
        ("Ｗｉｄｅ　１２３", ["wide", "123"]),
        ("The Company's employees", ["the", "company", "employees"]),
        ("don’t", ["dont"]),
        ("café Zürich", ["cafe", "zurich"]),
        ("1,234.50 and 1234.5", ["1234.5", "and", "1234.5"]),
        ("007", ["007"]),
        ("apples,pears", ["apples", "pears"]),
        ("用Python写", ["用", "python", "写"]),
        ("", []),
        ("?!。，", []),
    ],
)
def test_words_and_pairs(text: str, wanted: list[str]) -> None:
    assert list(terms(text)) == wanted


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("certified to ISO-27001", "ISO27001"),
        ("certified to ISO 27001", "27001"),
        ("GB/T 22239-2019", "22239"),
        ("version v2.3 only", "v2.3"),
        ("set max_open_files", "open"),
        ("call parseHTTPRequest", "http"),
        ("call parseHTTPRequest", "parsehttprequest"),
        ("AB12-34", "ab12"),
        ("第三十二条", "第32条"),
        ("第32条", "第三十二条"),
        ("第 32 条", "第三十二条"),
        ("Article 32", "第三十二条"),
        ("百分之十五", "15%"),
        ("fifteen is 15 percent", "15%"),
        ("15 %", "百分之十五"),
        ("2023年12月29日", "2023-12-29"),
        ("December 29, 2023", "2023年12月29日"),
        ("29 Dec 2023", "2023/12/29"),
        ("1.2万", "12,000"),
        ("$1.2 million", "1200000"),
        ("三百万元", "3 million"),
        ("休假三十天", "30天"),
        ("二〇二三年", "2023"),
    ],
)
def test_what_is_written_one_way_is_found_by_the_other(written: str, asked: str) -> None:
    shared = set(terms(written)) & set(terms(asked))
    assert any(re.search(r"\d|^[a-z]+$", term) for term in shared), (set(terms(written)), set(terms(asked)))


@given(st.text())
@example("\ufada")
@example("か\u3097き")
def test_any_text_gives_terms_that_the_word_index_takes_as_they_are(text: str) -> None:
    for term in segment(text).split(" "):
        assert term == "" or re.fullmatch(r"[\w.%\U00020000-\U0003ffff-]+", term)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_text_is_found_by_each_of_its_terms(text: str) -> None:
    found = [term for term in terms(text) if term.isascii() or "\u4e00" <= term[0] <= "\u9fff"]
    with closing(sqlite3.connect(":memory:")) as db:
        m0001_documents(Database(db))
        db.execute("insert into passage_words (words, context) values (?, '')", [segment(text)])
        for term in found:
            query = "select count(*) from passage_words where passage_words match ?"
            assert db.execute(query, [f'"{term}"']).fetchone()[0] == 1, term


def test_a_very_long_word_is_cut() -> None:
    assert max(map(len, terms("x" * 10_000 + "-" + "1" * 10_000))) == 64


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1,234,", "9 %", "一", "第", "第 ", "section 1 ", "a-", "A1", "万", "2023-1"]
)
def test_the_work_grows_no_faster_than_the_text(unit: str) -> None:
    """Not timed: a pattern that tries every start of a long run does not come back within the limit."""
    assert list(terms(unit * 30_000)) is not None
