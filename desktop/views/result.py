"""An answer on its way and when it is checked: draft, progress, marks, evidence, gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.assistant.events import ClaimChecked, DraftText, Event, Finished, Retrieved, Stage, StageName
from core.errors import CoreError
from core.types import Answer, Decision, Hit
from desktop.backend import Backend
from desktop.jobs import Job, Stream, start_call
from desktop.late import Late
from desktop.text import decision_word
from desktop.typed import Typed
from desktop.views.result_frame import ResultFrame
from desktop.views.uses import AnswerUses
from desktop.widgets.claim_marks import gravest
from desktop.widgets.claim_view import Phase

if TYPE_CHECKING:
    from core import gate
else:
    gate = Late("core.gate")


class ResultView(ResultFrame):
    """Used by Ask, Check a text and History alike.

    Signals:
        finished: the Answer that a run ended with
        ended: the run is over, whether it finished, failed or was stopped
        decided: an Answer that a person has just released or rejected
    """

    finished = Signal(object)
    ended = Signal()
    decided = Signal(object)

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(backend, parent)
        self.answer: Answer | None = None
        self._job: Job | None = None
        self._hits: tuple[Hit, ...] = ()
        self._cut = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show_rest)
        self.uses = AnswerUses(backend, self)
        self._connect()
        self.retranslate()

    def use_typed(self, typed: Typed) -> None:
        """Keep the reasons and edits of decisions."""
        self.uses.typed = typed

    @property
    def running(self) -> bool:
        """Whether an answer is being made, or not all of it is shown yet."""
        return self._job is not None or self._rest.isActive()

    def run(self, stream: Stream, words: str, wake: Callable[[], None] | None = None) -> None:
        """Start a run; its events fill the view. ``wake`` is called on Stop, to end a wait in the core."""
        if self.running:
            return
        self.answer = self.uses.answer = None
        self.text.begin()
        self._bring_up_text()
        self.evidence.clear()
        self.gate.show_answer(None)
        self.refusal.show_answer(None)
        self.released.show_answer(None)
        self._top.setCurrentWidget(self.progress)
        self.progress.begin(words)
        self._job = Job(stream, on_cancel=wake)
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._finished)
        self._job.start()

    @Slot()
    def stop(self) -> None:
        """End the run; nothing is recorded."""
        if self._job is not None:
            self._job.cancel()

    def show_answer(self, answer: Answer, seconds: float | None = None) -> None:
        """A checked answer, new or from the history; ``seconds`` is how long it has just taken."""
        self._show_text(answer, seconds)
        self._show_first()

    def _show_text(self, answer: Answer, seconds: float | None) -> None:
        self.answer = self.uses.answer = answer
        self.summary.language = self.text.language = self.language
        self.summary.watts = self.backend.watts
        self.summary.show_answer(answer, seconds)
        self._top.setCurrentWidget(self.summary)
        self.gate.show_answer(answer)
        usable = gate.usable_text(answer)
        kept_back = not gate.may_show(answer, show_held=self.backend.settings.show_held_text)
        self._kept_back.setVisible(kept_back)
        self.text.setVisible(not kept_back)
        if kept_back:
            self.text.begin()
        else:
            # An edited text is shown and copied in a place of its own.
            phase = Phase.OPEN if usable == answer.text else Phase.CLOSED
            self.text.show_text(answer.text, answer.check.claims, phase)
        self.evidence.may_edit = answer.decision is Decision.HELD and not kept_back
        self.released.show_answer(answer)
        self._show_refusal(answer)

    def _show_first(self) -> None:
        """The evidence of the claim that deserves a look first, or what was searched."""
        first = gravest(self.text.claims)
        if first is None:
            self.evidence.show_hits(self._hits, self._cut)
        else:
            self.choose(first)

    def reopen(self, answer: Answer) -> None:
        """An answer of the history in place of the one that was made here."""
        self._hits, self._cut = (), 0
        self._draft_note.hide()
        self.evidence.clear()
        self.show_answer(answer)

    @Slot(int)
    def choose(self, index: int) -> None:
        """Show the evidence of a claim."""
        self.text.select(index)
        claims = self.text.claims
        self.evidence.show_claim(index, len(claims), claims[index])

    def retranslate(self) -> None:
        """Say everything again in the language of the window."""
        self.text.setAccessibleName(self.tr("Answer"))
        self._kept_back.setText(
            self.tr("The policy keeps the text of a held answer back until a named person releases it.")
        )
        self._draft_note.setText(
            self.tr("Draft, not checked yet. It cannot be selected or copied until every claim is checked.")
        )
        self.summary.language = self.text.language = self.language
        if self.answer is not None:
            self.summary.retranslate()

    def _connect(self) -> None:
        self.progress.stop_wanted.connect(self.stop)
        self.text.chosen.connect(self.choose)
        self.evidence.step.connect(self.text.step)
        self.evidence.failed.connect(self.failed)
        uses = self.uses
        self.gate.copy_wanted.connect(uses.copy)
        self.gate.sources_wanted.connect(uses.copy_with_sources)
        self.gate.export_wanted.connect(uses.choose_export)
        self.gate.release_wanted.connect(uses.ask_release)
        self.gate.reject_wanted.connect(uses.ask_reject)
        self.refusal.search_wanted.connect(self.search_again)
        self.evidence.correction_wanted.connect(uses.ask_release_with)
        uses.failed.connect(self.failed)
        uses.decided.connect(self._decided)
        for keys, slot in (("Alt+Down", self._on), ("Alt+Up", self._back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @Slot()
    def _on(self) -> None:
        self.text.step(1)

    @Slot()
    def _back(self) -> None:
        self.text.step(-1)

    @Slot(object)
    def _event(self, event: Event) -> None:
        if isinstance(event, Stage):
            self.progress.show_stage(event)
        elif isinstance(event, Retrieved):
            self._hits, self._cut = event.hits, event.cut
            self.evidence.show_hits(event.hits, event.cut)
        elif isinstance(event, DraftText):
            if self._draft_may_be_read():
                self.text.add_draft(event.text)
        elif isinstance(event, ClaimChecked):
            self._claim_checked(event)
        elif isinstance(event, Finished):
            self._draft_note.hide()
            self._show_text(event.answer, self.progress.seconds)
            self._rest.start()

    @Slot()
    def _show_rest(self) -> None:
        """The evidence, a turn of the event loop after the text: both at once hold the window up."""
        assert self.answer is not None
        self._show_first()
        self._announce(self.answer)
        self.finished.emit(self.answer)
        if self._job is None:
            self.ended.emit()

    def _announce(self, answer: Answer) -> None:
        """Tell a screen reader that the answer is there, wherever the focus is."""
        words = f"{self.summary.spoken()} {decision_word(answer.decision)}."
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _claim_checked(self, event: ClaimChecked) -> None:
        self.progress.show_stage(Stage(StageName.CHECKING, event.index + 1, event.total))
        if self._draft_may_be_read():
            self.text.mark(event.claim)

    def _draft_may_be_read(self) -> bool:
        """A draft is held like any answer whose check is not done."""
        settings = self.backend.settings
        return settings.show_held_text and not settings.four_eyes

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        self.failed.emit(error)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.end()
        if self.answer is None:
            self.text.begin()
            self.evidence.clear()
        if not self._rest.isActive():  # else it ends the run
            self.ended.emit()

    def _bring_up_text(self) -> None:
        self._hits, self._cut = (), 0
        self._kept_back.hide()
        self._draft_note.show()
        self.text.show()

    def _show_refusal(self, answer: Answer) -> None:
        """What was searched is told of an answer just made: later the library may hold something else."""
        self.refusal.show_answer(answer, closest_shown=bool(self._hits) or not answer.question)
        if answer.refused and self._hits:
            start_call(self.backend.readiness, self.refusal.show_searched, self.failed)

    @Slot()
    def search_again(self) -> None:
        """Look for the passages that come closest to an old question now."""
        question = self.answer.question if self.answer is not None else None
        if question:
            start_call(lambda: self.backend.find_passages(question), self._found, self.failed)

    @Slot(object)
    def _found(self, hits: tuple[Hit, ...]) -> None:
        self.evidence.clear()
        self.evidence.show_hits(hits, 0)

    @Slot(object)
    def _decided(self, answer: Answer) -> None:
        at = self.text.current
        self.show_answer(answer)
        if at is not None:
            self.choose(at)
        self.decided.emit(answer)
