"""The ways to another computer and back: which file, and what is to happen with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.views.review_queue import QueuePage
from desktop.widgets.take_dialog import TakeDialog
from desktop.widgets.unlock import Unlock


class ReviewFiles(QObject):
    """Asks for files over the queue; the core reads and writes them.

    Signals:
        written: how many answers were written, and the path of the file
        opened: the CarriedFile that was opened
        brought: the path of a file of decisions that is to be taken
        failed: a CoreError that the one error dialog shall show
    """

    written = Signal(int, str)
    opened = Signal(object)
    brought = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, over: QueuePage) -> None:
        super().__init__(over)
        self.backend, self._over = backend, over
        self.dialog: TakeDialog | None = None
        self._ids: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self._unlock = Unlock(backend, over)
        self._unlock.opened.connect(self._unlocked)
        self._unlock.failed.connect(self.failed)

    # The way out

    @Slot()
    def choose_answers(self) -> None:
        """Ask which answers go along, and to whom."""
        start_call(self.backend.reviewers, self._ask_answers, self.failed)

    @Slot(object)
    def _ask_answers(self, reviewers: tuple[str, ...]) -> None:
        me = self.backend.settings.reviewer
        self.dialog = TakeDialog(self._over.model.all_rows, reviewers, me, self._over)
        self.dialog.accepted.connect(self._answers_chosen)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _answers_chosen(self) -> None:
        if self.dialog is not None:
            self._ids, self._people = self.dialog.answer_ids, self.dialog.people
            ids = self._ids
            start_call(lambda: (self.backend.needs_key(*ids),), self._key_known, self.failed)

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _key_known(self, needed: tuple[bool]) -> None:
        if needed[0]:
            self._unlock.ask()
        else:
            self._choose_target()

    @Slot(str)
    def _unlocked(self, who: str) -> None:  # noqa: ARG002
        self._choose_target()

    def _choose_target(self) -> None:
        # Named by the day: decisions on a later file do not go into the file of an earlier one.
        name = f"review-{QDate.currentDate().toString(Qt.DateFormat.ISODate)}.json"
        dialog = QFileDialog(self._over, self.tr("Write the review file"), str(Path.home() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Review files (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.take_along)
        dialog.open()

    @Slot(str)
    def take_along(self, name: str) -> None:
        """Write what was chosen into a file."""
        path, ids, people, backend = Path(name), self._ids, self._people, self.backend
        start_call(lambda: (backend.take_along(path, ids, people), str(path)), self._taken_along, self.failed)

    @Slot(object)
    def _taken_along(self, done: tuple[int, str]) -> None:
        self.written.emit(*done)

    # On the other computer

    @Slot()
    def choose_file(self) -> None:
        """Ask for a review file."""
        dialog = QFileDialog(self._over, self.tr("Open a review file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Review files (*.json)"))
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    @Slot(str)
    def open_file(self, name: str) -> None:
        """Open a review file."""
        start_call(lambda: self.backend.open_carried(Path(name)), self._opened, self.failed)

    @Slot(object)
    def _opened(self, file: object) -> None:
        self.opened.emit(file)

    # The way back

    @Slot()
    def choose_decisions(self) -> None:
        """Ask for a file of decisions."""
        dialog = QFileDialog(self._over, self.tr("Bring decisions back"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Decisions (*.jsonl)"))
        dialog.fileSelected.connect(self.bring_back)
        dialog.open()

    @Slot(str)
    def bring_back(self, name: str) -> None:
        """Have a file of decisions taken."""
        self.brought.emit(Path(name))
