"""History: the line above the list, and what stands in its place when nothing fits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.types import Level
from desktop.models.history import HistoryFilter
from desktop.views.history import HistoryView


@pytest.fixture
def history(backend, qtbot: QtBot) -> HistoryView:
    first, *others = backend.rows
    backend.rows = (
        replace(first, model="Qwen"),
        replace(others[0], level=Level.MEDIUM),
        replace(others[1], model=None),
    )
    view = HistoryView(backend)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows))
    return view


def shown(history: HistoryView) -> list[str]:
    return [(row.question or "")[:4] for row in history.model.rows]


def test_level_and_decision(history: HistoryView) -> None:
    history.filter.levels.setCurrentIndex(3)
    assert shown(history) == ["How "]
    history.filter.decisions.setCurrentIndex(1)
    assert shown(history) == []


def test_the_models_of_the_list_are_offered_and_texts_from_elsewhere_are_one_of_them(
    history: HistoryView,
) -> None:
    models = history.filter.models
    names = [models.itemText(at) for at in range(models.count())]
    assert names == ["Every model", "Supplied text", "Qwen", "SmolLM2-135M"]
    models.setCurrentIndex(1)
    assert shown(history) == [""]
    models.setCurrentIndex(2)
    assert shown(history) == ["How "]


def test_a_chosen_model_stays_chosen_when_others_come(history: HistoryView, backend, qtbot: QtBot) -> None:
    history.filter.models.setCurrentIndex(2)
    backend.rows = (*backend.rows, replace(backend.rows[0], model="Aya"))
    history.refresh()
    qtbot.waitUntil(lambda: len(history.model.all_rows) == 4)
    assert history.filter.models.currentText() == "Qwen"
    assert shown(history) == ["How "]


def test_between_two_dates_both_days_count_whichever_comes_first(history: HistoryView) -> None:
    bar = history.filter
    assert not bar.since.isVisible()
    bar.times.setCurrentIndex(4)
    assert bar.since.isVisible()
    bar.since.setDate(QDate(2026, 11, 13))
    bar.until.setDate(QDate(2026, 11, 12))
    assert shown(history) == ["How ", "When"]
    bar.until.setDate(QDate(2026, 11, 13))
    assert shown(history) == ["How "]


def test_a_bound_in_time_is_a_moment_and_the_last_day_is_whole() -> None:
    class Row:
        level, decision, model = Level.LOW, None, "m"

        def __init__(self, created_at: str) -> None:
            self.created_at = created_at

    wanted = HistoryFilter(since="2026-11-12T00:00:00+00:00", until="2026-11-13T00:00:00+00:00")
    fits = [
        wanted.fits(Row(at))  # type: ignore[arg-type]
        for at in (
            "2026-11-11T23:59:59.999999+00:00",
            "2026-11-12T00:00:00.000001+00:00",
            "2026-11-12T23:59:59+00:00",
            "2026-11-13T00:00:00+00:00",
        )
    ]
    assert fits == [False, True, True, False]


def test_where_nothing_fits_everything_can_be_shown_again(history: HistoryView) -> None:
    history.filter.words.setText("no such words")
    assert history._none.isVisible()
    assert history._explain.text() == "0 of 3 answers"
    QTest.mouseClick(history._show_all, Qt.MouseButton.LeftButton)
    assert history.table.isVisible()
    assert len(shown(history)) == 3
