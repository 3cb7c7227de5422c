"""A draft that was released in other words is not taken for what went out, wherever the log is read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from core import audit, review
from core.store import audit_log
from core.store.database import Library
from core.types import Answer, Decision, Verdict

MakeAnswer = Callable[..., Answer]


@pytest.fixture
def held(library: Library, make_answer: MakeAnswer) -> Answer:
    answer = make_answer()
    audit.record_answer(library, answer, prompt="the prompt", context={})
    return answer


def exported(library: Library) -> list[dict[str, Any]]:
    sink = io.StringIO()
    audit.write_jsonl(library, sink, lambda _: True)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def later(library: Library) -> dict[tuple[int, str], int]:
    return {
        (record["seq"], role): text["superseded_by"]
        for record in exported(library)
        for role, text in record["texts"].items()
        if text["superseded_by"] is not None
    }


def test_an_edit_stands_in_place_of_the_draft(library: Library, held: Answer) -> None:
    review.release(library, held.id, who="Ann", reason="corrected", final_text="Hotels: up to 130 €.")
    assert later(library) == {(1, "content"): 2}
    draft, decision = exported(library)
    assert held.text in draft["texts"]["content"]["text"]
    assert json.loads(decision["texts"]["decision"]["text"])["final_text"] == "Hotels: up to 130 €."


@pytest.mark.parametrize("decision", [Decision.RELEASED, Decision.REJECTED])
def test_what_went_out_as_written_or_not_at_all_still_stands(
    library: Library, held: Answer, decision: Decision
) -> None:
    if decision is Decision.RELEASED:
        review.release(library, held.id, who="Ann", reason="fine", final_text=held.text)
    else:
        review.reject(library, held.id, who="Ann", reason="wrong")
    assert later(library) == {}


def test_a_verdict_that_was_said_anew_is_told(
    library: Library, held: Answer, make_answer: MakeAnswer
) -> None:
    other = make_answer()
    audit.record_answer(library, other, prompt="", context={})
    for answer, verdict in ((held, Verdict.SUPPORTED), (other, Verdict.NOT_FOUND), (held, Verdict.NOT_FOUND)):
        review.label_claim(library, answer.id, 0, verdict, who="Ann")
    assert later(library) == {(3, "label"): 5}


def test_the_draft_is_told_after_its_words_were_erased(library: Library, held: Answer) -> None:
    review.release(library, held.id, who="Ann", reason="corrected", final_text="Hotels: up to 130 €.")
    audit.erase(library, held.id, who="Ann", reason="law")
    whole = exported(library)
    texts = [text for record in whole[:2] for text in record["texts"].values()]
    assert [text["text"] for text in texts] == [None] * len(texts), "draft and released text alike"
    assert whole[0]["texts"]["content"]["superseded_by"] == 2
    assert "Hotels" not in json.dumps(whole)


def test_the_table_and_one_answers_records_tell_it_too(library: Library, held: Answer) -> None:
    review.release(library, held.id, who="Ann", reason="corrected", final_text="Hotels: up to 130 €.")
    sink = io.StringIO()
    audit.write_csv(library, sink)
    rows = list(csv.DictReader(io.StringIO(sink.getvalue())))
    assert [row["superseded_by"] for row in rows] == ["2", ""]
    known = audit.superseded(library, held.id)
    assert audit.by_role(known, 1, ("content", "prompt")) == {"content": 2}


def test_a_decision_gives_way_to_the_next(library: Library, make_answer: MakeAnswer) -> None:
    """A release without a signature waits anew once four eyes are asked for."""
    passed = make_answer("Low.", Decision.HELD)
    audit.record_answer(library, passed, prompt="", context={})
    first = review.release(library, passed.id, who="Ann", reason="r", final_text="Edited once.")
    audit.record_decision(
        library,
        review.decisions.apply(first, review.Verdicted(Decision.REJECTED, "Cid", "wrong after all")),
        previous=Decision.RELEASED,
        details={"edited": False},
    )
    assert audit.superseded(library) == {(2, "decision"): 3}, "nothing went out: the draft stands as written"
    assert [record.kind for record in audit_log.records(library)] == ["answer", "decision", "decision"]
