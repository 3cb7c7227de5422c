from __future__ import annotations

from pathlib import Path

import pytest

from core.encoders.checker import CLAIM, EVIDENCE, OTHER, Checker, Pair, arrange
from core.encoders.embedder import FOLDER as ENCODER
from core.encoders.session import Files
from core.encoders.tokenizer import END, START, Tokenizer
from core.errors import VerifierError

PAIR = Pair(
    question="How long is the notice period?",
    claim="It is thirty days.",
    evidence="Either party may end this agreement with 30 days' written notice.",
    before="The contract can be ended by either side.",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(Files(ENCODER, "encoder_missing").read("pieces.model"))


def test_the_claim_is_marked_and_its_places_are_known(tokenizer: Tokenizer) -> None:
    laid = arrange(tokenizer, PAIR)
    marked = [i for i, segment in enumerate(laid.segments) if segment == CLAIM]
    assert marked == list(range(laid.first, laid.first + len(laid.starts)))
    assert [laid.ids[i] for i in marked] == tokenizer.ids(PAIR.claim)
    assert PAIR.claim[laid.starts[-2] : laid.ends[-2]] == "days"


def test_question_and_what_stood_before_are_no_evidence(tokenizer: Tokenizer) -> None:
    laid = arrange(tokenizer, PAIR)
    assert laid.ids[0] == START
    assert laid.ids.count(END) == 4
    assert set(laid.segments[: laid.first]) == {OTHER}
    evidence = [i for i, segment in zip(laid.ids, laid.segments, strict=True) if segment == EVIDENCE]
    assert evidence == [*tokenizer.ids(PAIR.evidence), END]


def test_too_long_a_pair_loses_evidence_and_keeps_the_claim(tokenizer: Tokenizer) -> None:
    claim = "The supplier pays. " * 40
    laid = arrange(tokenizer, Pair("why? " * 200, claim, "evidence " * 2000, "before " * 200))
    assert len(laid.ids) == len(laid.segments) == 512
    assert laid.segments.count(CLAIM) == len(tokenizer.ids(claim))
    assert EVIDENCE in laid.segments


def test_an_endless_claim_keeps_its_beginning(tokenizer: Tokenizer) -> None:
    laid = arrange(tokenizer, Pair(None, "词语" * 3000, "证据" * 3000))
    assert len(laid.ids) == 512
    assert laid.segments.count(CLAIM) == len(laid.starts) == len(laid.ends) == 300


def test_an_absent_checker_is_an_error_in_words(tmp_path: Path) -> None:
    assert not Checker.shipped(tmp_path)
    with pytest.raises(VerifierError) as caught:
        Checker(folder=tmp_path)
    assert caught.value.code == "checker_missing"
