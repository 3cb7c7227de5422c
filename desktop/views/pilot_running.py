"""A pilot run while it works: how far it is, pause, go on, stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from core.assistant.events import Stage
from core.errors import CoreError
from desktop.backend import Backend
from desktop.jobs import Job
from desktop.late import Late
from desktop.models.pilot_tally import TallyModel
from desktop.pilot_backend import PilotWish
from desktop.text import number_words, stage_word
from desktop.views.base import View
from desktop.widgets.basic import column
from desktop.widgets.pilot_progress import PilotProgress, left_words
from desktop.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from core.pilot import progress, types
    from core.pilot.progress import RowDone, RunEvent
    from core.pilot.types import Question, Run
else:
    progress, types = Late("core.pilot.progress"), Late("core.pilot.types")

_SHOWN = 10  # models at once


class RunningPage(View):
    """Works on one run at a time.

    Signals:
        refused: it could not be begun or gone on with; nothing was done
        left: the folder of a run that has ended or was stopped
        busy_changed: it works, or has come to rest
    """

    refused = Signal()
    left = Signal(object)
    busy_changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.folder = Path()
        self._job: Job | None = None
        self._questions: dict[int, str] = {}
        self._began = self._ended = self._leaving = self._broke = False
        self._at: tuple[int, int] | None = None  # rows that are there, and all
        self._looked_up: tuple[int, int] | None = None
        self._model, self._question, self._stage = "", 0, ""
        self._seconds_left: float | None = None
        self._failed_rows = 0
        self.progress = PilotProgress()
        self.progress.pause_wanted.connect(self.pause_or_go_on)
        self.progress.stop_wanted.connect(self.stop)
        self.model = TallyModel(self)
        widths = dict.fromkeys(range(1, len(self.model.columns)), 24)
        self.table = ShortTable(self.model, TallyModel.MODEL, widths, _SHOWN)
        layout = column(self, gap=4)
        layout.addWidget(self.progress)
        layout.addWidget(self.table)
        layout.addStretch(1)
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether a run works now."""
        return self._job is not None

    def begin(self, wish: PilotWish) -> None:
        """Begin a new run."""
        names = [model.name for model in wish.models]
        self._open(wish.folder, wish.asked.name, wish.asked.questions)
        self.model.begin(names)
        self._run(lambda: self.backend.begin_pilot(wish))

    def resume(self, folder: Path, run: Run, *, retry: bool = False) -> None:
        """Go on with a run that is not whole; ``retry`` asks again where there was no answer."""
        kept = [row for row in run.rows if not (retry and row.status is types.RowStatus.FAILED)]
        self._open(folder, run.plan.set_name, run.questions)
        self._failed_rows = sum(row.status is types.RowStatus.FAILED for row in kept)
        self.model.begin([model.name for model in run.models], kept)
        self._run(lambda: self.backend.resume_pilot(folder, retry=retry))

    @Slot()
    def pause_or_go_on(self) -> None:
        """Stop for now, or go on."""
        if self._job is None:
            self._run(lambda: self.backend.resume_pilot(self.folder))
        else:
            self._cancel()

    @Slot()
    def stop(self) -> None:
        """End here; what there is is shown, and the run can be gone on with later."""
        self._leaving = True
        if self._job is None:
            self.left.emit(self.folder)
        else:
            self._cancel()

    def retranslate(self) -> None:
        """Set every word again."""
        self.table.setAccessibleName(self.tr("Answers so far, to the questions as the set has them"))
        self.model.retranslate()
        self._say()

    def _open(self, folder: Path, name: str, questions: Iterable[Question]) -> None:
        self.folder = folder
        self._questions = {question.number: question.text for question in questions}
        self._began = self._leaving = False
        self._at = self._looked_up = None
        self._failed_rows = 0
        self.progress.name.setText(name)

    def _run(self, stream: Callable[[], Iterator[RunEvent]]) -> None:
        self._ended = self._broke = False
        self._model, self._question, self._stage, self._seconds_left = "", 0, "", None
        self._job = Job(stream)
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._finished)
        self.progress.show_state(paused=False)
        self._say()
        self._job.start()
        self.busy_changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.progress.show_state(paused=False, stopping=True)
            self._say()

    @Slot(object)
    def _event(self, event: RunEvent) -> None:
        self._began = True
        if isinstance(event, progress.RowDone):
            self._take(event)
        elif isinstance(event, progress.Began):
            self._at = event.done, event.total
        elif isinstance(event, progress.LookedUp):
            self._looked_up = event.done, event.total
        elif isinstance(event, progress.Working):
            if isinstance(event.event, Stage):
                self._stage = stage_word(event.event)
            self._model, self._question = event.model, event.question
        elif isinstance(event, progress.Ended):
            self._ended = True
        self._say()

    def _take(self, event: RowDone) -> None:
        self._at, self._seconds_left = (event.done, event.total), event.seconds_left
        self._stage = ""
        self._failed_rows += event.row.status is types.RowStatus.FAILED
        self.model.add(event.row)

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        self._broke = True
        self.failed.emit(error)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.show_state(paused=True)
        self._say()
        self.busy_changed.emit()
        if self._broke and not self._began:
            self.refused.emit()
        elif self._ended or self._leaving:
            self.left.emit(self.folder)

    def _say(self) -> None:
        done, total = self._at or (0, 0)
        if self._at is None and self._looked_up is not None:
            done, total = self._looked_up
        self.progress.show_count(done, total if self.running or total else 1)
        self.progress.words.setText(self._words())
        self.progress.time.setText(self._time())
        self.progress.question.setText(self._questions.get(self._question, "") if self.running else "")
        self.progress.question.setVisible(bool(self.progress.question.text()))

    def _words(self) -> str:
        if self._job is not None and self._job.cancelled:
            return self.tr("Stopping after what cannot be interrupted")
        if self._job is None:
            return self._paused_words()
        if self._at is None:
            return self._preparing_words()
        done, total = self._at
        words = self.tr("Answer {number} of {total}")
        said = words.format(number=number_words(min(done + 1, total)), total=number_words(total))
        return " · ".join(part for part in (said, self._model) if part)

    def _paused_words(self) -> str:
        words = self.tr("Interrupted") if self._broke else self.tr("Paused")
        if self._at is None:
            return words
        count = self.tr("{done} of {total} answers")
        return f"{words} · {count.format(done=number_words(self._at[0]), total=number_words(self._at[1]))}"

    def _preparing_words(self) -> str:
        if self._looked_up is None:
            return self.tr("Getting ready")
        words = self.tr("Looking up passages: question {done} of {total}")
        return words.format(done=number_words(self._looked_up[0]), total=number_words(self._looked_up[1]))

    def _time(self) -> str:
        parts = []
        if self.running and self._at is not None:
            left = self._seconds_left
            parts.append(self.tr("time left not known yet") if left is None else left_words(left))
            parts.append(self._stage)
        if self._failed_rows:
            parts.append(self.tr("%Ln without an answer", "", self._failed_rows))
        return " · ".join(part for part in parts if part)
