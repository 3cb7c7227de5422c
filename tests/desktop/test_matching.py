from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.matching import common_words


def words_of(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_shared_words_are_marked_in_both_texts_and_differing_numbers_in_neither() -> None:
    claim, quote = "Hotels cost up to 150 € a night.", "A hotel night: hotels cost at most 130 €."
    left, right = common_words(claim, quote)
    assert words_of(claim, left) == ["Hotels cost", "night"]
    assert words_of(quote, right) == ["night", "hotels cost"]


def test_numbers_match_however_their_thousands_are_written() -> None:
    left, _ = common_words("The fee is £38,400.", "Annual fee: 38400 pounds")
    assert "38,400" in words_of("The fee is £38,400.", left)


def test_chinese_is_matched_by_runs_of_two_characters_traditional_and_simplified_alike() -> None:
    claim, quote = "住宿费每晚不超过三百元", "每晚住宿費標準為三百元"
    left, right = common_words(claim, quote)
    assert words_of(claim, left) == ["住宿费每晚", "三百元"]
    assert words_of(quote, right) == ["每晚住宿費", "三百元"]


def test_filler_words_alone_are_no_match() -> None:
    assert common_words("the of and", "of the and") == ((), ())


@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_are_in_order_apart_and_inside_the_text(first: str, second: str) -> None:
    for text, spans in zip((first, second), common_words(first, second), strict=True):
        ends = [0, *(place for span in spans for place in span), len(text)]
        assert ends == sorted(ends)
