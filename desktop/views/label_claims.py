"""Labelling: one drawn claim after the other beside what the documents hold, with one key each.

Verdict, risk and level stay hidden, and the passages are looked up the same way whatever they were: a person
who sees what the checker said tends to agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QProgressBar, QSplitter

from core.errors import CoreError
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.late import Late
from desktop.models.calibrate import progress_words
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, name, row, tool_button
from desktop.widgets.claim_card import ClaimCard
from desktop.widgets.label_bar import LABELS
from desktop.widgets.passage_pane import PassagePane

if TYPE_CHECKING:
    from core.calibrate import labelling
    from core.calibrate.labelling import Task
    from core.types import Passage
else:
    labelling = Late("core.calibrate.labelling")


class LabelPage(View):
    """Keeps each label the moment it is given; the next claim does not wait for that.

    Signals:
        left: the person has seen enough; what was labelled is kept
        done: the last open claim has a label now
    """

    left = Signal()
    done = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.tasks: list[Task] = []
        self.at = 0
        self._who = ""
        self._ending: SignalInstance | None = None  # to be said when every label is kept
        self._to_keep: list[Task] = []  # labels on their way into the library, the oldest first
        self._trail: list[int] = []  # the places that were labelled in this sitting, the newest last
        self._found: dict[int, Sequence[Passage]] = {}  # what to read, by the place of the claim
        self._build()
        self._connect_keys()
        self.retranslate()

    @property
    def labelled(self) -> int:
        """How many claims have a label."""
        return sum(task.label is not None for task in self.tasks)

    def begin(self, tasks: Sequence[Task], who: str) -> None:
        """Label these claims in the name of a person, from the first one on that has no label."""
        self.tasks, self._who = list(tasks), who
        self._found.clear()
        self._trail.clear()
        self._go(self._open_after(-1) or 0)
        self.setFocus()

    @Slot(str)
    def say(self, value: str) -> None:
        """Label the claim that is shown and go to the next one without a label."""
        if not self.tasks:
            return
        was_open = self.tasks[self.at].label is None
        made = replace(self.tasks[self.at], label=labelling.Label(value))
        self.tasks[self.at] = made
        self._trail.append(self.at)
        self._to_keep.append(made)
        if len(self._to_keep) == 1:
            self._keep()
        following = self._open_after(self.at)
        self._go(min(self.at + 1, len(self.tasks) - 1) if following is None else following)
        if was_open and following is None:
            self._end(self.done)

    def retranslate(self) -> None:
        """Set every word again."""
        self._back.setText(self.tr("Calibrate"))
        self._title.setText(self.tr("Label claims"))
        self.setAccessibleName(self._title.text())
        name(self._earlier, self.tr("Previous claim (B)"))
        name(self._later, self.tr("Next claim (N)"))
        self.bar.setAccessibleName(self.tr("Labelled"))
        self.passages.language = self.language
        self._show_progress()

    def _build(self) -> None:
        self._back, self._title = button("back", "plain"), label(kind="title")
        self.progress = label(kind="caption")
        self._earlier, self._later = tool_button("previous"), tool_button("next")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.claim, self.passages = ClaimCard(), PassagePane(self.backend)
        self._back.clicked.connect(self._leave)
        self._earlier.clicked.connect(self._to_earlier)
        self._later.clicked.connect(self._to_later)
        self.claim.bar.said.connect(self.say)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(space(4))
        split.setChildrenCollapsible(False)
        split.addWidget(self.claim)
        split.addWidget(self.passages)
        split.setSizes([1000, 1000])
        layout = column(self, gap=3)
        layout.addLayout(self._head())
        layout.addWidget(self.bar)
        layout.addWidget(split, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # for its keys; Tab goes to what shows it

    def _head(self) -> QLayout:
        head = row(gap=2)
        head.addWidget(self._back)
        head.addWidget(self._title)
        head.addStretch(1)
        for part in (self.progress, self._earlier, self._later):
            head.addWidget(part)
        return head

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "B": self._to_earlier,
            "Backspace": self._to_last,
            "Ctrl+Z": self._to_last,
            "N": self._to_later,
            "Esc": self._back.click,
        }
        for number, value in enumerate(LABELS, start=1):
            keys[str(number)] = self.claim.bar.buttons[value].click
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _open_after(self, at: int) -> int | None:
        """The next claim without a label, from a place on and then from the start."""
        order = [*range(at + 1, len(self.tasks)), *range(at)]
        return next((each for each in order if self.tasks[each].label is None), None)

    def _go(self, at: int) -> None:
        self.at = at
        task = self.tasks[at]
        self.claim.show_task(task)
        self._earlier.setEnabled(at > 0)
        self._later.setEnabled(at < len(self.tasks) - 1)
        if at in self._found:
            self._show_found()
        else:
            self.passages.wait()
            self._look_up(at)
        self._show_progress()

    def _look_up(self, at: int) -> None:
        task = self.tasks[at]
        start_call(lambda: (task, self.backend.passages(task)), self._looked_up, self.failed)

    @Slot(object)
    def _looked_up(self, found: tuple[Task, Sequence[Passage]]) -> None:
        task, passages = found
        at = next((at for at, one in enumerate(self.tasks) if _same(one, task)), None)
        if at is None:
            return  # other claims are labelled by now
        self._found[at] = passages
        if at == self.at:
            self._show_found()

    def _show_found(self) -> None:
        """Show what to read, and look up what comes next, so that nobody waits for it."""
        self.passages.show_passages(self.tasks[self.at].claim.text, self._found[self.at])
        following = self._open_after(self.at)
        if following is not None and following not in self._found:
            self._look_up(following)

    def _keep(self) -> None:
        """One label after the other, so that the last word on a claim is the one that stays."""
        task, who = self._to_keep[0], self._who
        assert task.label is not None
        said = task.label
        start_call(lambda: self.backend.label_task(task, said, who), self._kept, self._not_kept)

    @Slot(object)
    def _kept(self, task: Task) -> None:  # noqa: ARG002
        self._to_keep.pop(0)
        if self._to_keep:
            self._keep()
        elif self._ending is not None:
            self._end(self._ending)

    def _end(self, signal: SignalInstance) -> None:
        """Say that the work is over as soon as nothing is left to keep."""
        self._ending = signal if self._to_keep else None
        if not self._to_keep:
            signal.emit()

    @Slot()
    def _leave(self) -> None:
        self._end(self.left)

    @Slot(object)
    def _not_kept(self, error: CoreError) -> None:
        """What could not be kept is open again, and the person is taken back to it."""
        lost = list(self._to_keep)
        self._to_keep.clear()
        self._ending = None
        for at, task in enumerate(self.tasks):
            if any(_same(task, each) for each in lost):
                self.tasks[at] = replace(task, label=None)
        self._go(self._open_after(-1) or 0)
        self.failed.emit(error)

    def _show_progress(self) -> None:
        total, done = len(self.tasks), self.labelled
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.progress.setText(progress_words(done, total))

    @Slot()
    def _to_last(self) -> None:
        """Back to the claim that was labelled last, to label it otherwise."""
        if self._trail:
            self._go(self._trail.pop())

    @Slot()
    def _to_earlier(self) -> None:
        if self.at > 0:
            self._go(self.at - 1)

    @Slot()
    def _to_later(self) -> None:
        if self.at < len(self.tasks) - 1:
            self._go(self.at + 1)


def _same(one: Task, other: Task) -> bool:
    return (one.sample_id, one.position) == (other.sample_id, other.position)
