"""Reviewing: what waits for a person, one answer at a time, to a decision under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from core.types import Answer
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.views.base import View
from desktop.views.review_answer import AnswerPage
from desktop.views.review_queue import QueuePage
from desktop.widgets.basic import column
from desktop.widgets.passphrase_dialog import PassphraseDialog
from desktop.widgets.unlock import Unlock

if TYPE_CHECKING:
    from core.review import QueueItem


class Reviewing(View):
    """The queue, and the answer that is looked at.

    Signals:
        counted: how many answers wait
    """

    counted = Signal(int)

    def __init__(self, backend: Backend, *, carried: bool = False) -> None:
        """``carried``: a review file stands in for the library."""
        super().__init__(backend)
        self.queue = QueuePage(backend, carried=carried)
        self.page = AnswerPage(backend, carried=carried)
        self._wanted: QueueItem | None = None  # as soon as the reviewer is known
        self._pages = QStackedWidget()
        for page in (self.queue, self.page):
            self._pages.addWidget(page)
            page.failed.connect(self.failed)
        self._layout = column(self, margin=0 if carried else 6, gap=3)
        self._layout.addWidget(self._pages)
        self._unlock = Unlock(backend, self)
        self._unlock.opened.connect(self._unlocked)
        self._unlock.failed.connect(self.failed)
        self.queue.opened.connect(self.open)
        self.queue.started.connect(self._start)
        self.queue.counted.connect(self._counted)
        self.page.shown.connect(self._shown)
        self.page.left.connect(self.back)
        self.page.step.connect(self.step)
        self.page.decided.connect(self._decided)

    @property
    def key_dialog(self) -> PassphraseDialog | None:
        """The dialog that asks for a passphrase, while it is open."""
        return self._unlock.dialog

    def refresh(self) -> None:
        """Read the queue again."""
        self.queue.refresh()

    @Slot(object)
    def open(self, item: QueueItem) -> None:
        """Look at one answer; under four eyes only after the passphrase. Not these settings alone say whether
        they are asked for: so do the library, and the answer where it was asked under them.
        """
        self._wanted, backend = item, self.backend
        start_call(lambda: (item, backend.needs_key(item.answer_id)), self._known, self.failed)

    @Slot(object)
    def _known(self, found: tuple[QueueItem, bool]) -> None:
        item, secret = found
        if item is not self._wanted:  # another one was opened meanwhile
            return
        if secret:
            self._unlock.ask()
        else:
            self.page.load(item)

    @Slot()
    def back(self) -> None:
        """Back to the queue."""
        self._wanted = None
        self.page.leave()
        self._pages.setCurrentWidget(self.queue)
        self.queue.table.setFocus()
        self.refresh()

    @Slot(int)
    def step(self, by: int) -> None:
        """The next or previous answer of the queue; the first, where the present one has left it."""
        rows, here = self.queue.rows, self._place()
        at = 0 if here is None else here + by
        if 0 <= at < len(rows):
            self.open(rows[at])

    def _place(self) -> int | None:
        item = self.page.item
        return None if item is None else self.queue.place(item.answer_id)

    @Slot()
    def _start(self) -> None:
        self.step(1)

    @Slot()
    def _shown(self) -> None:
        self._pages.setCurrentWidget(self.page)
        self.page.show_place(self._place(), len(self.queue.rows))

    @Slot(int)
    def _counted(self, waiting: int) -> None:
        self.page.show_place(self._place(), len(self.queue.rows))
        self.counted.emit(waiting)

    @Slot(object)
    def _decided(self, answer: Answer) -> None:
        self.queue.drop(answer.id)

    @Slot(str)
    def _unlocked(self, who: str) -> None:  # noqa: ARG002
        if self._wanted is not None:
            self.page.load(self._wanted)
