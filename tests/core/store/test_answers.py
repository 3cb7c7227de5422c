from __future__ import annotations

from collections.abc import Callable

import pytest

from core import audit
from core.errors import LibraryError
from core.store import answers
from core.store.database import Library
from core.types import Answer, Decision, Level

MakeAnswer = Callable[..., Answer]


def record(library: Library, answer: Answer) -> Answer:
    audit.record_answer(library, answer, prompt="", context={})
    return answer


def test_an_answer_comes_back_as_it_was(library: Library, make_answer: MakeAnswer) -> None:
    answer = record(library, make_answer("住宿标准为每晚 150 元。"))
    assert answers.load_answer(library, answer.id) == answer


def test_equal_answers_have_one_spelling(make_answer: MakeAnswer) -> None:
    answer = make_answer()
    assert answers.encode(answers.decode(answers.encode(answer))) == answers.encode(answer)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": "x"}', "not json"])
def test_a_damaged_content_is_refused(text: str) -> None:
    with pytest.raises(LibraryError, match="answer_damaged"):
        answers.decode(text)


def test_the_newest_comes_first_and_filters_hold(library: Library, make_answer: MakeAnswer) -> None:
    first = record(library, make_answer())
    second = record(library, make_answer(decision=Decision.USABLE))
    assert [row.id for row in answers.list_answers(library)] == [second.id, first.id]
    assert [row.id for row in answers.list_answers(library, decision=Decision.HELD)] == [first.id]
    assert answers.list_answers(library, level=Level.LOW) == ()
    assert [row.id for row in answers.list_answers(library, limit=1, offset=1)] == [first.id]


def test_a_short_or_unknown_id_is_refused(library: Library, make_answer: MakeAnswer) -> None:
    answer = record(library, make_answer())
    assert answers.find_row(library, answer.id[:8]).id == answer.id
    for wrong in (answer.id[:4], "x" * 32, "", "%" * 8):
        with pytest.raises(LibraryError, match="answer_unknown"):
            answers.find_row(library, wrong)
