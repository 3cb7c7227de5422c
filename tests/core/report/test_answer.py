from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import audit, exports, review
from core.errors import DecisionError, LibraryError
from core.report.answer import answer_page, stretches
from core.store.database import Library
from core.types import Answer, AnswerId, Decision, Language, Verdict

MakeAnswer = Callable[..., Answer]
HOSTILE = '<script>alert(1)</script> <img src="http://x"> {{ 7*7 }}'


def test_the_pieces_of_the_text_make_the_text(make_answer: MakeAnswer) -> None:
    answer = make_answer("Hello. Hotels are paid up to 150 €. Bye.")
    claim = replace(answer.check.claims[0], start=7, end=35, text=answer.text[7:35])
    greeting = replace(claim, start=0, end=6, text="Hello.", verdict=Verdict.NO_CLAIM)
    answer = replace(answer, check=replace(answer.check, claims=(greeting, claim)))
    pieces = stretches(answer)
    assert "".join(piece.text for piece in pieces) == answer.text
    assert [piece.number for piece in pieces] == [0, 1, 0]


@pytest.mark.parametrize("language", list(Language))
def test_the_page_names_claim_evidence_place_and_head(make_answer: MakeAnswer, language: Language) -> None:
    page = answer_page(make_answer(), language, head="ab" * 32)
    for expected in (
        "150 €",
        "up to 130 €",
        "travel-policy.md",
        "3 Hotels",
        "SmolLM2-135M",
        "ab" * 32,
        "cd" * 32,
    ):
        assert expected in page


def test_text_from_documents_models_and_people_is_escaped(make_answer: MakeAnswer) -> None:
    answer = make_answer(HOSTILE, Decision.RELEASED)
    claim = answer.check.claims[0]
    quote = replace(claim.evidence[0], text=HOSTILE)
    claim = replace(claim, text=HOSTILE, evidence=(quote,))
    answer = replace(
        answer,
        question=HOSTILE,
        check=replace(answer.check, claims=(claim,)),
        final_text=HOSTILE + "!",
        caveats=(HOSTILE,),
        decided_by=HOSTILE,
        decided_at=audit.now(),
        decision_reason=HOSTILE,
    )
    page = answer_page(answer, Language.EN, head="")
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page


def test_the_page_loads_nothing(make_answer: MakeAnswer) -> None:
    page = answer_page(make_answer(), Language.EN, head="")
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_held_answer_is_not_exported(library: Library, make_answer: MakeAnswer, tmp_path: Path) -> None:
    path = tmp_path / "answer.html"
    with pytest.raises(DecisionError, match="export_held"):
        exports.export_report(library, kept(library, make_answer()), path, Language.EN)
    assert not path.exists()


def test_a_rejected_answer_says_so_and_asks_for_no_release(
    library: Library, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    answer_id = kept(library, make_answer())
    review.reject(library, answer_id, who="Ann", reason="wrong")
    with pytest.raises(DecisionError, match="export_rejected"):
        exports.export_report(library, answer_id, tmp_path / "a.html", Language.EN)


def test_a_usable_answer_is_exported(library: Library, make_answer: MakeAnswer, tmp_path: Path) -> None:
    path = tmp_path / "answer.html"
    answer_id = kept(library, make_answer(decision=Decision.USABLE))
    exports.export_report(library, answer_id, path, Language.ZH)
    assert "已核查的回答" in path.read_text(encoding="utf-8")


def test_an_unwritable_file_is_said_in_words(
    library: Library, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    answer_id = kept(library, make_answer(decision=Decision.USABLE))
    with pytest.raises(LibraryError, match="export_failed"):
        exports.export_report(library, answer_id, tmp_path, Language.EN)


def kept(library: Library, answer: Answer) -> AnswerId:
    """The id of an answer that was written to the library."""
    audit.record_answer(library, answer, prompt="", context={})
    return answer.id
