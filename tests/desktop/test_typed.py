"""What was typed and not sent survives the end of the process."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.settings import home
from desktop import typed as typed_module
from desktop.typed import Typed
from desktop.views.ask import AskView
from desktop.views.check import CheckView
from desktop.widgets.decision_dialog import DecisionDialog

_DYING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from core.settings import Settings
from desktop.app import Desktop, application
from desktop.core_backend import CoreBackend
from desktop.typed import folder

app = application([])
desktop = Desktop(app, CoreBackend(Path(sys.argv[1]), Settings()))
desktop.show()
window = desktop.window
window.ask.question.box.setPlainText("How much may\\n一晚 cost?")
window.check.text.setPlainText("A letter 😀")
timer = QTimer()
timer.timeout.connect(lambda: any(folder().glob("*.json")) and print("kept", flush=True))
timer.start(50)
app.exec()
"""


@pytest.fixture
def typed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    monkeypatch.setattr(typed_module, "PAUSE", 1)
    made = Typed()
    yield made
    made.close()
    QThreadPool.globalInstance().waitForDone(5000)


def files() -> list[Path]:
    return sorted(home().glob("typed/*.json"))


def left_by_another(text: str) -> None:
    """The file of a process that is gone."""
    folder = home() / "typed"
    folder.mkdir(parents=True)
    (folder / "999999999-1.json").write_text(text, encoding="utf-8")


def test_a_killed_window_offers_its_question_and_its_letter_at_the_next_start(
    backend, qtbot: QtBot, tmp_path: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", _DYING, str(tmp_path / "library")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"kept\n"
        child.send_signal(signal.SIGKILL)
    typed = Typed()
    typed.find_left()
    ask, check = AskView(backend), CheckView(backend)
    for view in (ask, check):
        qtbot.addWidget(view)
        view.use_typed(typed)
    assert ask.offer.isVisibleTo(ask)
    assert ask.offer.text.text() == "How much may 一晚 cost?"
    ask.offer.put_back()
    assert ask.question.question == "How much may\n一晚 cost?"
    assert not ask.offer.isVisibleTo(ask)
    check.offers[0].put_back()
    assert check.text.toPlainText() == "A letter 😀"
    typed.close()
    assert files() == []


def test_a_window_that_is_closed_leaves_nothing_on_the_disk(qtbot: QtBot) -> None:
    typed, box = Typed(), QPlainTextEdit()
    qtbot.addWidget(box)
    typed.watch("question", box)
    box.setPlainText("half a question")
    qtbot.waitUntil(lambda: len(files()) == 1)
    if os.name == "posix":
        assert stat.S_IMODE(files()[0].stat().st_mode) == 0o600
    typed.close()
    assert files() == []


def test_what_was_left_stays_until_it_is_put_back_or_discarded(qtbot: QtBot) -> None:
    left_by_another('{"question": "old", "release 12 reason": "because"}')
    first = Typed()
    first.find_left()
    first.settle("question")
    first.close()
    second = Typed()
    second._path = second._path.with_name("888888888-1.json")  # as if this were another process
    assert files() == [first._path]
    first._path.rename(first._path.with_name("777777777-1.json"))
    second.find_left()
    assert second.left("release 12 reason") == "because"
    assert second.left("question") == ""
    second.settle("release 12 reason")
    second.close()
    assert files() == []


def test_the_file_of_a_running_window_is_left_alone(qtbot: QtBot) -> None:
    running = Typed()
    folder = home() / "typed"
    folder.mkdir(parents=True)
    running._path.write_text('{"question": "mine"}', encoding="utf-8")
    other = Typed()
    other._path = folder / "1-1.json"
    other.find_left()
    assert other.left("question") == ""
    assert running._path.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"question": 5}'])
def test_a_file_that_is_not_ours_offers_nothing(typed: Typed, text: str) -> None:
    left_by_another(text)
    typed.find_left()
    assert typed.left("question") == ""


def test_a_box_that_is_gone_is_not_asked_any_more(typed: Typed, qtbot: QtBot) -> None:
    dialog = DecisionDialog(release=False, who="Ada")
    dialog.keep(typed, "12")
    dialog.fill("Ada", "wrong price")
    qtbot.waitUntil(lambda: bool(files()))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    line = QLineEdit()
    qtbot.addWidget(line)
    typed.watch("question", line)
    line.setText("next")
    qtbot.waitUntil(lambda: files() != [] and "next" in files()[0].read_text(encoding="utf-8"))


def test_a_reason_that_was_being_typed_stands_in_the_dialog_again(typed: Typed, qtbot: QtBot) -> None:
    left_by_another('{"release 12 reason": "Asked the hotel", "release 12 text": "Hotels cost 130 €."}')
    typed.find_left()
    dialog = DecisionDialog(release=True, who="Ada", text="Hotels cost 150 €.")
    qtbot.addWidget(dialog)
    dialog.keep(typed, "12")
    assert dialog.reason == "Asked the hotel"
    assert dialog.final_text == "Hotels cost 130 €."
    qtbot.waitUntil(lambda: bool(files()))


def test_a_full_disk_is_said_once_and_typing_goes_on(qtbot: QtBot, failures) -> None:
    home().mkdir(parents=True, exist_ok=True)
    (home() / "typed").write_text("in the way")
    typed, box = Typed(), QPlainTextEdit()
    qtbot.addWidget(box)
    seen = failures(typed)
    typed.watch("question", box)
    box.setPlainText("a")
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0].code == "typed_not_kept"
    box.setPlainText("ab")
    qtbot.wait(20)
    assert len(seen) == 1


def test_a_question_that_was_answered_is_not_kept(typed: Typed, backend, qtbot: QtBot) -> None:
    ask = AskView(backend)
    qtbot.addWidget(ask)
    ask.use_typed(typed)
    with qtbot.waitSignal(ask.answered):
        ask.ask("How much?")
    qtbot.waitUntil(lambda: not files() and not typed._writing)
    ask.question.box.setPlainText("How much more?")
    qtbot.waitUntil(lambda: len(files()) == 1)
