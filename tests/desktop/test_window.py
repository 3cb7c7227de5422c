from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.settings import Speech, Theme
from desktop import theme
from desktop.app import Desktop
from desktop.backend import Readiness
from desktop.colors import DARK
from desktop.window import MainWindow


@pytest.fixture
def desktop(backend, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    made = Desktop(qapp, backend)
    made.show()
    qtbot.waitUntil(lambda: made.window._readiness is not None and made.window._model is not None)
    yield made
    made.window.close()
    QThreadPool.globalInstance().waitForDone(5000)
    qapp.processEvents()
    shiboken6.delete(
        made.window
    )  # not left to the garbage collector, which takes cycles apart piece by piece
    made.translators.silence()


@pytest.fixture
def window(desktop: Desktop) -> MainWindow:
    return desktop.window


def follow(window: MainWindow, **changes: object) -> None:
    """Change settings and let the events about it arrive."""
    window.apply_settings(replace(window.backend.settings, **changes))  # type: ignore[arg-type]
    QApplication.processEvents()


def words_of(widget: QWidget) -> list[str]:
    labels = [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
    return labels + [button.text() for button in widget.findChildren(QAbstractButton)]


def test_a_filled_library_opens_with_ask_and_an_empty_one_with_welcome(
    backend, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.ask.isVisible()
    backend.ready = Readiness(False, 0, 0, 0)
    window.look_around()
    qtbot.waitUntil(window.welcome.isVisible)


def test_the_rail_says_what_is_loaded(window: MainWindow) -> None:
    assert window.rail.status.text().splitlines() == [
        "2 documents",
        "SmolLM2",
        "Offline. Nothing leaves this computer.",
    ]


def test_what_waits_is_counted_again_whenever_an_answer_is_recorded(
    window: MainWindow, backend, qtbot: QtBot
) -> None:
    def shown() -> str:
        return window.rail._group.button(3).text().strip()

    qtbot.waitUntil(lambda: shown() == "Review (2)")
    one, both = backend.waiting[:1], backend.waiting
    for signal in (window.ask.answered, window.check.answered, window.history.decided):
        backend.waiting = one
        signal.emit(backend.result)
        qtbot.waitUntil(lambda: shown() == "Review (1)")
        backend.waiting = both
        signal.emit(backend.result)
        qtbot.waitUntil(lambda: shown() == "Review (2)")


def test_every_screen_is_reached_by_keyboard(window: MainWindow) -> None:
    views = [window.ask, window.check, window.documents, window.review]
    views += [window.history, window.models, window.pilot]
    for number, view in enumerate(views, 1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert view.isVisible()


def test_the_language_changes_while_the_window_is_open(window: MainWindow) -> None:
    window.open_screen(window.settings)
    follow(window, language=Speech.ZH)
    assert window.windowTitle() == "试金石"
    assert window.rail._group.button(2).text().strip() == "文件"
    assert window.settings.fields["theme"].editor.accessibleName() == "主题"
    follow(window, language=Speech.EN)
    assert window.rail._group.button(2).text().strip() == "Documents"


def test_an_open_answer_is_said_again_in_the_new_language(window: MainWindow, backend, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ask.result.ended):
        window.ask.ask("How much?")
    follow(window, language=Speech.ZH)
    assert window.ask.result.summary.badge.text == "高风险"
    assert window.ask.result.summary.coverage.text() == "3 条陈述中有 2 条可以核查"
    assert window.ask.result.evidence._title.text() == "陈述 1 / 3"
    assert window.ask.result.evidence.cards[0].where.text() == "第 2 页"


def test_the_theme_changes_while_the_window_is_open(window: MainWindow) -> None:
    follow(window, theme=Theme.DARK)
    assert theme.colors() is DARK
    assert window.settings.fields["theme"].editor.currentData() == Theme.DARK
    follow(window, theme=Theme.LIGHT)


def test_no_screen_keeps_a_word_of_the_other_language(window: MainWindow) -> None:
    follow(window, language=Speech.ZH)
    left = {
        text.strip()
        for view in window._views()
        for text in words_of(view)
        if text.strip() and text.isascii() and not any(char.isdigit() for char in text)
    }
    assert left <= {"English", "SHA-256", "First?", "Second?", "/library"}


def test_whatever_can_be_pressed_has_a_name_and_text_is_never_rich(window: MainWindow) -> None:
    window.open_screen(window.settings)  # its words are read when it is first seen
    for found in window.findChildren(QAbstractButton):
        if isinstance(found, QToolButton) and found.objectName().startswith("qt_"):
            continue
        if type(found).__name__ == "QAbstractButton":
            continue  # the corner of a table
        assert found.text() or found.accessibleName() or found.toolTip() or found.objectName(), found
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_after_the_sample_the_first_question_is_asked(window: MainWindow, backend, qtbot: QtBot) -> None:
    window.open_screen(window.welcome)
    with qtbot.waitSignal(window.ask.result.ended):
        window.welcome.try_sample()
    assert window.ask.isVisible()
    assert backend.named("answer") == [("First?",)]


def test_closing_stops_what_runs_and_frees_the_model(window: MainWindow, backend, qtbot: QtBot) -> None:
    backend.hold = True
    window.ask.ask("First?")
    qtbot.waitUntil(lambda: window.ask.result.progress.words == "Writing a draft")
    window.close()
    assert backend.stopped.is_set()
    assert backend.named("close") == [()]


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_the_window_fits_its_size(window: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ask.result.ended):
        window.ask.ask("How much?")
    window.resize(*size)
    assert (window.width(), window.height()) == size


def test_the_program_starts_shows_its_help_and_imports_qt_only_then() -> None:
    code = "import sys, desktop.__main__; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    told = subprocess.run(
        [sys.executable, "-m", "desktop", "--help"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert told.returncode == 0
    assert "--library" in told.stdout
