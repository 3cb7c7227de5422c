from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from core import audit, review
from core.calibrate.analysis import analyse, present_verifier
from core.calibrate.labelling import Label, Work, set_label, work_of
from core.calibrate.reviewed import take_over, waiting
from core.calibrate.sampling import draw
from core.store import audit_log, calibration
from core.store.chain import RecordKind
from core.store.database import Library
from core.types import AnswerId, Verdict

Fill = Callable[..., list[str]]


def work(library: Library) -> Work:
    return work_of(library, present_verifier())


def drawn(library: Library, fill: Fill, count: int = 12) -> list[AnswerId]:
    """Claims of so many answers, all drawn; the answers in the order of the draw."""
    fill([0.05 * (at + 1) for at in range(count)])
    draw(library, present_verifier(), who="Ann", size=count)
    return [AnswerId(item.answer_id) for item in work(library).items]


@pytest.mark.parametrize(
    ("verdict", "label"),
    [
        (Verdict.SUPPORTED, Label.SUPPORTED),
        (Verdict.CONTRADICTED, Label.CONTRADICTED),
        (Verdict.CONFLICTING, Label.CONTRADICTED),
        (Verdict.NOT_FOUND, Label.NOT_FOUND),
        (Verdict.COULD_NOT_CHECK, Label.UNCLEAR),
    ],
)
def test_what_a_reviewer_said_becomes_a_label_in_that_name(
    library: Library, fill: Fill, verdict: Verdict, label: Label
) -> None:
    third = drawn(library, fill)[2]
    review.label_claim(library, third, 0, verdict, who="Bea")
    assert [item.answer_id for item, _ in waiting(library, work(library))] == [third]
    assert take_over(library, work(library)) == 1
    assert work(library).labels[2] is label
    assert {each.who for each in calibration.labels(library).values()} == {"Bea"}
    assert waiting(library, work(library)) == ()


def test_only_drawn_claims_are_taken_over(library: Library, fill: Fill) -> None:
    drawn(library, fill)
    (other,) = fill([0.9])
    review.label_claim(library, AnswerId(other), 0, Verdict.CONTRADICTED, who="Bea")
    assert take_over(library, work(library)) == 0
    assert not work(library).labelled


def test_a_label_that_was_given_here_is_not_replaced(library: Library, fill: Fill) -> None:
    first = drawn(library, fill)[0]
    set_label(library, 1, 0, Label.SUPPORTED, who="Ann")
    review.label_claim(library, first, 0, Verdict.CONTRADICTED, who="Bea")
    assert take_over(library, work(library)) == 0
    assert work(library).labels[0] is Label.SUPPORTED


def test_the_log_says_which_labels_came_from_a_review(library: Library, fill: Fill) -> None:
    first = drawn(library, fill)[0]
    review.label_claim(library, first, 0, Verdict.NOT_FOUND, who="Bea")
    take_over(library, work(library))
    set_label(library, 1, 1, Label.SUPPORTED, who="Ann")
    bodies = [json.loads(each.body) for each in audit_log.records(library) if each.kind == RecordKind.LABEL]
    kept = [body for body in bodies if body.get("for") == "calibration"]
    assert [body.get("from") for body in kept] == ["review", None]
    assert audit.verify(library).holds


def test_contradicted_and_not_found_both_count_as_unsupported(library: Library, fill: Fill) -> None:
    drawn(library, fill)
    said = [Label.CONTRADICTED, Label.NOT_FOUND, Label.UNSUPPORTED, Label.UNCLEAR, Label.SUPPORTED]
    for position, label in enumerate(said):
        set_label(library, 1, position, label, who="Ann")
    outcome = analyse(library)
    assert (outcome.labelled, outcome.unsupported, outcome.unclear) == (4, 3, 1)
