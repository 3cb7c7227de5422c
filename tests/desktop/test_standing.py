"""The standing of documents in the window: authority and days, set and cleared beside the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import LibraryError
from core.types import Standing
from desktop.models.documents import DocumentsModel
from desktop.views.documents import DocumentsView

Settled = Callable[[Callable[[], bool]], None]
PAST = Standing(authority=3, valid_from="2020-01-01", valid_until="2021-12-31")


@pytest.fixture
def documents(backend, qtbot: QtBot, settled: Settled) -> DocumentsView:
    view = DocumentsView(backend)
    qtbot.addWidget(view)
    view.resize(1100, 760)
    view.show()
    view.refresh()
    settled(lambda: bool(view.model.rows))
    view.table.selectRow(0)
    return view


def state(view: DocumentsView) -> str:
    return str(view.model.index(0, DocumentsModel.STATE).data())


def test_a_standing_is_set_and_shown(
    documents: DocumentsView, backend, qtbot: QtBot, settled: Settled
) -> None:
    box = documents.details.standing
    assert not box.set.isEnabled()
    assert not box.clear.isEnabled()
    assert box.force.isHidden()
    box.authority.setValue(3)
    box.first.setText(" 2020-01-01 ")
    box.last.setText("2021-12-31")
    box.set.click()
    settled(lambda: state(documents) == "No longer in force")
    assert backend.named("set_standing") == [(backend.listed[0].path, PAST)]
    assert box.force.text == "No longer in force"
    assert not box.set.isEnabled()
    assert box.clear.isEnabled()


def test_a_standing_is_taken_away(documents: DocumentsView, backend, settled: Settled) -> None:
    backend.standings[backend.listed[0].path] = PAST
    documents.refresh()
    settled(documents.details.standing.clear.isEnabled)
    documents.details.standing.clear.click()
    settled(lambda: state(documents) == "Ready")
    assert backend.named("set_standing") == [(backend.listed[0].path, Standing())]
    assert documents.details.standing.last.text() == ""


def test_a_day_that_is_none_is_told_beside_it(documents: DocumentsView, backend, settled: Settled) -> None:
    box = documents.details.standing
    backend.error = LibraryError("standing_day", day="soon")
    box.last.setText("soon")
    box.set.click()
    settled(lambda: "“soon” is no day" in box.problem.text())
    assert box.last.text() == "soon"
    box.last.setText("2027-01-01")
    assert box.problem.isHidden()


def test_enter_in_a_box_sets(documents: DocumentsView, backend, qtbot: QtBot, settled: Settled) -> None:
    box = documents.details.standing
    box.first.setText("2099-01-01")
    qtbot.keyClick(box.first, Qt.Key.Key_Return)
    settled(lambda: state(documents) == "Not yet in force")
    assert backend.named("set_standing") == [(backend.listed[0].path, Standing(0, "2099-01-01"))]


def test_what_is_being_typed_outlives_a_new_list_but_not_another_document(
    documents: DocumentsView, backend, settled: Settled
) -> None:
    box = documents.details.standing
    box.last.setText("2027-0")
    documents._listed(backend.files())
    assert box.last.text() == "2027-0"
    documents.table.selectRow(1)
    assert box.last.text() == ""


def test_the_boxes_have_names_and_are_reached_with_tab(documents: DocumentsView) -> None:
    box = documents.details.standing
    names = [part.accessibleName() for part in (box.authority, box.first, box.last)]
    assert names == ["Authority", "Valid from", "Valid until"]
    assert all(part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in (box.authority, box.first, box.set))
