"""The review queue: what waits for a person, narrowed by level, reviewer and words; assigned from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLayout, QStackedWidget, QWidget

from core.types import Level
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.models.review import ReviewModel
from desktop.text import level_word
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import Choice, button, card, column, label, row
from desktop.widgets.empty import Empty
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.flow import Flow
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.review import QueueItem


class QueuePage(View):
    """The table of what waits.

    Signals:
        opened: the QueueItem that is to be looked at
        started: reviewing is to begin with the first that is listed
        counted: how many answers wait
    """

    opened = Signal(object)
    started = Signal()
    counted = Signal(int)

    def __init__(self, backend: Backend, parent: QWidget | None = None, *, carried: bool = False) -> None:
        """``carried``: a review file stands in for the library, which only its owner can assign from."""
        super().__init__(backend, parent)
        self._carried = carried
        self.model = ReviewModel(self)
        self._title, self._explain = label(kind="display"), label(kind="muted", wrap=True)
        layout = column(self, gap=3)
        layout.addWidget(self._title)
        layout.addWidget(self._explain)
        layout.addSpacing(space(1))
        layout.addLayout(self._build_line())
        layout.addWidget(self._build_lists(), 1)
        layout.addWidget(self._build_assigning())
        self.written = label(wrap=True, selectable=True)
        self.written.hide()
        layout.addWidget(self.written)
        self.retranslate()

    @property
    def rows(self) -> tuple[QueueItem, ...]:
        """What is listed, in the order on the screen."""
        return self.model.rows

    def place(self, answer_id: str) -> int | None:
        """Where in the list an answer stands, from 0; None: it is not listed (any more)."""
        return next((at for at, row in enumerate(self.rows) if row.answer_id == answer_id), None)

    def refresh(self) -> None:
        """Read the queue again."""
        start_call(self.backend.review_queue, self._listed, self.failed)

    def drop(self, answer_id: str) -> None:
        """An answer waits no longer."""
        self._listed(tuple(row for row in self.model.all_rows if row.answer_id != answer_id))

    @Slot(int, str)
    def say_written(self, count: int, path: str) -> None:
        """A review file was written."""
        words: str = self.tr(
            "%Ln answer(s) written to {path}. It holds their texts: hand it to the reviewers only.", "", count
        )
        self.written.setText(words.format(path=path))
        self.written.show()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Review"))
        self._explain.setText(
            self.tr(
                "Held answers, the most pressing first, and a few that had passed, drawn by chance and mixed "
                "in. Some do not show their level, so that nobody is led by it."
            )
        )
        self.filter.setPlaceholderText(self.tr("Filter by question or reviewer"))
        self.table.setAccessibleName(self.tr("Answers that wait"))
        self._levels.set_words([self.tr("All levels"), *(level_word(level) for level in Level)])
        self._levels.setAccessibleName(self.tr("Level"))
        self._whose.set_words([self.tr("All reviewers"), self.tr("Mine"), self.tr("Nobody's yet")])
        self._whose.setAccessibleName(self.tr("Reviewer"))
        self._take.setText(self.tr("Assign to me"))
        self._give.setText(self.tr("Assign to nobody"))
        self._start.setText(self.tr("Start reviewing"))
        self.take_along.setText(self.tr("Take along…"))
        self.open_file.setText(self.tr("Open a review file…"))
        self.bring_back.setText(self.tr("Bring decisions back…"))
        self._elsewhere.setText(self.tr("On another computer:"))
        if self._carried:
            self._title.setText(self.tr("Answers in this file"))
            self._explain.setText(
                self.tr("Read them with their evidence, and release or reject them. Each decision is signed.")
            )
            self._empty.say(
                self.tr("Every answer in this file is decided"),
                self.tr("Send the file of decisions back, and close the review file."),
            )
        else:
            self._empty.say(
                self.tr("Nothing waits for you"),
                self.tr(
                    "Answers that are held come here, and a small random share of those that had passed."
                ),
            )
        self.model.retranslate()

    def _build_line(self) -> QLayout:
        self.filter, self._levels, self._whose = FilterBox(), Choice(), Choice()
        self._start = button("check", "primary")
        self.filter.textChanged.connect(self.model.set_words)
        self._levels.currentIndexChanged.connect(self._level_chosen)
        self._whose.currentIndexChanged.connect(self._whose_chosen)
        self._start.clicked.connect(self.started)
        line = row(gap=2)
        line.addWidget(self.filter, 1)
        for part in (self._levels, self._whose, self._start):
            line.addWidget(part)
        return line

    def _build_lists(self) -> QWidget:
        widths = {ReviewModel.RISK: 34, ReviewModel.WAITING: 30, ReviewModel.REVIEWER: 40}
        self.table = Table(self.model, ReviewModel.QUESTION, widths)
        self.table.opened.connect(self.opened)
        self.table.picked.connect(self._look)
        self._empty = Empty("done")
        empty_card = card()
        column(empty_card).addWidget(self._empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(empty_card)
        self._lists.addWidget(self.table)
        return self._lists

    def _build_assigning(self) -> QWidget:
        self._take, self._give = button("add"), button("clear")
        self._take.clicked.connect(self._assign_me)
        self._give.clicked.connect(self._assign_nobody)
        self._elsewhere = label(kind="caption")
        self._elsewhere.setContentsMargins(space(2), space(2), 0, space(2))  # in the middle of the buttons
        self.take_along, self.open_file = button("export"), button("file")
        self.bring_back = button("folder")
        line = Flow()
        line.add(self._take, self._give, self._elsewhere)
        line.add(self.take_along, self.open_file, self.bring_back)
        line.setHidden(self._carried)
        return line

    @Slot(object)
    def _listed(self, items: tuple[QueueItem, ...]) -> None:
        self.model.set_rows(items)
        self._lists.setCurrentIndex(1 if items else 0)
        self._start.setEnabled(bool(items))
        self._look()
        self.counted.emit(len(items))

    @Slot()
    def _look(self) -> None:
        chosen = self.table.row is not None
        self._take.setEnabled(chosen and bool(self.backend.settings.reviewer.strip()))
        self._give.setEnabled(chosen)

    @Slot()
    def _assign_me(self) -> None:
        self._assign(self.backend.settings.reviewer)

    @Slot()
    def _assign_nobody(self) -> None:
        self._assign(None)

    def _assign(self, who: str | None) -> None:
        item = self.table.row
        if item is not None:
            answer_id = item.answer_id
            start_call(lambda: self.backend.assign(answer_id, who), self._assigned, self.failed)

    @Slot(object)
    def _assigned(self, answer_id: str) -> None:  # noqa: ARG002
        self.refresh()

    @Slot(int)
    def _level_chosen(self, index: int) -> None:
        self.model.set_level(list(Level)[index - 1] if index > 0 else None)

    @Slot(int)
    def _whose_chosen(self, index: int) -> None:
        self.model.set_reviewer([None, self.backend.settings.reviewer, ""][max(0, index)])
