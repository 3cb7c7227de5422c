"""What the row of an answer says of its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.pilot.jobs import Job, row_of
from core.pilot.types import Question, Variant
from core.types import Answer, Param

FACTS: dict[str, Param] = {
    "seconds_reading": 2.0, "seconds_writing": 3.0, "prompt_tokens": 40, "cached_tokens": 0,
    "answer_tokens": 9, "stop": "end", "passages_cut": 0, "prompt_sha256": "ab",
}  # fmt: skip


@pytest.mark.parametrize(("more", "checking"), [({}, 0.5), ({"samples": 2, "seconds_samples": 6.0}, 6.5)])
def test_further_answers_are_time_of_the_check(
    make_answer: Callable[..., Answer], more: dict[str, Param], checking: float
) -> None:
    answer = replace(make_answer(), generation=FACTS | more)
    timing = row_of("a", Job(Question(1, "How much?"), Variant.BASE, "How much?", ()), answer, 0.5).timing
    assert (timing.writing, timing.checking) == (3.0, checking)
    assert timing.seconds == 5.0 + checking
