"""A drawn claim as a person labels it: what was asked, the claim, where it stands, and the four answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.text import number_words
from desktop.theme import Kind
from desktop.widgets.basic import column, label, rule
from desktop.widgets.evidence_card import around
from desktop.widgets.label_bar import LabelBar
from desktop.widgets.marked_text import MarkedText
from desktop.widgets.scroller import Scroller

if TYPE_CHECKING:
    from core.calibrate.labelling import Task

_AROUND = 400  # characters of the answer before and after the claim


class ClaimCard(QFrame):
    """Shows nothing of what the checker said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._task: Task | None = None
        self._place = label(kind="caption")
        self.question = label(kind="muted", wrap=True, selectable=True)
        self.claim, self.around = MarkedText(Kind.TITLE), MarkedText()
        self._around_title = label(kind="caption")
        self.bar = LabelBar()
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, gap=3)
        for part in (self._place, self.question, self.claim, self._around_title, self.around):
            inside.addWidget(part)
        inside.addStretch(1)
        area = Scroller(page)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(area, 1)
        layout.addWidget(rule())
        layout.addWidget(self.bar)
        self.retranslate()

    def show_task(self, task: Task) -> None:
        """Show a claim and its label, if it has one."""
        self._task = task
        self.claim.set_text(task.claim.text)
        length = task.claim.end - task.claim.start
        text, start = around(task.answer.text, task.claim.start, length, _AROUND)
        alone = text.strip() == task.claim.text.strip()
        self.around.set_text(text, ((start, start + length),))
        for part in (self._around_title, self.around):
            part.setVisible(not alone)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._around_title.setText(self.tr("Where it stands in the answer"))
        self.claim.setAccessibleName(self.tr("The claim"))
        self.around.setAccessibleName(self._around_title.text())
        task = self._task
        if task is None:
            return
        self._place.setText(self.tr("Claim {number}").format(number=number_words(task.number)))
        question = task.answer.question
        self.question.setText(
            self.tr("Asked: {question}").format(question=question)
            if question
            else self.tr("From a text that was checked")
        )
        self.bar.show_label(None if task.label is None else task.label.value)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
