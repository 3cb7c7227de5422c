"""Ask: a question, the answer as it is made, and what the check makes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QPushButton, QStackedWidget, QWidget

from core.errors import CoreError
from core.types import Answer
from desktop.backend import Backend, Readiness
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.base import View
from desktop.views.conversations import Conversations
from desktop.views.result import ResultView
from desktop.widgets.basic import button, column, name, row, tool_button
from desktop.widgets.empty import Empty
from desktop.widgets.engine_banner import EngineBanner, has_died
from desktop.widgets.offer import Offer
from desktop.widgets.question_box import QuestionBox

_SUGGESTIONS = 4
_WIDE = 300  # steps of width from which the earlier questions are shown unasked


class AskView(View):
    """The first screen.

    Signals:
        answered: an Answer has been checked and recorded
        documents_wanted: the library is empty and the user wants to fill it
    """

    answered = Signal(object)
    documents_wanted = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._readiness: Readiness | None = None
        self.question = QuestionBox()
        self.result = ResultView(backend)
        self._empty = Empty("ask")
        self._to_documents = button("documents", "primary")
        self._to_documents.clicked.connect(self.documents_wanted)
        self._suggestions: list[QPushButton] = []
        self._suggestion_list = column(gap=2)
        self._empty.extra.addLayout(self._centred())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.result)
        self.earlier = Conversations(backend)
        self.earlier.opened.connect(self.reopen)
        self.earlier.failed.connect(self.failed)
        self._wanted: bool | None = None  # whether the list is to be shown, once the user has said so
        self._toggle = tool_button("history")
        self._toggle.setCheckable(True)
        self._toggle.clicked.connect(self._switch)
        layout = column(self, margin=6, gap=4)
        self.offer = Offer("question", self.question.box)
        self.banner = EngineBanner()
        self.banner.restart_wanted.connect(self._ask_again)
        layout.addWidget(self.offer)
        layout.addWidget(self.banner)
        layout.addLayout(self._beside(self._toggle, self.question, gap=2))
        layout.addLayout(self._beside(self.earlier, self._stack, gap=4), 1)
        self.question.asked.connect(self.ask)
        self.result.ended.connect(self._ended)
        self.result.finished.connect(self.answered)
        self.result.finished.connect(self.offer.sent)
        self.result.decided.connect(self.answered)
        self.result.failed.connect(self._failed)
        self.retranslate()

    @Slot(str)
    def ask(self, question: str) -> None:
        """Ask a question and show its answer being made."""
        if self.result.running:
            return
        self.banner.clear()
        self.question.set_question(question)
        self.question.set_busy(busy=True)
        self._stack.setCurrentWidget(self.result)
        words = self.tr("Searching your documents")
        self.result.run(lambda: self.backend.answer(question), words, self.backend.stop)

    def use_typed(self, typed: Typed) -> None:
        """Keep the question and what is typed about its answer."""
        self.offer.use(typed)
        self.result.use_typed(typed)

    def show_readiness(self, readiness: Readiness) -> None:
        """Say what can be asked now."""
        self._readiness = readiness
        self.retranslate()

    def refresh(self) -> None:
        """Ready to type."""
        self.question.setFocus()
        self._fit()

    @Slot(object)
    def reopen(self, answer: Answer) -> None:
        """Show an answer of the list again, as it was checked."""
        if self.result.running:
            return
        self.question.set_question(answer.question or "")
        self._stack.setCurrentWidget(self.result)
        self.result.reopen(answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list is there from the start where the window is wide."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Set every word again."""
        self.question.words(
            self.tr("Ask about your documents. Enter asks, Shift+Enter starts a new line."),
            self.tr("Ask"),
            self.tr("Question"),
        )
        name(self._toggle, self.tr("Earlier questions"))
        filled = self._readiness is None or self._readiness.passages > 0
        self._to_documents.setText(self.tr("Add documents"))
        self._to_documents.setVisible(not filled)
        if filled:
            self._empty.say(
                self.tr("Every claim of the answer is checked against your documents"),
                self.tr("The answer comes from a model on this computer. Nothing is sent anywhere."),
            )
        else:
            self._empty.say(
                self.tr("The library holds no text yet"),
                self.tr("Without documents nothing can be checked. Add files or folders first."),
            )
        self._suggest(self.backend.sample_questions(self.language) if self._has_sample() else ())

    def _beside(self, left: QWidget, right: QWidget, *, gap: float) -> QLayout:
        line = row(gap=gap)
        line.addWidget(left)
        line.addWidget(right, 1)
        return line

    def _fit(self) -> None:
        shown = self.width() >= space(_WIDE) if self._wanted is None else self._wanted
        self._toggle.setChecked(shown)
        if shown and self.earlier.isHidden():
            self.earlier.refresh()
        self.earlier.setVisible(shown)

    @Slot(bool)
    def _switch(self, shown: bool) -> None:
        self._wanted = shown
        self._fit()

    def _centred(self) -> QLayout:
        line = row(gap=2)
        line.addStretch(1)
        inside = column(gap=2)
        inside.addWidget(self._to_documents)
        inside.addLayout(self._suggestion_list)
        line.addLayout(inside, 3)
        line.addStretch(1)
        return line

    def _has_sample(self) -> bool:
        return self._readiness is not None and self._readiness.sample

    def _suggest(self, questions: tuple[str, ...]) -> None:
        for old in self._suggestions:
            self._suggestion_list.removeWidget(old)
            old.deleteLater()
        self._suggestions = []
        for question in questions[:_SUGGESTIONS]:
            made = button("ask", "suggestion")
            made.setText("  " + question)
            made.setProperty("question", question)
            made.setMinimumHeight(space(10))
            made.clicked.connect(self._suggested)
            self._suggestion_list.addWidget(made)
            self._suggestions.append(made)

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        """A dead engine is told where the answer was to come; everything else by the error dialog."""
        if has_died(error):
            self.banner.show_error(error, self.language)
        else:
            self.failed.emit(error)

    @Slot()
    def _ask_again(self) -> None:
        self.ask(self.question.question)

    @Slot()
    def _suggested(self) -> None:
        self.ask(str(self.sender().property("question")))

    @Slot()
    def _ended(self) -> None:
        if not self.earlier.isHidden():
            self.earlier.refresh()
        self.question.set_busy(busy=False)
        if self.result.answer is None:
            self._stack.setCurrentWidget(self._empty)
