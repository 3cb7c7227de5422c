"""The head of the documents screen: how many there are, and the buttons that add, update and try them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QWidget

from core.index.freshness import Freshness, folders_of
from desktop.backend import FileRow
from desktop.models.documents import needs_attention
from desktop.text import path_words
from desktop.widgets.basic import button, column, label, row

_MOST_FOLDERS = 15  # in the menu of what can be updated


class DocumentsHead(QFrame):
    """Asks for files; it reads none itself.

    Signals:
        read_wanted: a list of the files and folders that shall be read
        update_wanted: the files of the list that have changed shall be read again
        trial_wanted: a question shall be tried without a model
    """

    read_wanted = Signal(list)
    update_wanted = Signal()
    trial_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[FileRow] = ()
        self._title, self.counts = label(kind="display"), label(kind="muted")
        self._add_files, self._add_folder = button("add", "primary"), button("folder")
        self.trial, self._update = button("search"), button("restart")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.menu.triggered.connect(self._update_chosen)
        self._update.setMenu(self.menu)
        self._add_files.clicked.connect(self._choose_files)
        self._add_folder.clicked.connect(self._choose_folder)
        self.trial.clicked.connect(self.trial_wanted)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self.counts)
        head = row(self, gap=2)
        head.addLayout(words, 1)
        for each in (self.trial, self._update, self._add_folder, self._add_files):
            head.addWidget(each)
        self.retranslate()

    def show_rows(self, rows: Sequence[FileRow], *, busy: bool) -> None:
        """Which files there are, and whether some are being read."""
        self._rows = rows
        for each in (self._add_files, self._add_folder):
            each.setEnabled(not busy)
        self._update.setEnabled(not busy and bool(rows))
        self.trial.setEnabled(bool(rows))
        self.counts.setText(self._count_words())

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("Documents"))
        self._add_files.setText(self.tr("Add files…"))
        self._add_folder.setText(self.tr("Add folder…"))
        self._update.setText(self.tr("Update"))
        self._update.setToolTip(self.tr("Read what has changed since it was read"))
        self.trial.setText(self.tr("Test retrieval"))
        self.counts.setText(self._count_words())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def fill_menu(self) -> None:
        """What can be updated: all that is listed, or a folder with what is new in it."""
        self.menu.clear()
        self.menu.addAction(self.tr("All files of the list that have changed"))
        self.menu.addSeparator()
        there = [each.document for each in self._rows if each.freshness is not Freshness.MISSING]
        for folder in folders_of(there)[:_MOST_FOLDERS]:
            words = self.tr("New and changed files in {folder}").format(folder=path_words(folder))
            self.menu.addAction(words.replace("&", "&&")).setData(str(folder))

    def _count_words(self) -> str:
        if not self._rows:
            return ""
        words: str = self.tr("%Ln document(s)", "", len(self._rows))
        passages = sum(each.document.passages for each in self._rows)
        words += " · " + self.tr("%Ln passage(s) ready", "", passages)
        waiting = sum(needs_attention(each) for each in self._rows)
        if waiting:
            words += " · " + self.tr("%Ln file(s) need attention", "", waiting)
        return words

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
        self.read_wanted.emit([Path(name) for name in names])

    @Slot(QAction)
    def _update_chosen(self, action: QAction) -> None:
        folder = action.data()
        if folder is None:
            self.update_wanted.emit()
        else:
            self.read_wanted.emit([Path(folder)])
