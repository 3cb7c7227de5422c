from __future__ import annotations

import pytest

from core.encoders.embedder import FOLDER
from core.encoders.session import Files
from core.encoders.tokenizer import UNKNOWN, Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(Files(FOLDER, "encoder_missing").read("pieces.model"))


@pytest.mark.parametrize(
    "text",
    [
        "Payment is due within 30 days.",
        "货款应当在三十日内支付。",
        "  two  spaces\nand a line, 全角２０２４年 mixed ①② 𠮷 ",
        "e-mail: legal@example.com — §3.2 (b)",
    ],
)
def test_offsets_are_places_in_the_text(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.encode(text)
    assert len(tokens) == len(tokens.starts) == len(tokens.ends)
    assert tokens.starts == sorted(tokens.starts)
    covered = {i for start, end in zip(tokens.starts, tokens.ends, strict=True) for i in range(start, end)}
    assert covered >= {i for i, character in enumerate(text) if not character.isspace()}
    assert max(tokens.ends) <= len(text)


def test_a_word_starts_after_its_space(tokenizer: Tokenizer) -> None:
    text = "thirty days"
    tokens = tokenizer.encode(text)
    assert [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)][-1] == "days"


def test_full_width_and_half_width_are_the_same_pieces(tokenizer: Tokenizer) -> None:
    assert tokenizer.ids("２０２４年，１５％") == tokenizer.ids("2024年,15%")


def test_ids_match_encode(tokenizer: Tokenizer) -> None:
    text = "The 供应商 shall deliver"
    assert tokenizer.ids(text) == tokenizer.encode(text).ids


def test_every_printable_ascii_character_and_common_chinese_is_known(tokenizer: Tokenizer) -> None:
    text = "".join(map(chr, range(33, 127))) + "甲方乙丙丁违约责任臺灣憂鬱鑰匙"
    assert all(UNKNOWN not in tokenizer.ids(character) for character in text)


def test_a_lone_surrogate_counts_as_space_and_keeps_offsets(tokenizer: Tokenizer) -> None:
    text = "a\ud800b"
    tokens = tokenizer.encode(text)
    assert (tokens.starts, tokens.ends) == ([0, 2], [1, 3])
