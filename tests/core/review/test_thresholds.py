"""Other thresholds, told on the answers that the library holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import audit
from core.review.thresholds import PastRisk, past, under
from core.store.database import Library
from core.types import Answer, Decision, Level, Reason, Verdict

RISKS = (PastRisk(0.1, Level.LOW), PastRisk(0.4, Level.MEDIUM), PastRisk(0.9, Level.HIGH))


@pytest.mark.parametrize(
    ("medium", "high", "counts"),
    [
        (0.3, 0.7, (1, 1, 1)),
        (0.5, 0.95, (2, 1, 0)),
        (0.0, 0.0, (0, 0, 3)),
        (0.5, 0.2, (2, 0, 1)),
        (1.0, 1.0, (3, 0, 0)),
    ],
)
def test_levels_follow_the_thresholds(medium: float, high: float, counts: tuple[int, int, int]) -> None:
    told = under(RISKS, medium, high)
    assert tuple(told[level] for level in Level) == counts


def test_what_could_not_be_checked_stays_held_whatever_the_thresholds() -> None:
    told = under([PastRisk(0.1, Level.MEDIUM, least=Level.MEDIUM)], 1.0, 1.0)
    assert told == {Level.MEDIUM: 1}


def record(library: Library, answer: Answer) -> None:
    audit.record_answer(library, replace(answer, id=audit.new_answer_id()), prompt="", context=())


def with_check(answer: Answer, **changes: object) -> Answer:
    return replace(answer, check=replace(answer.check, **changes))  # type: ignore[arg-type]


def test_stored_answers_are_read_with_what_binds_them(
    library: Library, make_answer: Callable[..., Answer]
) -> None:
    clashing = make_answer(decision=Decision.HELD)
    claim = replace(clashing.check.claims[0], reasons=())
    answer = with_check(clashing, claims=(claim,))
    record(library, with_check(answer, risk=0.6))
    record(library, with_check(answer, risk=0.7, reasons=(Reason("cut_off"),)))
    record(library, with_check(answer, claims=(replace(claim, verdict=Verdict.COULD_NOT_CHECK),)))
    record(library, with_check(answer, reasons=(Reason("no_evidence"),)))
    record(library, clashing)
    found = past(library)
    assert [each.least for each in found.risks] == [
        Level.MEDIUM, Level.HIGH, Level.MEDIUM, Level.MEDIUM, Level.LOW,
    ]  # fmt: skip
    assert found.risks[-1].risk == 0.6
    assert 0 < found.medium_from <= found.high_from < 1


def test_erased_answers_are_left_out(library: Library, make_answer: Callable[..., Answer]) -> None:
    answer = make_answer()
    record(library, answer)
    stored = past(library).risks
    assert len(stored) == 1
    row = next(iter(library.db.query("select id from answers")))
    audit.erase(library, row["id"], who="Ada", reason="asked to")
    assert past(library).risks == ()
