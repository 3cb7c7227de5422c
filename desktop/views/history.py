"""History: past answers, reopened exactly as they were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.types import Answer
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.models.history import HistoryFilter, HistoryModel
from desktop.text import number_words
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.base import View
from desktop.views.result import ResultView
from desktop.widgets.basic import button, card, column, label, row
from desktop.widgets.empty import Empty
from desktop.widgets.history_filter import HistoryFilterBar
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.store.answers import AnswerRow


class HistoryView(View):
    """A list, and one answer at a time.

    Signals:
        decided: an answer has been released or rejected here
    """

    decided = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.model = HistoryModel(self)
        self.result = ResultView(backend)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_list())
        self._stack.addWidget(self._build_answer())
        column(self, margin=6).addWidget(self._stack)
        self.result.failed.connect(self.failed)
        self.result.decided.connect(self.decided)
        self.retranslate()

    def refresh(self) -> None:
        """Read the list again."""
        start_call(self.backend.answers, self._listed, self.failed)

    @Slot(object)
    def open(self, answer: AnswerRow) -> None:
        """Open one past answer."""
        start_call(lambda: self.backend.load_answer(answer.id), self._opened, self.failed)

    @Slot()
    def back(self) -> None:
        """Back to the list."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()
        self.refresh()

    def use_typed(self, typed: Typed) -> None:
        """Keep what is typed about an answer."""
        self.result.use_typed(typed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("History"))
        self.table.setAccessibleName(self.tr("Past answers"))
        self._back.setText(self.tr("All answers"))
        self._empty.say(
            self.tr("No answers yet"),
            self.tr("Ask a question or check a text. Every checked answer is kept here with its evidence."),
        )
        self._none.say(
            self.tr("No answer fits these filters"),
            self.tr("Take one of them away, or show all answers again."),
        )
        self._show_all.setText(self.tr("Show all answers"))
        self._count()
        self.model.retranslate()

    def _build_list(self) -> QWidget:
        page = QWidget()
        self._title, self._explain = label(kind="display"), label(kind="muted")
        self.filter = HistoryFilterBar()
        self.filter.changed.connect(self._filter)
        self.table = Table(
            self.model,
            HistoryModel.QUESTION,
            {
                HistoryModel.WHEN: 40,
                HistoryModel.RISK: 30,
                HistoryModel.COVERAGE: 20,
                HistoryModel.DECISION: 36,
                HistoryModel.MODEL: 52,
            },
        )
        self.table.opened.connect(self.open)
        self._empty = Empty("history")
        empty_card = card()
        column(empty_card).addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty_card)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._build_none())
        layout = column(page, gap=3)
        layout.addWidget(self._title)
        layout.addWidget(self._explain)
        layout.addSpacing(space(1))
        layout.addWidget(self.filter)
        layout.addWidget(self._pages, 1)
        return page

    def _build_none(self) -> QWidget:
        self._none = Empty("search")
        self._show_all = button("restart")
        self._show_all.clicked.connect(self.filter.clear)
        line = row()
        line.addStretch(1)
        line.addWidget(self._show_all)
        line.addStretch(1)
        self._none.extra.addLayout(line)
        frame = card()
        column(frame).addWidget(self._none)
        return frame

    def _build_answer(self) -> QWidget:
        page = QWidget()
        self._back = button("back", "plain")
        self._back.clicked.connect(self.back)
        self._question = label(kind="title", wrap=True, selectable=True)
        head = row(gap=2)
        head.addWidget(self._back)
        head.addWidget(self._question, 1)
        layout = column(page, gap=3)
        layout.addLayout(head)
        layout.addWidget(self.result, 1)
        return page

    @Slot(object)
    def _listed(self, answers: tuple[AnswerRow, ...]) -> None:
        self.model.set_rows(answers)
        self.filter.offer_models(row.model or "" for row in answers)
        self._look()

    @Slot(object)
    def _filter(self, wanted: HistoryFilter) -> None:
        self.model.set_filter(wanted)
        self._look()

    def _look(self) -> None:
        """The table, or why it is empty."""
        some, shown = bool(self.model.all_rows), bool(self.model.rows)
        self._pages.setCurrentIndex(1 if shown else 2 if some else 0)
        self._count()

    def _count(self) -> None:
        total, shown = len(self.model.all_rows), len(self.model.rows)
        if shown == total:
            words = self.tr("Every answer that was checked on this computer, as it was checked.")
        else:
            words = self.tr("{shown} of %Ln answer(s)", "", total).format(shown=number_words(shown))
        self._explain.setText(words)

    @Slot(object)
    def _opened(self, answer: Answer) -> None:
        self._question.setText(" ".join((answer.question or self.tr("Checked text")).split()))
        self._stack.setCurrentIndex(1)
        self.result.reopen(answer)
        self.result.text.setFocus()
