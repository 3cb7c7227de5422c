"""Questions drafted from the library: how many, in whose words, into which file, and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.backend import Backend
from desktop.jobs import Job, start_call
from desktop.late import Late
from desktop.pilot_backend import DraftWish
from desktop.text import number_words
from desktop.views.base import View
from desktop.widgets.basic import column
from desktop.widgets.run_progress import RunProgress

if TYPE_CHECKING:
    from core.llm.choice import AnyModel
    from core.pilot.drafting import Wording
    from desktop.widgets import draft_dialog
    from desktop.widgets.draft_dialog import DraftDialog
else:
    draft_dialog = Late("desktop.widgets.draft_dialog")

_KINDS = ("CSV (*.csv)", "XLSX (*.xlsx)", "JSONL (*.jsonl)")


class Drafting(View):
    """Shows something only while it works.

    Signals:
        written: the file that holds the questions now
        busy_changed: it works, or has come to rest
    """

    written = Signal(object)
    busy_changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.dialog: DraftDialog | None = None
        self._job: Job | None = None
        self._wanted: tuple[int, AnyModel | None] = (0, None)  # how many, in whose words
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self._stop)
        column(self).addWidget(self.progress)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether questions are being drafted."""
        return self._job is not None

    @Slot()
    def ask(self) -> None:
        """Ask how many questions are wanted, and in whose words."""
        start_call(self._writers, self._open, self.failed)

    def draft(self, wish: DraftWish) -> None:
        """Write a set of proposals."""
        if self._job is not None:
            return
        self._job = Job(lambda: self.backend.draft_questions(wish))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._ended)
        self.progress.begin(self.tr("Drafting questions"))
        self.progress.show_count(self.tr("Drafting questions"), 0, 0)
        self.show()
        self._job.start()
        self.busy_changed.emit()

    def _writers(self) -> tuple[AnyModel, ...]:
        usable, _ = self.backend.models()
        return (*usable, *self.backend.servers())

    @Slot(object)
    def _open(self, models: tuple[AnyModel, ...]) -> None:
        self.dialog = draft_dialog.DraftDialog(models, self.parentWidget())
        self.dialog.accepted.connect(self._choose)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _choose(self) -> None:
        if self.dialog is not None:
            self._wanted = self.dialog.count.value(), self.dialog.writer
            save_set(self, self.tr("Draft questions"), self.tr("drafted questions"), self._chosen)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.draft(DraftWish(Path(name), *self._wanted))

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _event(self, found: Wording | Path) -> None:
        if isinstance(found, Path):
            self.written.emit(found)
            return
        words = self.tr("Question {done} of {total}, {kept} so far in the model's words")
        said = words.format(
            done=number_words(min(found.done + 1, found.total)),
            total=number_words(found.total),
            kept=number_words(found.kept),
        )
        self.progress.show_count(said, found.done, found.total)

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _ended(self) -> None:
        self._job = None
        self.progress.end()
        self.hide()
        self.busy_changed.emit()


def save_set(over: QWidget, title: str, name: str, then: Callable[[str], None]) -> None:
    """Ask where a question set shall be written."""
    dialog = QFileDialog(over.window(), title, str(Path.home() / f"{name}.csv"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(_KINDS)
    dialog.setDefaultSuffix("csv")
    dialog.fileSelected.connect(then)
    dialog.open()
