"""Documents: versions, preview, retrieval test, update, removal; and the sheet view."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.documents.grid import Cells, grid_of
from core.documents.sheets import sheet_page
from core.errors import DocumentError, LibraryError
from core.index.freshness import Freshness
from core.types import DocumentState, Evidence, Language, Page, Place, Reason, Relation
from desktop.models.pages import PagesModel, page_title
from desktop.models.sheet import SheetModel
from desktop.views.documents import DocumentsView
from desktop.widgets.evidence_card import EvidenceCard, around
from desktop.widgets.remove_dialog import RemoveDialog
from desktop.widgets.run_progress import remaining
from desktop.widgets.sheet_view import SheetView

SHEET = sheet_page([(2, ["Item", "Price"]), (3, ["Sensor", "12 €"]), (7, ["Valve", "30 €"])], "Prices")


@pytest.fixture
def documents(backend, qtbot: QtBot) -> DocumentsView:
    view = DocumentsView(backend)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    refreshed(view, qtbot)
    return view


def refreshed(view: DocumentsView, qtbot: QtBot) -> None:
    view.refresh()
    qtbot.waitUntil(lambda: bool(view.model.rows))


def test_a_file_that_changed_is_outdated_and_says_what_to_do(documents, backend, qtbot: QtBot) -> None:
    backend.freshness = Freshness.CHANGED
    documents.refresh()
    qtbot.waitUntil(lambda: documents.model.rows[0].freshness is Freshness.CHANGED)
    documents.table.selectRow(0)
    assert documents.details.state.text == "Outdated, changed since"
    assert "Read it again" in documents.details.advice.text()
    assert "2 files need attention" in documents.head.counts.text()
    QTest.mouseClick(documents.details.read, Qt.MouseButton.LeftButton)
    assert backend.named("add") or documents.running
    qtbot.waitUntil(lambda: backend.named("add") == [(Path(backend.listed[0].path),)])


def test_a_file_that_is_gone_cannot_be_read_again(documents, backend, qtbot: QtBot) -> None:
    backend.freshness = Freshness.MISSING
    documents.refresh()
    qtbot.waitUntil(lambda: documents.model.rows[0].freshness is Freshness.MISSING)
    documents.table.selectRow(0)
    assert not documents.details.read.isEnabled()
    documents.head.fill_menu()
    assert len(documents.head.menu.actions()) == 2  # all files and a line: no folder to look into


def test_versions_stand_under_one_another_and_each_can_be_read(documents, backend, qtbot: QtBot) -> None:
    backend.versions_seen = 2
    documents.refresh()
    qtbot.waitUntil(lambda: documents.model.rows[0].versions == 2)
    documents.table.selectRow(0)
    qtbot.waitUntil(lambda: len(documents.details.version_buttons) == 2)
    now, before = documents.details.version_buttons
    assert "searched now" in now.text()
    assert "earlier version" in before.text()
    QTest.mouseClick(before, Qt.MouseButton.LeftButton)
    assert documents.reading.isVisible()
    assert "no longer searched" in documents.reading._caption.text()
    qtbot.waitUntil(lambda: backend.named("pages") == [("0d" * 32,)])


def test_update_reads_the_listed_files_and_a_folder_by_choice(documents, backend, qtbot: QtBot) -> None:
    documents.head.fill_menu()
    actions = [action for action in documents.head.menu.actions() if not action.isSeparator()]
    assert [action.text().split(" in ")[0] for action in actions] == [
        "All files of the list that have changed",
        "New and changed files",
    ]
    with qtbot.waitSignal(documents.changed):
        actions[1].trigger()
    with qtbot.waitSignal(documents.changed):
        actions[0].trigger()
    folder, files = backend.named("add")
    assert folder == (Path(__file__).parent,)
    assert files == tuple(Path(document.path) for document in backend.listed)


def test_after_reading_the_tally_says_what_came_of_it(documents, backend, qtbot: QtBot) -> None:
    first, scan = backend.listed
    backend.listed = (
        replace(first, state=DocumentState.UNCHANGED),
        replace(scan, path="/docs/new.md", state=DocumentState.INDEXED, reason=None, passages=3),
        replace(
            scan, path="/docs/locked.pdf", state=DocumentState.ENCRYPTED, reason=Reason("file_encrypted")
        ),
    )
    with qtbot.waitSignal(documents.changed):
        documents.add([Path("/docs")])
    assert documents.bottom.tally.text() == "3 files read · 1 new · 1 unchanged · 1 could not be used"


def test_files_show_up_in_the_list_while_others_are_still_read(documents, backend) -> None:
    documents._run._fresh["/docs/a.md"] = replace(
        documents.model.rows[0], document=replace(backend.listed[0], path="/docs/a.md")
    )
    documents._run._tell()
    assert "/docs/a.md" in [row.document.path for row in documents.model.rows]
    assert documents.model.rowCount() == 3


def test_a_document_is_removed_only_after_it_was_asked(documents, backend, qtbot: QtBot) -> None:
    documents.table.selectRow(0)
    path = documents.model.rows[0].document.path
    QTest.mouseClick(documents.details.remove, Qt.MouseButton.LeftButton)
    dialog = documents.findChild(RemoveDialog)
    assert not backend.named("remove")
    with qtbot.waitSignal(documents.changed):
        QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert backend.named("remove") == [(path,)]
    qtbot.waitUntil(lambda: documents.model.rowCount() == 1)


# Preview


def test_enter_on_a_row_opens_its_text_by_section(documents, qtbot: QtBot) -> None:
    documents.table.setFocus()
    documents.table.selectRow(0)
    QTest.keyClick(documents.table, Qt.Key.Key_Return)
    preview = documents.reading
    assert preview.isVisible()
    qtbot.waitUntil(lambda: preview.model.rowCount() == 3)
    assert preview._heading.text() == "4 Travel › Hotels"
    assert preview.text.toPlainText() == "Hotels cost up to 130 €."
    assert preview.model.index(0, 0).data() == "    Hotels"
    preview.list.setCurrentIndex(preview.model.index(2, 0))
    assert preview.sheet.isVisible()
    QTest.mouseClick(preview._back, Qt.MouseButton.LeftButton)
    assert documents.table.isVisible()


def test_a_word_in_a_document_leads_to_its_page(documents, qtbot: QtBot) -> None:
    preview = documents.reading
    documents.preview(documents.model.rows[0].document)
    qtbot.waitUntil(lambda: preview.model.rowCount() == 3)
    QTest.keyClicks(preview.filter, "receipts")
    assert preview.model.rowCount() == 1
    assert preview.text.toPlainText() == "Receipts are due in 30 days."
    preview.filter.setText("nowhere")
    assert preview.text.toPlainText() == ""


def test_a_pdf_is_shown_as_it_looks_and_as_it_was_read(documents, backend, qtbot: QtBot) -> None:
    backend.read = (Page("Clause 5", number=1), Page("Clause 6", number=2))
    preview = documents.reading
    preview.show_document(replace(backend.listed[0], path="/docs/contract.pdf", format="pdf"))
    documents._screens.setCurrentWidget(preview)
    qtbot.waitUntil(lambda: preview.picture.shown)
    assert backend.named("page") == [("/docs/contract.pdf", 1)]
    QTest.mouseClick(preview.as_read, Qt.MouseButton.LeftButton)
    assert preview.text.toPlainText() == "Clause 5"


def test_a_pdf_that_is_gone_is_still_shown_as_it_was_read(documents, backend, qtbot: QtBot) -> None:
    backend.read = (Page("Clause 5", number=1),)
    backend.error = DocumentError("page_gone", name="contract.pdf")
    preview = documents.reading
    documents._screens.setCurrentWidget(preview)
    preview.show_document(replace(backend.listed[0], path="/docs/contract.pdf", format="pdf"))
    qtbot.waitUntil(lambda: preview.text.toPlainText() == "Clause 5")
    assert "contract.pdf" in preview._heading.text()


def test_pages_are_named_by_number_sheet_or_heading() -> None:
    pages = (Page("x", number=3), Page("x", sheet="Prices"), Page("x", section="1 A > 1.2 B"), Page("x"))
    assert [page_title(page) for page in pages] == ["Page 3", "Prices", "    1.2 B", "Without a heading"]


# Retrieval


def test_a_question_shows_its_passages_and_what_brought_them_up(documents, backend, qtbot: QtBot) -> None:
    QTest.mouseClick(documents.head.trial, Qt.MouseButton.LeftButton)
    view = documents.retrieval
    QTest.keyClicks(view.question, "How much may hotels cost?")
    QTest.keyClick(view.question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(view.cards) == 2)
    assert backend.named("find") == [("How much may hotels cost?",)]
    assert view._note.text() == "2 passages found · The model reads the first 2."
    both, meaning = view.cards
    assert (both.words.text, both.meaning.text) == ("words: no. 1", "meaning: no. 1")
    assert (meaning.words.text, meaning.meaning.text) == ("words: not found", "meaning: no. 2")
    assert "Hotels cost" in both.text.marked()


def test_an_answer_to_an_older_question_is_not_shown(documents) -> None:
    view = documents.retrieval
    view._asked = "new"
    view._found(("old", ()))
    assert view._hits is None


# Sheets and sections as evidence


def test_the_sheet_model_keeps_qts_contract_and_marks_the_cells(qtmodeltester: ModelTester) -> None:
    model = SheetModel()
    qtmodeltester.check(model, force_py=True)
    model.set_grid(grid_of(SHEET), Cells(2, 7, 2, 7))
    marked = model.first_marked()
    assert marked.data() == "30 €"
    assert marked.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert marked.data(Qt.ItemDataRole.AccessibleTextRole) == "B7: 30 € (marked)"
    assert model.index(1, 1).data(Qt.ItemDataRole.BackgroundRole) is None
    vertical = [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)]
    assert vertical == ["2", "3", "7"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "B"


def test_the_pages_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = PagesModel()
    qtmodeltester.check(model, force_py=True)
    model.set_rows((SHEET, Page("x", number=1)))
    model.set_words("valve")
    assert model.rowCount() == 1


def test_a_long_sheet_opens_at_the_marked_cells(qtbot: QtBot) -> None:
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.show_sheet(sheet_page([(row, ["a", str(row)]) for row in range(1, 500)], "S"), "B400")
    shown = view.visualRect(view.sheet.first_marked())
    assert view.viewport().rect().contains(shown.center())


def evidence_of(**where: object) -> Evidence:
    place = Place("/docs/x", "ab" * 32, **where)  # type: ignore[arg-type]
    return Evidence(Relation.SUPPORTS, "Valve | 30 €", 30, 42, 0.9, place=place)


def test_evidence_from_a_sheet_shows_the_sheet_at_once(backend, qtbot: QtBot) -> None:
    card = EvidenceCard(backend, Language.EN)
    qtbot.addWidget(card)
    card.show()
    card.show_evidence(evidence_of(sheet="Prices", cells="A4:B4"), (), picture=True)
    qtbot.waitUntil(card.sheet.isVisible)
    assert card.sheet.sheet.first_marked().data() == "Valve"


def test_evidence_from_a_section_shows_it_on_demand_with_the_quote_marked(backend, qtbot: QtBot) -> None:
    backend.page = Page("Before. Valve | 30 € After.", section="1 A")
    card = EvidenceCard(backend, Language.EN)
    qtbot.addWidget(card)
    card.show()
    card.show_evidence(replace(evidence_of(section="1 A"), start=8, end=20), (), picture=True)
    assert card._show_page.text() == "Show the section"
    assert not card.section.isVisible()
    QTest.mouseClick(card._show_page, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(card.section.isVisible)
    assert card.section.marked() == ("Valve | 30 €",)


def test_a_section_that_was_erased_is_said_to_be(backend, qtbot: QtBot) -> None:
    backend.error = LibraryError("library_no_such_page")
    card = EvidenceCard(backend, Language.EN)
    qtbot.addWidget(card)
    card.show()
    card.show_evidence(evidence_of(section="1 A"), (), picture=False)
    card.show_around()
    qtbot.waitUntil(lambda: bool(card.preview.note.text()))
    assert not card.section.isVisible()


def test_a_long_section_is_cut_around_the_quote() -> None:
    text, at = around("x" * 4000 + "QUOTE" + "y" * 4000, 4000, 5)
    assert text[at : at + 5] == "QUOTE"
    assert text.startswith("… x")
    assert text.endswith("y …")
    assert len(text) < 3100


@pytest.mark.parametrize(
    ("seconds", "share", "left"),
    [(10, 0.5, 10), (2, 0.5, None), (10, 0.01, None), (10, 1.0, None), (90, 0.9, 10)],
)
def test_the_time_that_is_left_is_told_once_it_can_be(
    seconds: float, share: float, left: float | None
) -> None:
    assert remaining(seconds, share) == left
