from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.pilot import export
from core.pilot.charts import level_chart, time_chart
from core.pilot.types import (
    Environment,
    Knock,
    Knockout,
    Question,
    RowStatus,
    Run,
    RunModel,
    RunPlan,
    RunRow,
    Timing,
    Variant,
)
from core.report.charts import DARK, LIGHT
from core.types import Check, Decision, Language, Level, Verdict
from desktop.models.pilot import PilotModel, cell_words, matrix
from desktop.views.pilot import PilotView
from desktop.views.pilot_answers import AnswerText
from desktop.views.pilot_results import ResultsPage
from desktop.widgets.claim_view import Phase
from desktop.widgets.pilot_charts import PilotCharts


def answered(number: int, model: str, level: Level, answer, *, refused: bool = False) -> RunRow:
    check = Check(answer.text, 0.5, level, 1.0, answer.check.claims)
    decision = Decision.USABLE if level is Level.LOW else Decision.HELD
    return RunRow(
        number,
        model,
        Variant.BASE,
        RowStatus.DONE,
        answer=answer.text,
        check=check,
        decision=decision,
        refused=refused,
        timing=Timing(2.0, 1.0, 0.5),
    )


@pytest.fixture
def run(backend) -> Run:
    """Two questions, two models; the second model has not come to the second question."""
    answer = backend.result
    rows = (
        answered(1, "A", Level.LOW, answer),
        answered(2, "A", Level.HIGH, answer, refused=True),
        answered(1, "B", Level.MEDIUM, answer),
    )
    plan = RunPlan("set.csv", "0" * 64, "/library", "", (("A", ""), ("B", "")), {})
    environment = Environment("1", "1", "3", "x", "cpu", "1", "1", "e", None, "0" * 64)
    questions = (Question(1, "Hotels?", expected="130 €"), Question(2, "Leave?", must_refuse=True))
    models = (RunModel("A", "", "", 1), RunModel("B", "", "", 1))
    return Run("r", "2026-11-25T00:00:00", plan, environment, questions, {}, models, rows)


@pytest.fixture
def screen(qtbot: QtBot, backend, run: Run) -> PilotView:
    backend.pilot_run = run
    made = PilotView(backend)
    qtbot.addWidget(made)
    made.open(Path("/run"))
    qtbot.waitUntil(lambda: made.results.run is not None)
    return made


@pytest.fixture
def view(screen: PilotView) -> ResultsPage:
    return screen.results


def test_the_matrix_keeps_qts_contract(run: Run, qtmodeltester: ModelTester) -> None:
    model = PilotModel()
    model.set_models(["A", "B"])
    model.set_rows(matrix(run))
    qtmodeltester.check(model, force_py=True)
    assert [model.index(0, at).data() for at in (2, 3)] == ["Low risk", "Medium risk"]
    assert [model.index(1, at).data() for at in (2, 3)] == ["Refused: High risk", "Not asked yet"]
    model.set_level(Level.MEDIUM)
    assert model.rowCount() == 1
    model.set_level(None)
    model.set_words("leave")
    assert model.rowCount() == 1


def test_a_failure_is_not_a_level() -> None:
    assert cell_words(RunRow(1, "A", Variant.BASE, RowStatus.FAILED)) == "Failed"


def test_answers_stand_side_by_side_and_a_claim_opens_its_evidence(view: ResultsPage, backend) -> None:
    view.table.selectRow(0)
    assert len(view.answers) == 2
    shown = {each.text() for each in view.findChildren(QLabel)}
    assert "Expected: 130 €" in shown
    view.answers[1].chosen.emit(0)
    assert view.evidence._claim == view.answers[1].claims[0]
    view.evidence.step.emit(1)
    assert view.answers[1].current is not None


def test_what_the_set_and_the_knock_out_say_stands_in_matrix_and_card(view: ResultsPage, run: Run) -> None:
    fell = Knockout(0, Knock.FELL, Verdict.NOT_FOUND, ("130 €",))
    first = run.rows[0]
    assert cell_words(replace(first, knockouts=(fell,))) == "Low risk"
    stood = replace(first, knockouts=(fell, replace(fell, claim=1, result=Knock.STOOD)))
    assert cell_words(stood) == "Low risk, source not needed"
    assert view._state is not None
    view.show_run(replace(run, rows=(stood, *run.rows[1:])), view._state)
    shown = "\n".join(each.text() for each in view.findChildren(QLabel))
    assert "did not depend on its source: 1 of 2 citations" in shown
    assert "by the set" in shown


def test_the_text_of_a_held_answer_stays_back_where_the_policy_says_so(view: ResultsPage, backend) -> None:
    backend.settings = replace(backend.settings, show_held_text=False)
    view.table.selectRow(1)
    view.table.selectRow(0)
    assert [each.accessibleName() for each in view.answers] == ["A"]


def test_the_charts_follow_the_theme(view: ResultsPage, run: Run) -> None:
    for draw in (level_chart, time_chart):
        for language in Language:
            light, dark = draw(run, language, LIGHT), draw(run, language, DARK)
            assert "A" in light.to_svg()
            assert light.to_svg() != dark.to_svg()
    levels, times = (chart.accessibleName() for chart in view.charts)
    assert "Answers by level" in levels
    assert times not in ("", levels)


def test_all_charts_stand_in_a_dialog_with_what_their_words_mean(view: ResultsPage, run: Run) -> None:
    view.all_charts.click()
    dialog = view.findChild(PilotCharts)
    assert dialog is not None
    assert [each.accessibleName() for each in dialog.charts] == [
        each.accessibleName() for each in view.charts
    ]
    assert any("Wrong by the set" in each.text() for each in dialog.findChildren(QLabel))
    dialog.accept()
    more = tuple(replace(row, question=at) for at in range(1, 11) for row in run.rows[:1])
    questions = tuple(Question(at, "Hotels?", expected="130 €") for at in range(1, 11))
    dialog = PilotCharts(replace(run, rows=more, questions=questions), Language.ZH, view)
    assert len(dialog.charts) == 4
    dialog.accept()


def test_the_export_is_chosen_by_the_files_name(
    view: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    written: list[str] = []
    monkeypatch.setattr(export, "export_xlsx", lambda run, path, language: written.append(path.name))
    view.export_to(tmp_path / "run.xlsx")
    qtbot.waitUntil(lambda: written == ["run.xlsx"])


@pytest.mark.parametrize("text", ["每人每天100元。", "Within 30 days.", "Within 30 days of the return. " * 6])
def test_an_answer_is_not_cut_in_its_box(qtbot: QtBot, text: str) -> None:
    made = AnswerText()
    qtbot.addWidget(made)
    made.resize(400, 50)
    made.show_text(text, (), Phase.OPEN)
    made.show()
    assert made.verticalScrollBar().maximum() == 0
    assert made.viewport().height() >= made.document().size().height()


def test_a_long_answer_is_scrolled(qtbot: QtBot) -> None:
    made = AnswerText()
    qtbot.addWidget(made)
    made.resize(400, 50)
    made.show_text("Within 30 days of the return. " * 60, (), Phase.OPEN)
    made.show()
    assert made.verticalScrollBar().maximum() > 0
