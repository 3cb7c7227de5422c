"""Decisions brought back: what became of each line of the file, as it is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.backend import Backend
from desktop.carry_backend import Brought
from desktop.jobs import Job
from desktop.models.brought import BroughtModel
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.table import Table


class BroughtPage(View):
    """A row for each line, and the whole reason of the one that is chosen.

    Signals:
        left: the queue is wanted
        ended: no line is left
    """

    left = Signal()
    ended = Signal()

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(backend, parent)
        self.model = BroughtModel(self)
        self.rows: list[Brought] = []
        self._job: Job | None = None
        self._path = Path()
        self._done = button("back", "plain")
        self._title, self.summary = label(kind="title", wrap=True), label(kind="strong", wrap=True)
        self.progress, self.reason = RunProgress(), label(wrap=True, selectable=True)
        widths = {BroughtModel.LINE: 16, BroughtModel.DECISION: 32, BroughtModel.OUTCOME: 110}
        self.table = Table(self.model, BroughtModel.QUESTION, widths)
        self.table.picked.connect(self._show_reason)
        self._done.clicked.connect(self.leave)
        self.progress.stop_wanted.connect(self.stop)
        head = row(gap=2)
        head.addWidget(self._done)
        head.addWidget(self._title, 1)
        layout = column(self, gap=3)
        layout.addLayout(head)
        for part in (self.progress, self.summary):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason)
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether lines are being taken."""
        return self._job is not None

    def begin(self, path: Path) -> None:
        """Take a file of decisions into the library; one at a time."""
        if self._job is not None:
            return
        self._path, self.rows = path, []
        self.model.set_rows(())
        self.progress.begin(self.tr("Reading the file"))
        self.progress.show()
        self._job = Job(lambda: self.backend.bring_back(path))
        self._job.yielded.connect(self._line)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)
        self._job.start()
        self.retranslate()

    @Slot()
    def stop(self) -> None:
        """Take no further line; those that were taken stand."""
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def leave(self) -> None:
        """Back to the queue; what runs goes on."""
        self.left.emit()

    def retranslate(self) -> None:
        """Set every word again."""
        self._done.setText(self.tr("Queue"))
        self._title.setText(self.tr("Decisions brought back from {name}").format(name=self._path.name))
        self.table.setAccessibleName(self.tr("What became of each decision"))
        self.model.language = self.language
        self.model.retranslate()
        self._show_summary()
        self._show_reason(self.table.row)

    @Slot(object)
    def _line(self, brought: Brought) -> None:
        self.rows.append(brought)
        self.model.set_rows(self.rows)
        words = self.tr("Decision {number} of {total}").format(number=brought.line, total=brought.of)
        self.progress.show_count(words, brought.line, brought.of)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.end()
        self.progress.hide()
        self._show_summary()
        if self.model.rows:
            refused = next((at for at, each in enumerate(self.model.rows) if each.refused is not None), 0)
            self.table.selectRow(refused)
        self.table.setFocus()
        self.ended.emit()

    def _show_summary(self) -> None:
        taken = sum(each.refused is None for each in self.rows)
        refused, of = len(self.rows) - taken, self.rows[-1].of if self.rows else 0
        accepted = self.tr("%Ln decision(s) accepted", "", taken)
        turned_down = self.tr("%Ln refused", "", refused)
        words = f"{accepted} · {turned_down}"
        if of > len(self.rows) and not self.running:
            words += " · " + self.tr(
                "%Ln not looked at, bring the file again for them", "", of - len(self.rows)
            )
        if not self.rows and not self.running:
            words = self.tr("No decision was taken from this file.")
        self.summary.setText(words)

    @Slot(object)
    def _show_reason(self, brought: Brought | None) -> None:
        self.reason.setText("" if brought is None else self.model.outcome(brought))
        self.reason.setVisible(brought is not None)
