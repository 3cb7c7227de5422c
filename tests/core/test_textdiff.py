from __future__ import annotations

import random

import pytest

from core.textdiff import Edit, Piece, is_changed, word_diff


def marked(before: str, after: str) -> str:
    """The diff in one line: {-went-} {+came+}."""
    signs = {Edit.SAME: "{}", Edit.REMOVED: "{{-{}-}}", Edit.ADDED: "{{+{}+}}"}
    return "".join(signs[piece.edit].format(piece.text) for piece in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The fee is £38,400.", "The fee is £36,900.", "The fee is £{-38,400-}{+36,900+}."),
        ("年度服务费为268,000元。", "年度服务费为286,000元。", "年度服务费为{-268,000-}{+286,000+}元。"),
        ("应当提前通知。", "可以提前通知。", "{-应当-}{+可以+}提前通知。"),
        ("It may fail.", "It may not fail.", "It may {+not +}fail."),
        ("a red big car", "a blue small car", "a {-red big-}{+blue small+} car"),
        ("One. Two. Three.", "One. Three.", "One. {-Two. -}Three."),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("old", "", "{-old-}"),
        ("a\n\nb", "a\nb", "a\n{-\n-}b"),
        ("Version 2.1 runs.", "Version 2.2 runs.", "Version {-2.1-}{+2.2+} runs."),
    ],
)
def test_what_went_and_what_came_is_told_by_whole_words_and_single_characters(
    before: str, after: str, shown: str
) -> None:
    assert marked(before, after) == shown


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert word_diff("a b", "a b") == (Piece(Edit.SAME, "a b"),)
    assert word_diff("", "") == ()
    assert not is_changed(word_diff("a b", "a b"))
    assert is_changed(word_diff("a b", "a c"))


def test_both_texts_can_be_put_together_from_the_pieces_whatever_they_hold() -> None:
    dice = random.Random(11)
    parts = ["fee ", "38,400", "。", "年", "度 ", ". ", "\n", "😀", "it's", "\u3000", "；", "a-b", "!"]
    for _ in range(300):
        before = "".join(dice.choices(parts, k=dice.randint(0, 30)))
        after = "".join(part for part in before if dice.random() > 0.2) + dice.choice(parts)
        pieces = word_diff(before, after)
        assert "".join(piece.text for piece in pieces if piece.edit is not Edit.ADDED) == before
        assert "".join(piece.text for piece in pieces if piece.edit is not Edit.REMOVED) == after
        assert all(piece.text for piece in pieces)


def test_a_long_text_with_one_change_shows_just_that() -> None:
    sentence = "The contractor shall repair within 4 hours and report. "
    before = sentence * 4000
    after = before[:110_000] + "5" + before[110_000:]
    pieces = word_diff(before, after)
    assert sum(len(piece.text) for piece in pieces if piece.edit is not Edit.SAME) < 40
