from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from core.types import Decision, Language, Level
from desktop.guide import pages
from desktop.models.documents import DocumentsModel
from desktop.models.guide import GuideModel
from desktop.models.history import HistoryFilter, HistoryModel
from desktop.models.models import ModelsModel
from desktop.models.parts import PartsModel
from desktop.models.tables import Role


@pytest.mark.parametrize("kind", [DocumentsModel, HistoryModel, ModelsModel])
def test_models_keep_qts_contract_empty_and_filled(kind, backend, qtmodeltester: ModelTester) -> None:
    rows = {
        DocumentsModel: backend.files(),
        HistoryModel: backend.answers(),
        ModelsModel: backend.models()[0],
    }[kind]
    model = kind()
    qtmodeltester.check(model, force_py=True)  # from here on it also watches every change
    model.set_rows(rows)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_words("no such row")
    model.set_words("")
    assert model.rowCount() == len(rows)


@pytest.mark.parametrize("kind", [DocumentsModel, HistoryModel, ModelsModel])
def test_filled_models_answer_for_every_cell(kind, backend, qtmodeltester: ModelTester) -> None:
    rows = (
        backend.files(),
        backend.answers(),
        backend.models()[0],
    )[[DocumentsModel, HistoryModel, ModelsModel].index(kind)]
    model = kind()
    model.set_rows(rows)
    qtmodeltester.check(model, force_py=True)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            assert isinstance(model.index(row, column).data(), str)


def test_every_cell_says_in_words_what_its_icon_shows(backend) -> None:
    model = DocumentsModel()
    model.set_rows(backend.files())
    index = model.index(1, DocumentsModel.STATE)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "No text"


def test_a_filter_takes_all_words_in_any_order_and_ignores_case(backend) -> None:
    model = HistoryModel()
    model.set_rows(backend.answers())
    model.set_words("HOTEL much")
    assert [model.index(row, 0).data(Role.ROW).question for row in range(model.rowCount())] == [
        "How much may a hotel cost?"
    ]
    model.set_words("hotel receipts")
    assert model.rowCount() == 0


def test_history_is_filtered_by_level_and_decision_and_sorted_by_what_it_means(backend) -> None:
    model = HistoryModel()
    model.set_rows(backend.answers())
    model.set_filter(HistoryFilter(level=Level.LOW))
    assert model.rowCount() == 2
    model.set_filter(HistoryFilter(level=Level.LOW, decision=Decision.HELD))
    assert model.rowCount() == 0
    model.set_filter(HistoryFilter())
    model.sort(HistoryModel.RISK, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data(Role.ROW).level is Level.HIGH


def test_sizes_are_sorted_as_numbers_not_as_words(backend) -> None:
    model = DocumentsModel()
    model.set_rows(tuple(reversed(backend.files())))
    model.sort(DocumentsModel.SIZE)
    assert [model.index(row, 0).data(Role.ROW).document.size for row in range(2)] == [1000, 2000]


def test_the_model_in_use_has_a_mark(backend) -> None:
    model = ModelsModel()
    model.set_rows(backend.models()[0])
    model.in_use = "SmolLM2"
    marks = [model.columns[0].icon(row) for row in model.rows]
    assert marks[1] != marks[0]


@pytest.mark.parametrize("kind", [PartsModel, GuideModel])
def test_parts_and_guide_keep_qts_contract_too(kind, backend, qtmodeltester: ModelTester) -> None:
    rows = {PartsModel: backend.parts(), GuideModel: pages(Language.EN)}[kind]
    model = kind()
    qtmodeltester.check(model, force_py=True)
    model.set_rows(rows)
    model.set_words("no such row")
    model.set_words("")
    assert model.rowCount() == len(rows) > 0


def test_ten_thousand_rows_are_listed_filtered_and_sorted(backend, qtmodeltester: ModelTester) -> None:
    model = HistoryModel()
    qtmodeltester.check(model, force_py=True)
    model.set_rows(replace(backend.rows[0], risk=number / 10_000) for number in range(10_000))
    assert model.rowCount() == 10_000
    model.sort(HistoryModel.RISK, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data(Role.ROW).risk == 0.9999
    model.set_words("receipts")
    assert model.rowCount() == 0
