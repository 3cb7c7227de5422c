"""About: the network as it is, licences that can be read, diagnostics that give nothing away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.offline import Connection, NetworkState, Process
from desktop.backend import Readiness
from desktop.views.about import AboutView


@pytest.fixture
def about(backend, qtbot: QtBot) -> AboutView:
    view = AboutView(backend)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows) and view._state is not None)
    return view


def test_a_closed_network_is_said_with_how_it_is_known(about: AboutView) -> None:
    assert about.network.pill.text == "Closed"
    facts = dict(about.network.facts.pairs)
    assert facts["System filter"].endswith("In force in 2 of 2 processes")
    assert facts["Open connections"] == "none in 2 processes"
    assert facts["Allowed servers"] == "none"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"kernel": False, "processes": (Process(1, None),)}, "Closed for Python code"),
        ({"connections": (Connection(1, "10.0.0.1:5", "10.0.0.2:80"),)}, "Connected"),
        ({"kernel": False, "python": False}, "Not refused"),
        ({"kernel": False, "allowed": ("llm.firm.example",)}, "Open to named servers"),
        ({"processes": (Process(1, True), Process(2, False))}, "Closed for Python code"),
    ],
)
def test_less_than_closed_is_never_called_closed(
    about: AboutView, backend, changes: dict[str, object], word: str
) -> None:
    state: NetworkState = replace(backend.network_state, **changes)
    assert not state.closed
    about.network.show_state(state)
    assert about.network.pill.text == word


def test_it_looks_again_only_while_it_is_in_view(about: AboutView) -> None:
    assert about._clock.isActive()
    about.hide()
    assert not about._clock.isActive()


def test_a_licence_is_read_by_choosing_its_part(about: AboutView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: about.text.toPlainText() == "Licence of Touchstone")
    about.table.selectRow(1)
    qtbot.waitUntil(lambda: about.text.toPlainText() == "Licence of numpy")


def test_diagnostics_name_versions_and_figures_and_nobody(about: AboutView, backend, qtbot: QtBot) -> None:
    backend.settings = replace(backend.settings, reviewer="Ada Marsh", allowed_hosts="llm.firm.example")
    about.show_readiness(Readiness(True, 12, 340, 5))
    QTest.mouseClick(about._copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "documents 12, passages 340" in text
    assert "Touchstone 0." in text
    assert "refused to native code True" in text
    assert "Ada" not in text
    assert "firm" not in text
    assert "How much" not in text
    assert about._copied.text().startswith("Copied.")
