from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.errors import EngineError, LibraryError
from core.settings import Settings
from core.types import Language
from desktop import crash
from desktop.errors import Errors
from desktop.jobs import call


@pytest.fixture
def errors(qtbot: QtBot) -> Iterator[Errors]:
    made = Errors(lambda: Language.EN, lambda: Settings(reviewer="Ada Lovelace"))
    yield made
    if made.dialog is not None:
        made.dialog.close()
        qtbot.waitUntil(lambda: made.dialog is None)


@pytest.fixture
def hooked(errors: Errors, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Errors:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    errors.install()
    return errors


class Broken(QObject):
    @Slot()
    def slot(self) -> None:
        raise ZeroDivisionError("in a slot")


@pytest.mark.qt_no_exception_capture
def test_a_slot_that_raises_reaches_the_error_dialog_and_leaves_a_report(
    hooked: Errors, qtbot: QtBot
) -> None:
    broken = Broken()
    QTimer.singleShot(0, broken.slot)
    qtbot.waitUntil(lambda: hooked.dialog is not None)
    assert hooked.dialog is not None
    assert "in a slot" in hooked.dialog.details
    (report,) = crash.folder().glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError: in a slot" in text
    assert "temperature = 0.0" in text
    assert "Ada" not in text
    assert str(report) in hooked.dialog.message.text()


@pytest.mark.qt_no_exception_capture
def test_a_bug_on_a_worker_thread_is_shown_on_the_main_thread(hooked: Errors, qtbot: QtBot) -> None:
    def work() -> object:
        raise KeyError("on a worker")

    call(work).start()
    qtbot.waitUntil(lambda: hooked.dialog is not None)
    assert hooked.dialog is not None
    assert "on a worker" in hooked.dialog.details


def test_what_a_person_can_act_on_is_said_in_words_with_details_to_copy(errors: Errors, qtbot: QtBot) -> None:
    errors.show(EngineError("engine_busy"))
    dialog = errors.dialog
    assert dialog is not None
    assert dialog.message.text() == dialog.message.text().strip()
    assert "engine_busy" not in dialog.message.text()
    assert dialog.focusWidget() is dialog._close
    dialog.copy_details()
    assert "EngineError: engine_busy" in QGuiApplication.clipboard().text()
    assert "Touchstone" in QGuiApplication.clipboard().text()


def test_markup_in_an_error_stays_text(errors: Errors) -> None:
    errors.show(LibraryError("answer_unknown", id="<img src=x onerror=y>"))
    assert errors.dialog is not None
    assert "<img src=x onerror=y>" in errors.dialog.message.text()


def test_only_the_first_of_several_errors_is_shown(errors: Errors) -> None:
    errors.show(EngineError("engine_busy"))
    first = errors.dialog
    errors.show(EngineError("engine_closed"))
    assert errors.dialog is first


def test_a_section_that_cannot_be_gathered_does_not_lose_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OSError("no versions")

    monkeypatch.setattr(crash, "versions", fail)
    text = crash.report("Traceback …", None)
    assert "could not be gathered" in text
    assert "Traceback …" in text


def test_what_a_native_crash_left_is_given_back_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash.faulthandler, "enable", lambda file: file.write("Fatal: segfault"))
    log, left = crash.watch_native()
    log.close()
    assert left == ""
    log, left = crash.watch_native()
    log.close()
    assert left == "Fatal: segfault"
