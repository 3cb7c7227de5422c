"""Every screen for people who use no mouse or do not see it: names, Tab, a focus that can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.settings import Theme
from core.types import Verdict
from desktop.app import Desktop
from desktop.window import MainWindow

from .fake_data import CLAIMS
from .test_every_screen import DIALOGS, STATES


@pytest.fixture
def window(backend, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    backend.settings = backend.settings.with_text("language", "en").with_text("theme", Theme.LIGHT)
    made = Desktop(qapp, backend)
    made.window.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.window._readiness is not None and made.window._model is not None)
    made.window.activateWindow()
    yield made.window
    made.window.close()
    settle()
    shiboken6.delete(made.window)
    made.translators.silence()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def reachable(root: QWidget) -> list[QWidget]:
    """What Tab stops at: visible, enabled, and no part of a widget that takes the focus for it."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]


def told(widget: QWidget) -> str:
    """What a screen reader is told that a widget is."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def where(widget: QWidget) -> str:
    """Enough to find a widget by."""
    line = []
    at: QWidget | None = widget
    while at is not None:
        line.append(type(at).__name__)
        at = at.parentWidget()
    return " in ".join(line[:5])


def faults(window: MainWindow) -> list[str]:
    """What is wrong with the screen that is shown."""
    settle()
    found = [f"no name: {where(each)}" for each in reachable(window) if not told(each).strip()]
    stops = []
    for at in walk(window):
        stops.append(at)
        if not focus_seen(window, at):
            found.append(f"focus not seen: {where(at)}")
    return found + [f"Tab passes by: {where(each)}" for each in reachable(window) if each not in stops]


def walk(window: MainWindow) -> Iterator[QWidget]:
    """Where the Tab key leads, from the chosen screen's button in the rail round to it again."""
    first = window.rail._group.checkedButton() or window.rail._group.button(0)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    at: QWidget = first
    for _ in range(300):
        yield at
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is first:
            return
    raise AssertionError("Tab does not come round")


def focus_seen(window: MainWindow, widget: QWidget) -> bool:
    """Whether the window looks otherwise without the focus on a widget."""
    with_focus = picture(window)
    widget.clearFocus()
    without = picture(window)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return with_focus != without


def picture(window: MainWindow) -> QImage:
    """The window as it is now."""
    QApplication.processEvents()
    return window.grab().toImage()


def test_every_screen_can_be_used_without_a_mouse_and_is_told_to_a_screen_reader(
    window: MainWindow, qtbot: QtBot
) -> None:
    found = {}
    for view in window._views():
        window.open_screen(view)
        qtbot.wait(120)  # what the screen asks of the core arrives
        found[type(view).__name__] = faults(window)
    for state in STATES:
        window.open_screen(state(window, qtbot))
        qtbot.wait(120)
        found[state.__name__] = faults(window)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_all_that_a_dialog_asks_for_has_a_name(qtbot: QtBot, kind: type[QDialog]) -> None:
    dialog = DIALOGS[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert [where(each) for each in reachable(dialog) if not told(each).strip()] == []


def test_a_verdict_is_told_with_its_number_and_reasons(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ask.result.ended):
        window.ask.ask("How much?")
    text = window.ask.result.text
    assert CLAIMS[0].verdict is Verdict.CONTRADICTED
    told_of = QAccessible.queryAccessibleInterface(text)
    assert told_of.text(QAccessible.Text.Description).startswith("Claim 1 of 3: Contradicted")
    text.step(1)
    assert told_of.text(QAccessible.Text.Description).startswith("Claim 2 of 3: Supported")
    assert told_of.role() is QAccessible.Role.EditableText


def test_rows_of_tables_are_told_in_words(window: MainWindow, qtbot: QtBot) -> None:
    window.open_screen(window.history)
    qtbot.waitUntil(lambda: bool(window.history.model.rows))
    model = window.history.model
    cells = [model.index(0, column) for column in range(model.columnCount())]
    assert all(cell.data(Qt.ItemDataRole.AccessibleTextRole) for cell in cells)
