from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.index.query import MOST_TERMS, match_query, query_terms, rarest
from core.index.search import Searcher
from core.store.database import Library


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("How many days of leave do I have?", ["days", "leave"]),
        ("What is the hotel limit", ["hotel", "limit"]),
        ("请问年假有多少天？", ["年假", "假有", "天"]),
        ("什么是试用期", ["试用", "用期"]),
        ("parseHTTPRequest 是什么", ["parsehttprequest", "parse", "http", "request"]),
        ("leave leave", ["leave"]),
    ],
)
def test_what_a_question_asks_about(question: str, kept: list[str]) -> None:
    assert query_terms(question) == kept


def test_a_question_of_stop_words_keeps_them() -> None:
    assert query_terms("To be or not to be") == ["to", "be", "or", "not"]


def test_common_terms_are_left_out_where_rare_ones_suffice() -> None:
    holding = {"the": 90, "a": 1, "b": 2, "c": 20, "gone": 0}
    assert rarest(["the", "c", "b", "a", "gone"], holding, 100) == ["a", "b", "c"]
    assert rarest(["the", "a"], holding, 100) == ["a", "the"]


def test_a_long_text_asks_for_its_rarest_terms() -> None:
    asked = [f"term{number}" for number in range(500)]
    kept = rarest(asked, {term: number + 1 for number, term in enumerate(asked)}, 10_000)
    assert kept == asked[:MOST_TERMS]


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_person_types_is_no_syntax_error(library: Library, text: str) -> None:
    assert Searcher(library, None).search(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        "AND",
        "NEAR(a b)",
        "a OR",
        "words:x",
        "-",
        "^a",
        "{a}",
        "\x00",
        "\ud800",
        "a" * 100_000,
        "：（《",
    ],
)
def test_nor_is_what_fts5_reads_as_syntax(library: Library, text: str) -> None:
    assert Searcher(library, None).search(text) == ()


@given(st.text())
def test_every_query_is_accepted_by_fts5(text: str) -> None:
    asked = query_terms(text)
    if asked:
        db = sqlite3.connect(":memory:")
        db.execute("create virtual table w using fts5(t)")
        db.execute("select * from w where w match ?", [match_query(asked)]).fetchall()
        db.close()
