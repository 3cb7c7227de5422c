"""Every screen and dialog, in English, Chinese and a language twice as long: no warning, nothing cut off.

The long language doubles every word of the window and of the core. It stands for the languages and text sizes
that nobody tries by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import desktop
from core import words
from core.errors import EngineError
from core.llm.servers import ServerModel
from core.types import Language
from desktop.app import Desktop
from desktop.errors import ErrorDialog
from desktop.i18n import Translators
from desktop.pilot_backend import PilotWish
from desktop.views.base import View
from desktop.widgets.decision_dialog import DecisionDialog
from desktop.widgets.draft_dialog import DraftDialog
from desktop.widgets.passphrase_dialog import PassphraseDialog
from desktop.widgets.passport_panel import PassportPanel
from desktop.widgets.pill import Pill
from desktop.widgets.pilot_charts import PilotCharts
from desktop.widgets.remove_dialog import RemoveDialog, RemoveServerDialog
from desktop.widgets.review_dialog import ReviewDialog
from desktop.widgets.server_dialog import ServerDialog
from desktop.widgets.take_dialog import TakeDialog
from desktop.window import MainWindow

from .fake_backend import FakeBackend
from .fake_pilot import PROBLEMS, row_of, run_of

LANGUAGES = ("en", "zh", "long")
REMARK = "This plugin does not support propagateSizeHints"  # the offscreen platform's own


class Doubled(QTranslator):
    """Says everything twice, placeholders included."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        del context, disambiguation, n
        return doubled(source)

    def isEmpty(self) -> bool:
        return False


def doubled(text: str) -> str:
    return f"{text} {text}"


def doubled_catalogue(before: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {code: {key: doubled(text) for key, text in texts.items()} for code, texts in before.items()}


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """Everything that Qt complains about while a test runs."""
    seen: list[str] = []

    def note(kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg and REMARK not in message:
            seen.append(message)

    before = qInstallMessageHandler(note)
    yield seen
    qInstallMessageHandler(before)


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language to try; the long one is put over the English that the window speaks."""
    language: str = request.param
    if language == "long":
        long = doubled_catalogue(words.catalogue())
        monkeypatch.setattr(words, "catalogue", lambda: long)
    return language


@pytest.fixture
def speech(qapp: QApplication, spoken: str, dressed: Translators) -> Iterator[None]:
    """The application speaks the language to try."""
    dressed.speak(Language.ZH if spoken == "zh" else Language.EN)
    long = Doubled(qapp)
    if spoken == "long":
        qapp.installTranslator(long)
    yield
    qapp.removeTranslator(long)


@pytest.fixture
def window(
    backend, qapp: QApplication, qtbot: QtBot, spoken: str, dressed: Translators
) -> Iterator[MainWindow]:
    backend.settings = backend.settings.with_text("language", "zh" if spoken == "zh" else "en")
    made = Desktop(qapp, backend)
    long = Doubled(qapp)
    if spoken == "long":
        qapp.installTranslator(long)
    made.window.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.window._readiness is not None and made.window._model is not None)
    settle(qapp)
    yield made.window
    qapp.removeTranslator(long)
    made.window.close()
    settle(qapp)
    shiboken6.delete(made.window)
    made.translators.silence()


def settle(app: QCoreApplication) -> None:
    """Let every event arrive, deferred deletions too."""
    for _ in range(3):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# What counts as cut off


@dataclass(frozen=True)
class Cut:
    """A widget that is too small for what it says."""

    kind: str
    text: str
    has: tuple[int, int]
    needs: tuple[int, int]


def cut_off(root: QWidget) -> list[Cut]:
    """The visible labels, buttons, pills and column titles that are smaller than their words."""
    return [cut for widget in root.findChildren(QWidget) if widget.isVisible() for cut in cuts(widget)]


def cuts(widget: QWidget) -> Iterator[Cut]:
    if isinstance(widget, QTableView):
        yield from cut_titles(widget)
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        if widget.text() and widget.height() < needs:
            yield Cut("label", widget.text(), (widget.width(), widget.height()), (0, needs))
        return
    if isinstance(widget, QToolButton) and not widget.text():
        return
    if isinstance(widget, (QLabel, QPushButton, QToolButton, QCheckBox, Pill)) and said(widget):
        needs_width, needs_height = widget.sizeHint().width(), widget.sizeHint().height()
        if widget.width() < needs_width or widget.height() < needs_height:
            has = (widget.width(), widget.height())
            yield Cut(type(widget).__name__, said(widget), has, (needs_width, needs_height))


def said(widget: QWidget) -> str:
    if isinstance(widget, Pill):
        return widget.text
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return ""


def cut_titles(table: QTableView) -> Iterator[Cut]:
    """Titles of columns; the cells of a table may be shortened, their whole text stands beside it."""
    header = table.horizontalHeader()
    for column in range(header.count()):
        has, needs = header.sectionSize(column), header.sectionSizeHint(column)
        if not header.isSectionHidden(column) and header.isVisible() and has < needs:
            title = str(table.model().headerData(column, header.orientation()))
            yield Cut("column", title, (has, 0), (needs, 0))


# Screens


def reopened(window: MainWindow, qtbot: QtBot) -> View:
    with qtbot.waitSignal(window.ask.result.ended):
        window.ask.ask("How much may a hotel cost?")
    return window.ask


def checked(window: MainWindow, qtbot: QtBot) -> View:
    window.check.text.setPlainText("Hotels cost 150 €.")
    with qtbot.waitSignal(window.check.result.ended):
        window.check.start()
    return window.check


def crashed(window: MainWindow, qtbot: QtBot) -> View:
    del qtbot
    window.ask.banner.show_error(EngineError("engine_crashed", signal="SIGSEGV"), window.ask.language)
    return window.ask


def document(window: MainWindow, qtbot: QtBot) -> View:
    window.documents.refresh()
    qtbot.waitUntil(lambda: bool(window.documents.model.rows))
    window.documents.table.selectRow(1)
    return window.documents


def preview(window: MainWindow, qtbot: QtBot) -> View:
    document(window, qtbot)
    window.documents.preview(window.documents.model.rows[0].document)
    qtbot.waitUntil(lambda: bool(window.documents.reading.model.rows))
    return window.documents


def retrieval(window: MainWindow, qtbot: QtBot) -> View:
    document(window, qtbot)
    window.documents.test_retrieval()
    window.documents.retrieval.question.setText("hotels")
    window.documents.retrieval.search()
    qtbot.waitUntil(lambda: bool(window.documents.retrieval.cards))
    return window.documents


def reviewing(window: MainWindow, qtbot: QtBot) -> View:
    window.review.refresh()
    qtbot.waitUntil(lambda: bool(window.review.queue.rows))
    window.review.open(window.review.queue.rows[0])
    qtbot.waitUntil(lambda: window.review.page.answer is not None)
    return window.review


def review_file(window: MainWindow, qtbot: QtBot) -> View:
    window.review.show_carried(FakeBackend(window.backend.settings))
    carried = window.review.carried
    qtbot.waitUntil(lambda: bool(carried.queue.rows))
    return window.review


def reviewing_a_file(window: MainWindow, qtbot: QtBot) -> View:
    carried = window.review.carried
    carried.open(carried.queue.rows[0])
    qtbot.waitUntil(lambda: carried.page.answer is not None)
    return window.review


def brought_back(window: MainWindow, qtbot: QtBot) -> View:
    window.review.close_carried()
    window.review.queue.say_written(3, "/media/stick/review.json")
    with qtbot.waitSignal(window.review.brought.ended):
        window.review.files.bring_back("/media/stick/review-decisions.jsonl")
    return window.review


def labelling(window: MainWindow, qtbot: QtBot) -> View:
    window.calibrate.refresh()
    qtbot.waitUntil(lambda: window.calibrate.start.state is not None)
    window.calibrate.label()
    qtbot.waitUntil(lambda: bool(window.calibrate.labels.passages.cards))
    window.calibrate.labels.say("contradicted")
    window.calibrate.labels._to_earlier()
    return window.calibrate


def result(window: MainWindow, qtbot: QtBot) -> View:
    window.calibrate.show_result()
    qtbot.waitUntil(lambda: window.calibrate.result.outcome is not None)
    window.calibrate.result.table.selectRow(0)
    return window.calibrate


def new_run(window: MainWindow, qtbot: QtBot) -> View:
    backend, setup = window.backend, window.pilot.setup
    backend.asked = replace(backend.asked, problems=PROBLEMS)
    window.pilot.new()
    setup.set.read(Path("/sets/set.csv"))
    qtbot.waitUntil(lambda: bool(setup.set.asked and setup.models.ticks))
    return window.pilot


def run_working(window: MainWindow, qtbot: QtBot) -> View:
    backend, pilot = window.backend, window.pilot
    backend.wait_at = 1
    models, _ = backend.models()
    pilot.begin(PilotWish(Path("/pilots/run"), backend.asked, models))
    qtbot.waitUntil(lambda: pilot.running._at == (1, 4))
    return pilot


def run_stopped(window: MainWindow, qtbot: QtBot) -> View:
    window.pilot.running.stop()
    qtbot.waitUntil(lambda: window.pilot.results.run is not None)
    return window.pilot


def server_chosen(window: MainWindow, qtbot: QtBot) -> View:
    """A model on a server whose host is not allowed."""
    window.backend.on_servers = (ServerModel("llm.firm.example", 8443, "qwen"),)  # type: ignore[attr-defined]
    window.open_screen(window.models)
    qtbot.waitUntil(lambda: len(window.models.model.rows) == 3)
    window.models.table.selectRow(2)
    return window.models


STATES: tuple[Callable[[MainWindow, QtBot], View], ...] = (
    reopened,
    crashed,
    checked,
    document,
    preview,
    retrieval,
    reviewing,
    review_file,
    reviewing_a_file,
    brought_back,
    labelling,
    result,
    new_run,
    run_working,
    run_stopped,
    server_chosen,
)


def test_every_screen_is_whole_and_quiet(window: MainWindow, warnings: list[str], qtbot: QtBot) -> None:
    """First as they open, then with something on them."""
    found = {}
    for view in window._views():
        window.open_screen(view)
        found[type(view).__name__] = looked_at(window, qtbot)
    for state in STATES:
        window.open_screen(state(window, qtbot))
        found[state.__name__] = looked_at(window, qtbot)
    assert {name: cut for name, cut in found.items() if cut} == {}
    assert warnings == []


def looked_at(window: MainWindow, qtbot: QtBot) -> list[Cut]:
    qtbot.wait(120)  # what the screen asks of the core arrives
    for _ in range(20):  # on a busy machine some of it only now
        settle(QApplication.instance())
        found = cut_off(window)
        if not found:
            break
        qtbot.wait(50)
    return found


# Dialogs


DIALOGS: dict[type[QDialog], Callable[[], QDialog]] = {
    DecisionDialog: lambda: DecisionDialog(release=True, who="Ada Marsh", text="Hotels cost up to 150 €."),
    DraftDialog: lambda: DraftDialog(FakeBackend().models()[0]),
    ErrorDialog: lambda: ErrorDialog(
        QCoreApplication.translate("Errors", "That did not work"),
        words.say("error.file_missing", Language.EN, {"path": "/docs/a.pdf"}),
        "details",
    ),
    PassphraseDialog: lambda: PassphraseDialog("Ada Marsh"),
    PassportPanel: lambda: PassportPanel("SmolLM2-135M", lambda: (each for each in ()), Language.EN),
    PilotCharts: lambda: PilotCharts(run_of("A", "B", rows=(row_of(1, "A"), row_of(1, "B"))), Language.EN),
    RemoveDialog: lambda: RemoveDialog(Path("/docs/contract.pdf")),
    RemoveServerDialog: lambda: RemoveServerDialog("qwen@llm.firm.example:8443"),
    ReviewDialog: lambda: ReviewDialog(
        release=True, who="Ada Marsh", text="Hotels cost up to 150 €.", language=Language.EN
    ),
    ServerDialog: ServerDialog,
    TakeDialog: lambda: TakeDialog(FakeBackend().waiting, ("Ada Marsh", "Ben"), "Ada Marsh"),
}


def test_no_dialog_is_left_out() -> None:
    for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {kind for kind in QDialog.__subclasses__() if kind.__module__.startswith("desktop.")}
    assert {kind.__name__ for kind in ours} == {kind.__name__ for kind in DIALOGS}


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_every_dialog_is_whole_and_quiet(
    speech: None, warnings: list[str], qtbot: QtBot, kind: type[QDialog]
) -> None:
    dialog = DIALOGS[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    settle(QApplication.instance())
    assert cut_off(dialog) == []
    assert warnings == []


def test_the_dialog_for_an_administrator_is_whole(speech: None, qtbot: QtBot) -> None:
    dialog = PassphraseDialog("Ada Marsh", hosts="llm.firm.example, other.firm.example")
    qtbot.addWidget(dialog)
    dialog.show()
    settle(QApplication.instance())
    assert cut_off(dialog) == []


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    narrow, low = QLabel("much too long for this", root), QLabel("so many words that they need lines", root)
    narrow.setFixedWidth(20)
    low.setWordWrap(True)
    low.setFixedSize(60, 10)
    root.show()
    assert {cut.text for cut in cut_off(root)} == {narrow.text(), low.text()}
