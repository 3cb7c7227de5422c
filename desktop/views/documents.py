"""Documents: what is in the library, what became of each file; adding, updating, trying and reading them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QWidget

from core.index.freshness import Freshness
from desktop.backend import Backend, FileRow
from desktop.jobs import start_call
from desktop.models.documents import DocumentsModel
from desktop.theme import space
from desktop.views.base import View
from desktop.views.details_deeds import DetailsDeeds
from desktop.views.preview import PreviewView
from desktop.views.reading_run import ReadingRun
from desktop.views.retrieval import RetrievalView
from desktop.widgets.basic import card, column, row
from desktop.widgets.document_details import DocumentDetails
from desktop.widgets.documents_head import DocumentsHead
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.reading_bar import ReadingBar
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.store.documents import StoredDocument

_WIDTHS = {  # in steps
    DocumentsModel.STATE: 50,
    DocumentsModel.PAGES: 17,
    DocumentsModel.PASSAGES: 21,
    DocumentsModel.SIZE: 20,
    DocumentsModel.ADDED: 40,
}


class DocumentsView(View):
    """The library as a table with details beside it; preview and retrieval test take its place when open.

    Signals:
        changed: files have been read or removed; counts elsewhere are out of date
    """

    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._picked_path = ""
        self._looked = False  # whether the list has been read
        self.setAcceptDrops(True)
        self.model = DocumentsModel(self)
        self._build()
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether files are being read."""
        return self._run.running

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Read files and folders into the library; what has not changed is only looked at."""
        if self.running or not paths:
            return
        self.show_list()
        self._run.start(paths, self.model.all_rows)
        self._count()

    @Slot()
    def update_all(self) -> None:
        """Read again what has changed of the files in the list; those that are gone stay as they are."""
        rows = self.model.all_rows
        self.add([Path(each.document.path) for each in rows if each.freshness is not Freshness.MISSING])

    @Slot()
    def show_list(self) -> None:
        """Come back to the table."""
        self._screens.setCurrentIndex(0)

    @Slot()
    def test_retrieval(self) -> None:
        """Open the page on which questions are tried."""
        self._screens.setCurrentWidget(self.retrieval)

    @Slot(object)
    def preview(self, document: StoredDocument) -> None:
        """Open one version of a document."""
        self.reading.show_document(document)
        self._screens.setCurrentWidget(self.reading)

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        start_call(self.backend.files, self._listed, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self.filter.setPlaceholderText(self.tr("Filter by name, folder or state"))
        self.table.setAccessibleName(self.tr("Documents"))
        self._say_empty()
        self.model.retranslate()
        self.details.language = self.language
        self.details.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if _paths(event.mimeData()):
            self.bottom.hot(hot=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.bottom.hot(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self.bottom.hot(hot=False)
        event.acceptProposedAction()
        self.add(_paths(event.mimeData()))

    # How it is built.

    def _build(self) -> None:
        self.reading, self.retrieval = PreviewView(self.backend), RetrievalView(self.backend)
        self._screens = QStackedWidget()
        self._screens.addWidget(self._build_list())
        for view in (self.reading, self.retrieval):
            view.left.connect(self.show_list)
            view.failed.connect(self.failed)
            self._screens.addWidget(view)
        column(self).addWidget(self._screens)

    def _build_list(self) -> QWidget:
        self.head, self.bottom = DocumentsHead(), ReadingBar()
        self.head.read_wanted.connect(self.add)
        self.head.update_wanted.connect(self.update_all)
        self.head.trial_wanted.connect(self.test_retrieval)
        self._run = ReadingRun(self.backend, self.bottom)
        self._run.fresh.connect(self._show_fresh)
        self._run.failed.connect(self.failed)
        self._run.finished.connect(self._changed)
        self.filter = FilterBox()
        self.filter.textChanged.connect(self.model.set_words)
        page = QWidget()
        layout = column(page, margin=6, gap=3)
        layout.addWidget(self.head)
        layout.addSpacing(space(1))
        layout.addWidget(self.filter)
        layout.addLayout(self._build_middle(), 1)
        layout.addWidget(self.bottom)
        return page

    def _build_middle(self) -> QLayout:
        self.table = Table(self.model, DocumentsModel.NAME, _WIDTHS)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._opened)
        self.details = DocumentDetails()
        self.details.hide()
        self.details.preview_wanted.connect(self.preview)
        self.details.read_wanted.connect(self._read_again)
        self._deeds = DetailsDeeds(self.backend, self.details)
        self._deeds.removed.connect(self._changed)
        self._deeds.ranked.connect(self.refresh)
        self._deeds.failed.connect(self.failed)
        self._empty = Empty("documents")
        empty_card = card()
        column(empty_card).addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty_card)
        self._pages.addWidget(self.table)
        line = row(gap=4)
        line.addWidget(self._pages, 5)
        line.addWidget(self.details, 3)
        return line

    # Adding and updating.

    @Slot(str)
    def _read_again(self, path: str) -> None:
        self.add([Path(path)])

    @Slot(object)
    def _show_fresh(self, fresh: dict[str, FileRow]) -> None:
        """Show files as they were just read; the list is read anew in the end."""
        kept = (row for row in self.model.all_rows if row.document.path not in fresh)
        rows = sorted((*kept, *fresh.values()), key=lambda each: each.document.path)
        self._listed(tuple(rows))

    @Slot()
    def _changed(self) -> None:
        self._count()
        self.refresh()
        self.changed.emit()

    # The list and what is picked from it.

    @Slot(object)
    def _listed(self, documents: tuple[FileRow, ...]) -> None:
        picked, at = self._picked_path, self.table.verticalScrollBar().value()
        self._looked = True
        self._say_empty()
        self.model.set_rows(documents)
        self._select(picked)
        self.table.verticalScrollBar().setValue(at)
        self._pages.setCurrentIndex(1 if documents else 0)
        self.filter.setEnabled(bool(documents))
        self._count()

    @Slot(object)
    def _picked(self, shown: FileRow | None) -> None:
        self._picked_path = shown.document.path if shown is not None else ""
        self.details.setVisible(shown is not None)
        for told in (DocumentsModel.SIZE, DocumentsModel.ADDED):  # the panel beside the list tells them too
            self.table.setColumnHidden(told, shown is not None)
        if shown is not None:
            self._deeds.show(shown)

    @Slot(object)
    def _opened(self, shown: FileRow) -> None:
        if shown.document.pages:
            self.preview(shown.document)

    def _select(self, path: str) -> None:
        """Select a file again after its row may have moved."""
        at = next((at for at, row in enumerate(self.model.rows) if row.document.path == path), None)
        if at is not None:
            self.table.selectRow(at)

    def _say_empty(self) -> None:
        """Nobody is told that there are no documents before it is known."""
        how = self.tr(
            "Drop files or folders here, or use the buttons above. PDF, Word, Excel, PowerPoint, HTML, "
            "Markdown, CSV and text are read; the files stay where they are."
        )
        title = self.tr("No documents yet") if self._looked else self.tr("Looking through the library")
        self._empty.say(title, how if self._looked else "")

    def _count(self) -> None:
        self.head.show_rows(self.model.all_rows, busy=self.running)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
