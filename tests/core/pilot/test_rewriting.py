"""A model's wording of a question counts only where it asks with the same figures and names."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from core.language import detect_language
from core.llm.fake import FakeEngine
from core.pilot.rewriting import Wordings, usable, write
from core.pilot.types import Question
from core.types import Language

LEAVE = "职工累计工作满10年不满20年的，年休假有多少天？"
SALARY = "What is the maximum GSA salary including overtime as of 2024?"


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (SALARY, "What is the highest GSA salary, including overtime, as of 2024?"),
        (SALARY, "2024年GSA的最高工资（包括加班）是多少？"),
        (LEAVE, "累计工作满10年但不满20年的职工，每年可休多少天年休假？"),
        (
            LEAVE,
            "How many days of annual leave does somebody get with 10 years of work but less than 20 years?",
        ),
    ],
)
def test_a_wording_with_the_same_figures_and_names_is_used(question: str, written: str) -> None:
    assert usable(question, written, detect_language(written))


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (SALARY, "What is the highest GSA salary, including overtime, as of 2025?"),
        (SALARY, "What is the highest salary, including overtime, as of 2024?"),
        (SALARY, "What is the maximum NASA salary including overtime as of 2024?"),
        (SALARY, "The maximum GSA salary including overtime as of 2024 is $191,900."),
        (SALARY, "what is the maximum GSA salary including overtime as of 2024？"),
        (SALARY, "GSA, 2024?"),
        (SALARY, "What is the highest GSA salary as of 2024?\nWhat is the lowest?"),
        (LEAVE, "How many days of vacation are available to employees who have worked for 10 to 19 years?"),
    ],
)
def test_a_wording_that_asks_for_something_else_is_left_out(question: str, written: str) -> None:
    assert not usable(question, written, detect_language(written))


def test_a_wording_in_the_wrong_language_is_left_out() -> None:
    assert not usable(SALARY, "What is the highest GSA salary, including overtime, as of 2024?", Language.ZH)


def test_what_a_model_puts_around_its_wording_is_taken_off() -> None:
    question = Question(1, SALARY)
    engine = FakeEngine('Question: "What is the highest GSA salary with overtime as of 2024?"', "我不知道。")
    found = _end(write(question, engine, "a"))
    assert found == Wordings("a", "What is the highest GSA salary with overtime as of 2024?", None)


def _end(writing: Generator[None, None, Wordings]) -> Wordings:
    """What a generator returns."""
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return end.value
