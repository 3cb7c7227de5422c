from __future__ import annotations

from dataclasses import replace

import pytest

from core.pilot.charts import charts, time_chart
from core.pilot.matrix import level_text, notes
from core.pilot.reliability import at_gate, bins, risk_curve, told, wrong
from core.pilot.types import (
    Agreement,
    Environment,
    Knock,
    Knockout,
    Question,
    RowStatus,
    Run,
    RunModel,
    RunPlan,
    RunRow,
    Variant,
)
from core.report.drawing import Rect
from core.report.hatch import LIGHT
from core.types import Check, Language, Level, Reason, Verdict

DAYS = Question(1, "How long is the warranty?", expected="24 months")
NAME = Question(2, "Who signs?", expected="the head of the department")
ABSENT = Question(3, "What was the revenue?", must_refuse=True)


def row(
    answer: str, *, number: int = 1, risk: float = 0.1, level: Level = Level.LOW, **more: object
) -> RunRow:
    check = Check(answer, risk, level, 1.0, ())
    made = RunRow(number, "m", Variant.BASE, RowStatus.DONE, answer=answer, check=check)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "answer", "bad"),
    [
        (DAYS, row("It is 24 months."), False),
        (DAYS, row("It is 36 months."), True),
        (DAYS, row("I do not know.", refused=True), None),
        (NAME, row("The head.", agreement=Agreement(0.4, covers=True)), False),
        (NAME, row("The clerk.", agreement=Agreement(0.4, covers=False)), True),
        (NAME, row("The head."), None),
        (ABSENT, row("12 million."), True),
        (ABSENT, row("Not in the documents.", refused=True), None),
        (DAYS, RunRow(1, "m", Variant.BASE, RowStatus.FAILED), None),
    ],
)
def test_an_answer_is_wrong_by_the_set_or_the_set_cannot_tell(
    question: Question, answer: RunRow, bad: bool | None
) -> None:
    assert wrong(question, answer) is bad


def test_the_curve_lets_equal_risks_through_together_and_marks_the_gate() -> None:
    judged = [
        (0.1, False, Level.LOW),
        (0.2, True, Level.LOW),
        (0.2, False, Level.MEDIUM),
        (0.9, True, Level.HIGH),
    ]
    assert risk_curve(judged) == ((0.25, 0.0), (0.75, 1 / 3), (1.0, 0.5))
    assert at_gate(judged) == (0.5, 0.5)
    assert at_gate(judged[3:]) is None


def test_bins_are_filled_alike_and_bound_what_they_saw() -> None:
    judged = [(at / 40, at >= 20, Level.LOW) for at in range(40)]
    found = bins(judged)
    assert [each.count for each in found] == [8] * 5
    assert found[0].observed == 0.0
    assert found[-1].observed == 1.0
    assert found[0].high is not None
    assert found[0].high > 0.2  # none of eight is not none
    assert len(bins(judged[:7])) == 1


def run_of(count: int) -> Run:
    questions = tuple(Question(at, "How long is the warranty?", "24 months") for at in range(1, count + 1))
    rows = tuple(
        row("24 months." if at % 3 else "36 months.", number=at, risk=at / 99) for at in range(1, count + 1)
    )
    plan = RunPlan("set.csv", "0" * 64, "library", "0" * 64, (("m", "0" * 64),), {})
    here = Environment("0", "1", "3", "x", "x", "0", "0", "", None, "0" * 64)
    return Run("r", "2026-01-01", plan, here, questions, {}, (RunModel("m", "0" * 64, "", 1),), rows)


@pytest.mark.parametrize("language", list(Language))
def test_curves_are_drawn_only_where_enough_can_be_told(language: Language) -> None:
    assert len(charts(run_of(9), language)) == 2
    assert len(charts(run_of(10), language)) == 4
    assert [risk for risk, _, _ in told(run_of(9), "m")] == [at / 99 for at in range(1, 10)]


def test_the_matrix_says_what_the_set_and_the_knock_out_say() -> None:
    stood = Knockout(0, Knock.STOOD, Verdict.SUPPORTED, ("24 months",))
    fell = replace(stood, claim=1, result=Knock.FELL, verdict=Verdict.NOT_FOUND)
    said = notes(DAYS, row("24 months.", knockouts=(stood, fell)), Language.EN)
    assert said == ("right by the set", "did not depend on its source: 1 of 2 citations")
    assert notes(DAYS, row("24 months.", knockouts=(fell,)), Language.EN) == ("right by the set",)
    assert notes(ABSENT, row("12 million."), Language.ZH) == ("文件中没有答案，却作了答",)
    assert notes(ABSENT, row("No.", refused=True), Language.EN) == ("rightly declined",)
    assert notes(DAYS, row("No.", refused=True), Language.EN) == ("the documents do answer it",)
    failed = RunRow(1, "m", Variant.BASE, RowStatus.FAILED, reason=Reason("row_failed", {"detail": "x"}))
    assert notes(ABSENT, failed, Language.EN) == ()
    assert level_text(failed, Language.EN) == "failed"
    assert level_text(None, Language.EN) == "–"


def test_the_parts_of_the_times_differ_in_black_and_white() -> None:
    drawing = time_chart(run_of(3), Language.EN)
    full = {shape.fill for shape in drawing.shapes if isinstance(shape, Rect)} - {None, LIGHT.surface}
    assert full == {LIGHT.accent}  # one full area alone: two would look alike
