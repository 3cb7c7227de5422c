"""The text that was released in place of the answer as it was written, and what was changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer, Decision
from desktop.theme import Kind
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.diff_view import DiffView
from desktop.widgets.marked_text import MarkedText


class ReleasedText(QFrame):
    """Shown above the checked text where a reviewer edited it; this is what is copied and exported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._title = label(kind="strong")
        self._which = button(look="plain")
        self._which.setCheckable(True)
        self._which.toggled.connect(self._switch)
        self.text, self.changes = MarkedText(Kind.ANSWER), DiffView(Kind.ANSWER)
        self._note = label(kind="caption", wrap=True)
        head = row(gap=2)
        head.addWidget(self._title, 1)
        head.addWidget(self._which)
        layout = column(self, margin=3, gap=2)
        layout.addLayout(head)
        for part in (self.text, self.changes, self._note):
            layout.addWidget(part)
        self.changes.hide()
        self.hide()
        self.retranslate()

    def show_answer(self, answer: Answer | None) -> None:
        """Show what went out, where it is another text than the answer."""
        final = answer.final_text if answer and answer.decision is Decision.RELEASED else None
        edited = answer is not None and final is not None and final != answer.text
        if edited and answer is not None and final is not None:
            self.text.set_text(final)
            self.changes.show_texts(answer.text, final)
        self.setVisible(edited)

    def retranslate(self) -> None:
        """Set the words."""
        self._title.setText(self.tr("Released text, edited"))
        self._which.setText(self.tr("Show changes"))
        self._note.setText(self.tr("Below: the answer as it was written and checked."))
        self.text.setAccessibleName(self._title.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(bool)
    def _switch(self, changes: bool) -> None:
        self.changes.setVisible(changes)
        self.text.setVisible(not changes)
