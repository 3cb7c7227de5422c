"""Check a text, documents, history, models, settings, welcome: what each does when it is used."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from core.errors import LibraryError, ModelError
from core.llm.catalog import BrokenModel
from core.llm.servers import ServerModel
from core.settings import Settings, Speech, Theme
from core.types import Language
from core.words import say
from desktop.backend import Readiness
from desktop.models.documents import DocumentsModel
from desktop.views.check import CheckView
from desktop.views.documents import DocumentsView
from desktop.views.history import HistoryView
from desktop.views.models import ModelsView
from desktop.views.settings import SettingsView
from desktop.views.welcome import WelcomeView
from desktop.widgets import table


def shown(view, qtbot: QtBot):
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    return view


# Check a text


def test_a_supplied_text_is_checked_with_its_question(backend, qtbot: QtBot) -> None:
    view = shown(CheckView(backend), qtbot)
    assert not view.go.isEnabled()
    view.text.setPlainText("  Hotels cost 150 €.  ")
    view.question.setText("How much?")
    with qtbot.waitSignal(view.answered):
        QTest.mouseClick(view.go, Qt.MouseButton.LeftButton)
    assert backend.named("check_text") == [("Hotels cost 150 €.", "How much?")]
    assert "Supplied text" in view.result.summary.facts.text()
    QTest.mouseClick(view._back, Qt.MouseButton.LeftButton)
    assert view.text.isVisible()
    assert view.text.toPlainText() == "  Hotels cost 150 €.  "


def test_stopping_a_check_leaves_the_model_of_another_answer_alone(backend, qtbot: QtBot) -> None:
    view = shown(CheckView(backend), qtbot)
    backend.hold = True
    view.text.setPlainText("Hotels cost 150 €.")
    view.start()
    qtbot.waitUntil(lambda: bool(backend.named("check_text")))
    with qtbot.waitSignal(view.result.ended):
        view.result.stop()
    assert not backend.stopped.is_set()
    assert view.text.isVisible()


def test_what_is_pasted_for_a_check_loses_its_formatting(backend, qtbot: QtBot) -> None:
    view = shown(CheckView(backend), qtbot)
    data = QMimeData()
    data.setHtml('<a href="http://example.invalid">price</a>')
    data.setText("price")
    view.text.insertFromMimeData(data)
    assert view.text.toPlainText() == "price"


def test_a_dropped_file_brings_its_text_and_not_its_name(backend, qtbot: QtBot) -> None:
    view = shown(CheckView(backend), qtbot)
    view.text.setPlainText("Dear all,")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/letters/answer.docx")])
    view.text.insertFromMimeData(data)
    qtbot.waitUntil(lambda: "elsewhere" in view.text.toPlainText())
    assert view.text.toPlainText() == "Dear all,\n\nA letter from elsewhere."
    assert backend.named("text_of_file") == [(Path("/letters/answer.docx"),)]


# Documents


@pytest.fixture
def documents(backend, qtbot: QtBot) -> DocumentsView:
    view = shown(DocumentsView(backend), qtbot)
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows))
    return view


def test_documents_are_counted_and_those_that_need_attention_named(documents: DocumentsView) -> None:
    assert documents.head.counts.text() == "2 documents · 10 passages ready · 1 file needs attention"


def test_a_file_that_is_not_ready_says_why_and_what_to_do(documents: DocumentsView) -> None:
    row = next(
        row
        for row in range(documents.model.rowCount())
        if documents.model.index(row, DocumentsModel.NAME).data() == "scan.pdf"
    )
    documents.table.selectRow(row)
    assert documents.details.isVisible()
    assert documents.details.state.text == "No text"
    assert "(OCR)" in documents.details.reason.text()


def test_dropped_files_are_read_with_progress_and_the_list_is_read_again(
    documents: DocumentsView, backend, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/docs/a.pdf"), QUrl.fromLocalFile("/docs/folder")])
    words: list[str] = []
    documents.bottom.progress._bar.valueChanged.connect(
        lambda _: words.append(documents.bottom.progress.words)
    )
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(documents.changed):
        documents.dropEvent(event)
        assert documents.running
        assert not documents.head._add_files.isEnabled()
    assert backend.named("add") == [(Path("/docs/a.pdf"), Path("/docs/folder"))]
    assert "Reading file 2 of 2: scan.pdf" in words
    assert documents.head._add_files.isEnabled()


def test_a_library_that_cannot_be_written_is_reported(
    documents: DocumentsView, backend, failures, qtbot: QtBot
) -> None:
    seen = failures(documents)
    backend.error = LibraryError("library_busy", path="/library")
    with qtbot.waitSignal(documents.changed):
        documents.add([Path("/docs/a.pdf")])
    assert [error.code for error in seen] == ["library_busy"]


def test_an_empty_library_shows_how_to_fill_it(backend, qtbot: QtBot) -> None:
    backend.listed = ()
    view = shown(DocumentsView(backend), qtbot)
    view.refresh()
    qtbot.waitUntil(view._empty.isVisible)
    assert not view.table.isVisible()


def test_the_filter_finds_documents_by_state(documents: DocumentsView) -> None:
    QTest.keyClicks(documents.filter, "no text")
    assert documents.model.rowCount() == 1


# History


@pytest.fixture
def history(backend, qtbot: QtBot) -> HistoryView:
    view = shown(HistoryView(backend), qtbot)
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows))
    return view


def test_a_text_that_is_cut_off_is_whole_under_the_pointer_and_never_markup(
    history: HistoryView, monkeypatch: pytest.MonkeyPatch
) -> None:
    tips: list[str] = []
    shown_by = SimpleNamespace(showText=lambda _at, text, _widget: tips.append(text))
    monkeypatch.setattr(table, "QToolTip", shown_by)
    long = "<b>Which</b> " + "of all the sensors that we have ever sold " * 8
    history.model.set_rows([replace(history.model.rows[0], question=long)])
    for column in (history.model.RISK, history.model.QUESTION):
        at = history.table.visualRect(history.model.index(0, column)).center()
        viewport = history.table.viewport()
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    assert tips[0] == ""
    assert tips[1].startswith("<p>&lt;b&gt;Which&lt;/b&gt; of all")


def test_a_past_answer_is_reopened_by_keyboard_as_it_was_checked(
    history: HistoryView, backend, qtbot: QtBot
) -> None:
    history.table.setFocus()
    history.table.selectRow(0)
    QTest.keyClick(history.table, Qt.Key.Key_Return)
    qtbot.waitUntil(history.result.isVisible)
    assert backend.named("load") == [(backend.rows[0].id,)]
    assert history._question.text() == "How much may a hotel cost?"
    assert history.result.summary.badge.text == "High risk"
    assert len(history.result.text.claims) == 3
    QTest.mouseClick(history._back, Qt.MouseButton.LeftButton)
    assert history.table.isVisible()


# Models


@pytest.fixture
def models(backend, qtbot: QtBot) -> ModelsView:
    view = shown(ModelsView(backend), qtbot)
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows))
    return view


def test_the_model_in_use_is_selected_with_the_memory_it_needs(models: ModelsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(models.details.runner.memory.isVisible)
    assert models.details.name.text() == "SmolLM2"
    assert models.details.runner.memory.words.text() == "Needs about 95.4 MB of 381.5 MB free memory"
    assert ("Licence", "not stated in the file") in models.details.facts.pairs
    assert not models.details.choose.isEnabled()


def test_a_model_that_does_not_fit_is_said_to_before_it_is_loaded(models: ModelsView, qtbot: QtBot) -> None:
    models.table.selectRow(0)
    qtbot.waitUntil(
        lambda: (
            models.details.runner.memory.isVisible() and "953" in models.details.runner.memory.words.text()
        )
    )
    assert models.details.runner.memory.note.text().startswith("It will not fit.")
    assert models.details.runner.memory.bar.property("tone") == "danger"


def test_a_model_on_a_server_is_shown_with_its_host_and_no_hash(
    models: ModelsView, backend, qtbot: QtBot
) -> None:
    backend.on_servers = (ServerModel("llm.firm.example", 8443, "qwen", ca="/etc/firm.pem"),)
    models.refresh()
    qtbot.waitUntil(lambda: len(models.model.rows) == 3)
    models.table.selectRow(2)
    facts = models.details.server.facts
    assert models.details.name.text() == "qwen@llm.firm.example:8443"
    assert facts["Server"] == "https://llm.firm.example:8443"
    assert facts["Host allowed"] == "no: nothing is sent there"
    assert facts["SHA-256"].startswith("not known")
    assert not models.details.runner.isVisible()
    assert not models.details.passport_button.isVisible()
    models.table.selectRow(0)
    assert models.details.runner.isVisible()


def test_choosing_a_model_is_a_change_of_settings(models: ModelsView, backend, qtbot: QtBot) -> None:
    models.table.selectRow(0)
    with qtbot.waitSignal(models.settings_wanted) as told:
        QTest.mouseClick(models.details.choose, Qt.MouseButton.LeftButton)
    assert told.args == [replace(backend.settings, model="Qwen")]


def test_adding_a_broken_model_file_says_what_is_wrong(
    models: ModelsView, backend, failures, qtbot: QtBot
) -> None:
    seen = failures(models)
    backend.error = ModelError("model_not_gguf", path="/x.gguf")
    with qtbot.waitSignal(models.changed):
        models.add(Path("/x.gguf"))
    assert [error.code for error in seen] == ["model_not_gguf"]


def test_files_that_cannot_be_used_are_named_above_the_list(
    models: ModelsView, backend, qtbot: QtBot
) -> None:
    backend.broken = (
        BrokenModel(Path("/models/bad.gguf"), ModelError("model_missing", path="/models/bad.gguf")),
    )
    models.refresh()
    qtbot.waitUntil(models._warning.isVisible)
    assert "/models/bad.gguf" in models._warning_words.text()


# Settings


@pytest.fixture
def settings(backend, qtbot: QtBot) -> SettingsView:
    return shown(SettingsView(backend), qtbot)


def test_every_declared_setting_has_a_field_with_its_words(settings: SettingsView) -> None:
    assert set(settings.fields) == {field.name for field in fields(Settings)}
    for name, field in settings.fields.items():
        assert field.editor.accessibleName() == say(f"setting.{name}", Language.EN)


def test_a_change_asks_for_new_settings_and_a_wrong_value_says_why(
    settings: SettingsView, backend, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(settings.settings_wanted) as told:
        settings.fields["passages"].editor.setValue(9)
    assert told.args == [replace(backend.settings, passages=9)]
    layers = settings.fields["gpu_layers"].editor
    layers.setText("many")
    with qtbot.assertNotEmitted(settings.settings_wanted):
        layers.editingFinished.emit()
    assert settings._notice.isVisible()
    assert layers.text() == "auto"


def test_each_kind_of_editor_gives_back_what_it_shows(settings: SettingsView, backend) -> None:
    changed = replace(
        backend.settings, theme=Theme.DARK, show_held_text=False, temperature=0.35, threads=3, reviewer="Li"
    )
    backend.settings = changed
    settings.refresh()
    wanted: list[Settings] = []
    settings.settings_wanted.connect(wanted.append)
    for name, field in settings.fields.items():
        editor = field.editor
        if isinstance(editor, QComboBox):
            assert editor.currentData() == getattr(changed, name)
    settings.fields["show_held_text"].editor.toggle()
    assert wanted == [replace(changed, show_held_text=True)]


# Welcome


@pytest.fixture
def welcome(backend, qtbot: QtBot) -> WelcomeView:
    view = shown(WelcomeView(backend), qtbot)
    view.show_readiness(Readiness(False, 0, 0, 0))
    return view


def test_one_button_reads_the_sample_and_asks_a_first_question(
    welcome: WelcomeView, backend, qtbot: QtBot
) -> None:
    welcome.refresh()
    with qtbot.waitSignal(welcome.first_question) as told:
        QTest.keyClick(welcome._try, Qt.Key.Key_Return)
    assert backend.named("add") == [(Path("/sample/en/policy.md"),)]
    assert told.args == ["First?"]


def test_stopping_the_sample_asks_nothing(welcome: WelcomeView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(welcome.first_question, wait=200):
        welcome.try_sample()
        welcome._stop()
    assert welcome._try.isEnabled()


def test_the_language_is_chosen_on_the_first_screen(welcome: WelcomeView, backend, qtbot: QtBot) -> None:
    with qtbot.waitSignal(welcome.settings_wanted) as told:
        QTest.mouseClick(welcome._choices[1], Qt.MouseButton.LeftButton)
    assert told.args == [replace(backend.settings, language=Speech.ZH)]


def test_it_says_plainly_what_is_missing(welcome: WelcomeView) -> None:
    welcome.show_model("")
    texts = [words.text() for _, words in welcome._state_lines]
    assert texts[0].startswith("Model: none installed.")
    assert "not installed" in texts[1]
    assert texts[2] == "Library: 0 documents"
