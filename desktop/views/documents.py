"""Documents: what is in the library, what became of each file; adding, updating, trying and reading them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLayout, QMenu, QStackedWidget, QWidget

from core.index.freshness import Freshness, folders_of
from core.index.progress import FileDone, IngestEvent
from core.types import DocumentState
from desktop.backend import Backend, FileRow
from desktop.jobs import Job, call, start_call
from desktop.models.documents import DocumentsModel, needs_attention
from desktop.text import path_words
from desktop.theme import space
from desktop.views.base import View
from desktop.views.preview import PreviewView
from desktop.views.retrieval import RetrievalView
from desktop.widgets.basic import button, card, column, label, row
from desktop.widgets.document_details import DocumentDetails
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.reading_bar import ReadingBar
from desktop.widgets.remove_dialog import RemoveDialog
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.store.documents import StoredDocument

_SHOWN_EVERY = 400  # milliseconds between two new pictures of the list while files are read
_MOST_FOLDERS = 15  # in the menu of what can be updated


class DocumentsView(View):
    """The library as a table with details beside it; preview and retrieval test take its place when open.

    Signals:
        changed: files have been read or removed; counts elsewhere are out of date
    """

    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._job: Job | None = None
        self._picked_path = ""
        self._looked = False  # whether the list has been read
        self._fresh: dict[str, FileRow] = {}
        self.setAcceptDrops(True)
        self.model = DocumentsModel(self)
        self._build()
        self._flush = QTimer(self)
        self._flush.setInterval(_SHOWN_EVERY)
        self._flush.timeout.connect(self._show_fresh)
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether files are being read."""
        return self._job is not None

    def add(self, paths: list[Path]) -> None:
        """Read files and folders into the library; what has not changed is only looked at."""
        if self._job is not None or not paths:
            return
        self.show_list()
        self.bottom.begin(self.model.all_rows)
        self._set_busy(busy=True)
        self._job = Job(lambda: self.backend.add_documents(paths))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)
        self._job.start()
        self._flush.start()

    @Slot()
    def stop(self) -> None:
        """Stop reading; what is read stays."""
        if self._job is not None:
            self._job.cancel()

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

    def refresh(self) -> None:
        """Read the list again."""
        start_call(self.backend.files, self._listed, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Documents"))
        self.filter.setPlaceholderText(self.tr("Filter by name, folder or state"))
        self._add_files.setText(self.tr("Add files…"))
        self._add_folder.setText(self.tr("Add folder…"))
        self._update.setText(self.tr("Update"))
        self._update.setToolTip(self.tr("Read what has changed since it was read"))
        self._try.setText(self.tr("Test retrieval"))
        self.table.setAccessibleName(self.tr("Documents"))
        self._say_empty()
        self.model.retranslate()
        self.details.language = self.language
        self.details.retranslate()
        self._count()

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
        page = QWidget()
        self.bottom = ReadingBar()
        self.bottom.stop_wanted.connect(self.stop)
        self.filter = FilterBox()
        self.filter.textChanged.connect(self.model.set_words)
        layout = column(page, margin=6, gap=3)
        layout.addLayout(self._build_head())
        layout.addSpacing(space(1))
        layout.addWidget(self.filter)
        layout.addLayout(self._build_middle(), 1)
        layout.addWidget(self.bottom)
        return page

    def _build_head(self) -> QLayout:
        self._title, self._counts = label(kind="display"), label(kind="muted")
        self._add_files, self._add_folder = button("add", "primary"), button("folder")
        self._try, self._update = button("search"), button("restart")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._update_chosen)
        self._update.setMenu(self._menu)
        self._add_files.clicked.connect(self._choose_files)
        self._add_folder.clicked.connect(self._choose_folder)
        self._try.clicked.connect(self.test_retrieval)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._counts)
        head = row(gap=2)
        head.addLayout(words, 1)
        for each in (self._try, self._update, self._add_folder, self._add_files):
            head.addWidget(each)
        return head

    def _build_middle(self) -> QLayout:
        self.table = Table(
            self.model,
            DocumentsModel.NAME,
            {
                DocumentsModel.STATE: 50,
                DocumentsModel.PAGES: 17,
                DocumentsModel.PASSAGES: 21,
                DocumentsModel.SIZE: 20,
                DocumentsModel.ADDED: 40,
            },
        )
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._opened)
        self.details = DocumentDetails()
        self.details.hide()
        self.details.preview_wanted.connect(self.preview)
        self.details.read_wanted.connect(self._read_again)
        self.details.remove_wanted.connect(self._ask_to_remove)
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

    @Slot()
    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a folder with all that is in it"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.add([Path(name) for name in names])

    @Slot()
    def _fill_menu(self) -> None:
        """What can be updated: all that is listed, or a folder with what is new in it."""
        self._menu.clear()
        self._menu.addAction(self.tr("All files of the list that have changed"))
        self._menu.addSeparator()
        there = [row.document for row in self.model.all_rows if row.freshness is not Freshness.MISSING]
        for folder in folders_of(there)[:_MOST_FOLDERS]:
            words = self.tr("New and changed files in {folder}").format(folder=path_words(folder))
            self._menu.addAction(words.replace("&", "&&")).setData(str(folder))

    @Slot(QAction)
    def _update_chosen(self, action: QAction) -> None:
        folder = action.data()
        if folder is None:
            self.update_all()
        else:
            self.add([Path(folder)])

    @Slot(str)
    def _read_again(self, path: str) -> None:
        self.add([Path(path)])

    @Slot(object)
    def _event(self, event: IngestEvent) -> None:
        self.bottom.show_event(event)
        if isinstance(event, FileDone) and event.document.state is not DocumentState.UNCHANGED:
            self._fresh[event.document.path] = FileRow(event.document, Freshness.AS_READ)

    @Slot()
    def _show_fresh(self) -> None:
        """Show the files that have been read since the last time; the list is read anew in the end."""
        if self._fresh:
            kept = (row for row in self.model.all_rows if row.document.path not in self._fresh)
            rows = sorted((*kept, *self._fresh.values()), key=lambda each: each.document.path)
            self._fresh.clear()
            self._listed(tuple(rows))

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self._flush.stop()
        self._show_fresh()
        self.bottom.end()
        self._set_busy(busy=False)
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
        self._set_busy(busy=self.running)
        self._count()

    @Slot(object)
    def _picked(self, shown: FileRow | None) -> None:
        self._picked_path = shown.document.path if shown is not None else ""
        self.details.setVisible(shown is not None)
        for told in (DocumentsModel.SIZE, DocumentsModel.ADDED):  # the panel beside the list tells them too
            self.table.setColumnHidden(told, shown is not None)
        if shown is None:
            return
        self.details.show_document(shown)
        if shown.versions > 1:
            path = shown.document.path
            start_call(lambda: self.backend.versions(path), self.details.show_versions, self.failed)

    @Slot(object)
    def _opened(self, shown: FileRow) -> None:
        if shown.document.pages:
            self.preview(shown.document)

    def _select(self, path: str) -> None:
        """Select a file again after its row may have moved."""
        at = next((at for at, row in enumerate(self.model.rows) if row.document.path == path), None)
        if at is not None:
            self.table.selectRow(at)

    @Slot(str)
    def _ask_to_remove(self, path: str) -> None:
        dialog = RemoveDialog(Path(path), self)
        dialog.accepted.connect(partial(self._remove, path))
        dialog.open()

    def _remove(self, path: str) -> None:
        job = call(lambda: self.backend.remove_document(path))
        job.failed.connect(self.failed)
        job.finished.connect(self._removed)
        job.start()

    @Slot()
    def _removed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _say_empty(self) -> None:
        """Nobody is told that there are no documents before it is known."""
        how = self.tr(
            "Drop files or folders here, or use the buttons above. PDF, Word, Excel, PowerPoint, HTML, "
            "Markdown, CSV and text are read; the files stay where they are."
        )
        title = self.tr("No documents yet") if self._looked else self.tr("Looking through the library")
        self._empty.say(title, how if self._looked else "")

    def _count(self) -> None:
        rows = self.model.all_rows
        if not rows:
            self._counts.setText("")
            return
        words: str = self.tr("%n document(s)", "", len(rows))
        words += " · " + self.tr("%n passage(s) ready", "", sum(each.document.passages for each in rows))
        waiting = sum(needs_attention(each) for each in rows)
        if waiting:
            words += " · " + self.tr("%n file(s) need attention", "", waiting)
        self._counts.setText(words)

    def _set_busy(self, *, busy: bool) -> None:
        for each in (self._add_files, self._add_folder):
            each.setEnabled(not busy)
        self._update.setEnabled(not busy and bool(self.model.all_rows))
        self._try.setEnabled(bool(self.model.all_rows))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
