"""Documents: what is in the library, what became of each file, and adding more by drop or dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLayout, QStackedWidget, QWidget

from core.errors import CoreError
from core.index.ingest import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.store.documents import StoredDocument
from desktop.backend import Backend
from desktop.jobs import Job, call
from desktop.models.documents import DocumentsModel, document_state, needs_attention
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import button, card, column, label, repolish, row
from desktop.widgets.document_details import DocumentDetails
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.table import Table


class DocumentsView(View):
    """The library as a table with details beside it.

    Signals:
        changed: files have been read; counts elsewhere are out of date
    """

    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._job: Job | None = None
        self._file = ("", 0, 0)
        self._picked_path = ""
        self.setAcceptDrops(True)
        self.model = DocumentsModel(self)
        self._build()
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether files are being read."""
        return self._job is not None

    def add(self, paths: list[Path]) -> None:
        """Read files and folders into the library."""
        if self._job is not None or not paths:
            return
        self._bottom.setCurrentWidget(self.progress)
        self.progress.begin(self.tr("Looking for files"))
        self._set_busy(busy=True)
        self._job = Job(lambda: self.backend.add_documents(paths))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._finished)
        self._job.start()

    @Slot()
    def stop(self) -> None:
        """Stop reading; what is read stays."""
        if self._job is not None:
            self._job.cancel()

    def refresh(self) -> None:
        """Read the list again."""
        job = call(self.backend.documents)
        job.yielded.connect(self._listed)
        job.failed.connect(self.failed)
        job.start()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Documents"))
        self.filter.setPlaceholderText(self.tr("Filter by name, folder or state"))
        self._add_files.setText(self.tr("Add files…"))
        self._add_folder.setText(self.tr("Add folder…"))
        self._hint.setText(self.tr("Drop files or folders anywhere on this page to add them."))
        self.table.setAccessibleName(self.tr("Documents"))
        self._empty.say(
            self.tr("No documents yet"),
            self.tr(
                "Drop files or folders here, or use the buttons above. PDF, Word, Excel, PowerPoint, HTML, "
                "Markdown, CSV and text are read; the files stay where they are."
            ),
        )
        self.model.retranslate()
        self.details.language = self.language
        self.details.retranslate()
        self._count()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if _paths(event.mimeData()):
            self._hot(hot=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._hot(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self._hot(hot=False)
        event.acceptProposedAction()
        self.add(_paths(event.mimeData()))

    def _build(self) -> None:
        self._title, self._counts = label(kind="display"), label(kind="muted")
        self._add_files, self._add_folder = button("add", "primary"), button("folder")
        self._add_files.clicked.connect(self._choose_files)
        self._add_folder.clicked.connect(self._choose_folder)
        self.filter = FilterBox()
        self.filter.textChanged.connect(self.model.set_words)
        head = row(gap=2)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._counts)
        head.addLayout(words, 1)
        head.addWidget(self._add_folder)
        head.addWidget(self._add_files)
        layout = column(self, margin=6, gap=3)
        layout.addLayout(head)
        layout.addSpacing(space(1))
        layout.addWidget(self.filter)
        layout.addLayout(self._build_middle(), 1)
        layout.addWidget(self._build_bottom())

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
        self.details = DocumentDetails()
        self.details.hide()
        self.table.picked.connect(self._picked)
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

    def _build_bottom(self) -> QWidget:
        self._drop = QFrame()
        self._drop.setObjectName("drop")
        self._hint = label(kind="caption")
        inside = row(self._drop, margin=3)
        inside.addStretch(1)
        inside.addWidget(self._hint)
        inside.addStretch(1)
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self.stop)
        self._bottom = QStackedWidget()
        self._bottom.addWidget(self._drop)
        self._bottom.addWidget(self.progress)
        self._bottom.setFixedHeight(space(16))
        return self._bottom

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

    @Slot(object)
    def _event(self, event: IngestEvent) -> None:
        if isinstance(event, FileStarted):
            self._file = (Path(event.path).name, event.index, event.total)
            self._show_progress(0.0)
        elif isinstance(event, PassagesIndexed):
            self._show_progress(event.done / event.total if event.total else 1.0)
        elif isinstance(event, FileDone):
            self._show_progress(1.0)

    def _show_progress(self, share: float) -> None:
        name, index, total = self._file
        words = self.tr("Reading file {index} of {total}: {name}").format(index=index, total=total, name=name)
        self.progress.show_count(words, round(100 * (index - 1 + share)), 100 * total)

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        self.failed.emit(error)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.end()
        self._bottom.setCurrentWidget(self._drop)
        self._set_busy(busy=False)
        self.refresh()
        self.changed.emit()

    @Slot(object)
    def _listed(self, documents: tuple[StoredDocument, ...]) -> None:
        picked = self._picked_path
        self.model.set_rows(documents)
        self._select(picked)
        self._pages.setCurrentIndex(1 if documents else 0)
        self.filter.setEnabled(bool(documents))
        self._count()

    @Slot(object)
    def _picked(self, document: StoredDocument | None) -> None:
        self._picked_path = document.path if document is not None else ""
        self.details.setVisible(document is not None)
        for told in (DocumentsModel.SIZE, DocumentsModel.ADDED):  # the panel beside the list tells them too
            self.table.setColumnHidden(told, document is not None)
        if document is not None:
            self.details.show_document(document, document_state(document))

    def _select(self, path: str) -> None:
        """Select a file again after its row may have moved."""
        at = next((at for at, row in enumerate(self.model.rows) if row.path == path), None)
        if at is not None:
            self.table.selectRow(at)

    def _count(self) -> None:
        rows = self.model.all_rows
        if not rows:
            self._counts.setText("")
            return
        words: str = self.tr("%n document(s)", "", len(rows))
        words += " · " + self.tr("%n passage(s) ready", "", sum(document.passages for document in rows))
        waiting = sum(needs_attention(document) for document in rows)
        if waiting:
            words += " · " + self.tr("%n file(s) need attention", "", waiting)
        self._counts.setText(words)

    def _set_busy(self, *, busy: bool) -> None:
        self._add_files.setEnabled(not busy)
        self._add_folder.setEnabled(not busy)

    def _hot(self, *, hot: bool) -> None:
        self._drop.setProperty("hot", hot)
        repolish(self._drop)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
