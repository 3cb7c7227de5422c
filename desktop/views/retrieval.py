"""Test retrieval: which passages a question finds, in which order, and why; no model writes anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import CoreError
from core.types import Hit
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.hit_card import HitCard
from desktop.widgets.scroller import Scroller


class RetrievalView(View):
    """A question line and the passages below it.

    Signals:
        left: the user wants to go back to the list
    """

    left = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._asked = ""
        self._hits: tuple[Hit, ...] | None = None
        self.cards: list[HitCard] = []
        self._build()
        self.retranslate()

    @Slot()
    def search(self) -> None:
        """Search for what the line holds."""
        question = self.question.text().strip()
        if not question:
            return
        self._asked, self._hits = question, None
        self._note.setText(self.tr("Searching"))
        start_call(lambda: (question, self.backend.find_passages(question)), self._found, self._failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._back.setText(self.tr("Back to the list"))
        self._title.setText(self.tr("Test retrieval"))
        self.question.setPlaceholderText(self.tr("A question or a statement, in English or Chinese"))
        self.question.setAccessibleName(self.tr("Question"))
        self.go.setText(self.tr("Search"))
        self._area.setAccessibleName(self.tr("Passages found"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The line is ready to be typed into."""
        super().showEvent(event)
        self.question.setFocus()

    def _build(self) -> None:
        self._back, self.go = button("back"), button("search", "primary")
        self._back.clicked.connect(self.left)
        self.go.clicked.connect(self.search)
        self._title, self._note = label(kind="title"), label(kind="muted", wrap=True)
        self.question = QLineEdit()
        self.question.returnPressed.connect(self.search)
        head = row(gap=4)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        line = row(gap=2)
        line.addWidget(self.question, 1)
        line.addWidget(self.go)
        page = QWidget()
        page.setObjectName("page")
        self._list = column(page, gap=3)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area = Scroller(page)
        layout = column(self, margin=6, gap=4)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self._note)
        layout.addWidget(self._area, 1)

    @Slot(object)
    def _found(self, found: tuple[str, tuple[Hit, ...]]) -> None:
        question, hits = found
        if question == self._asked:
            self._hits = hits
            self._show()

    @Slot(object)
    def _failed(self, error: CoreError) -> None:
        self._show()
        self.failed.emit(error)

    def _show(self) -> None:
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
        self._note.setText(self._words())
        for number, hit in enumerate(self._hits or (), start=1):
            made = HitCard(number, hit, self._asked)
            self._list.addWidget(made)
            self.cards.append(made)
        self._area.verticalScrollBar().setValue(0)

    def _words(self) -> str:
        if self._hits is None:
            return self.tr(
                "See what your documents yield for a question before a model is asked: the passages in their "
                "order, and whether their words, their meaning or both brought them up."
            )
        if not self._hits:
            return self.tr(
                "Nothing was found. Are the documents that should answer this in the list, and ready?"
            )
        shown = min(self.backend.settings.passages, len(self._hits))
        words: str = self.tr("%Ln passage(s) found", "", len(self._hits))
        return words + " · " + self.tr("The model reads the first %Ln.", "", shown)
