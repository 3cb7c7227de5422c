"""The questions of a new pilot run: a set from a file, a template to fill in, proposals from the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QLayout

from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.late import Late
from desktop.models.pilot_problems import ProblemsModel
from desktop.text import path_words
from desktop.views.base import View
from desktop.views.pilot_draft import Drafting, save_set
from desktop.widgets.basic import button, card, column, label, row
from desktop.widgets.flow import Flow
from desktop.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from core.pilot import draft, types
    from core.pilot.sets import Problem, QuestionSet
else:
    draft, types = Late("core.pilot.draft"), Late("core.pilot.types")

_SHOWN = 6  # problems at once


class SetCard(View):
    """Reads a question set and shows every row that is wrong; nothing is left out in silence.

    Signals:
        changed: another set, or none, is chosen
    """

    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.asked: QuestionSet | None = None
        self.path: Path | None = None
        self._written: Path | None = None  # a template that waits to be filled in
        self._build()
        self.retranslate()

    def read(self, path: Path) -> None:
        """Read the set in a file."""
        self.path, self._written = path, None
        start_call(lambda: self.backend.question_set(path), self._read, self.failed)

    def write_template(self, path: Path) -> None:
        """Write a set to fill in."""
        start_call(lambda: self.backend.write_template(path), self._template_written, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("1  Questions"))
        self._explain.setText(
            self.tr(
                "A table of your own questions, where you like with the answer you expect, the document that "
                "holds it, and those that must be refused because no document answers them."
            )
        )
        self.choose.setText(self.tr("Choose a question set…"))
        self.template.setText(self.tr("Write a template…"))
        self.proposals.setText(self.tr("Draft questions…"))
        self.again.setText(self.tr("Read it again"))
        self.table.setAccessibleName(self.tr("What is wrong with the set"))
        self.model.language = self.language
        self.model.retranslate()
        self._picked(self.table.row)
        self._show()

    def _build(self) -> None:
        self._title, self._explain = label(kind="strong"), label(kind="muted", wrap=True)
        self.choose, self.template, self.proposals = button("folder"), button("file"), button("ask")
        self.again = button("restart")
        self.drafting = Drafting(self.backend)
        self.drafting.failed.connect(self.failed)
        self.drafting.written.connect(self._drafted)
        self.drafting.busy_changed.connect(self._show_deeds)
        self.again.setShortcut(QKeySequence(QKeySequence.StandardKey.Refresh))
        deeds: tuple[tuple[object, Callable[[], None]], ...] = (
            (self.choose, self._choose),
            (self.template, self._choose_template),
            (self.proposals, self.drafting.ask),
            (self.again, self._again),
        )
        for made, deed in deeds:
            made.clicked.connect(deed)  # type: ignore[attr-defined]
        flow = Flow()
        flow.add(self.choose, self.template, self.proposals)
        self.name, self.summary = label(kind="strong", wrap=True), label(wrap=True)
        self.note = label(kind="caption", wrap=True)
        self.model = ProblemsModel(self)
        widths = {ProblemsModel.ROW: 14, ProblemsModel.COLUMN: 34}
        self.table = ShortTable(self.model, ProblemsModel.WHAT, widths, _SHOWN)
        self.whole = label(wrap=True, selectable=True)  # the problem that is selected, not shortened
        self.table.picked.connect(self._picked)
        frame = card()
        column(self).addWidget(frame)
        layout = column(frame, margin=5, gap=3)
        for part in (self._title, self._explain, flow, self.drafting):
            layout.addWidget(part)
        layout.addLayout(self._read_line())
        layout.addWidget(self.note)
        layout.addWidget(self.table)
        layout.addWidget(self.whole)

    def _read_line(self) -> QLayout:
        """What was read, and the button to read it again."""
        words = column(gap=0.5)
        words.addWidget(self.name)
        words.addWidget(self.summary)
        line = row(gap=2)
        line.addLayout(words, 1)
        line.addWidget(self.again)
        return line

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a question set"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Question sets (*.csv *.tsv *.txt *.xlsx *.jsonl)"))
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.read(Path(name))

    @Slot()
    def _again(self) -> None:
        if self.path is not None:
            self.read(self.path)

    @Slot()
    def _choose_template(self) -> None:
        save_set(self, self.tr("Write a template"), self.tr("questions"), self._template_chosen)

    @Slot(str)
    def _template_chosen(self, name: str) -> None:
        self.write_template(Path(name))

    @Slot(object)
    def _template_written(self, path: Path) -> None:
        self._written = self.path = path
        self.asked = None
        self._changed()

    @Slot(object)
    def _drafted(self, path: Path) -> None:
        self.read(path)

    @Slot()
    def _show_deeds(self) -> None:
        """Nothing else is begun while questions are drafted."""
        for deed in (self.choose, self.template, self.proposals, self.again):
            deed.setEnabled(not self.drafting.running)

    @Slot(object)
    def _read(self, asked: QuestionSet) -> None:
        self.asked = asked
        self._changed()

    @Slot(object)
    def _picked(self, problem: Problem | None) -> None:
        self.whole.setText(problem.said(self.language) if problem is not None else "")
        self.whole.setVisible(problem is not None)

    def _changed(self) -> None:
        self.model.set_rows(self.asked.problems if self.asked else ())
        self._show()
        if self.model.rows:
            self.table.selectRow(0)
        self.changed.emit()

    def _show(self) -> None:
        asked = self.asked
        self.name.setText(asked.name if asked else "")
        self.summary.setText(self._summary(asked) if asked else "")
        self.note.setText(self._note(asked) if asked else self._written_words())
        for part in (self.name, self.summary, self.note):
            part.setVisible(bool(part.text()))
        self.table.setVisible(bool(asked and asked.problems))
        self.again.setVisible(self.path is not None)

    def _written_words(self) -> str:
        if self._written is None:
            return ""
        words = self.tr("{path} is written. Fill it in, save it, then read it again.")
        return words.format(path=path_words(self._written))

    def _summary(self, asked: QuestionSet) -> str:
        """How many there are of each kind."""
        refuse = sum(question.expect is types.Expect.REFUSE for question in asked.questions)
        expected = sum(question.expected is not None for question in asked.questions)
        parts = [
            self.tr("%Ln question(s)", "", len(asked.questions)),
            self.tr("%Ln with an expected answer", "", expected),
            self.tr("%Ln must be refused", "", refuse),
        ]
        return " · ".join(parts)

    def _note(self, asked: QuestionSet) -> str:
        """What keeps the set from being run, or what to know before."""
        blocking = sum(problem.blocking for problem in asked.problems)
        if blocking:
            words: str = self.tr(
                "%Ln problem(s) keep this set from being run. Correct the file, save it, then read it again.",
                "",
                blocking,
            )
            return words
        if not asked.questions:
            return self.tr("The file holds no question yet.")
        drafts = sum(draft.DRAFT in question.tags for question in asked.questions)
        return self._draft_words(drafts) if drafts else ""

    def _draft_words(self, count: int) -> str:
        words: str = self.tr(
            "%Ln question(s) are unread proposals: read each, keep it without the tag “draft”, or delete it.",
            "",
            count,
        )
        return words
