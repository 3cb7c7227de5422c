"""What a new pilot run does besides asking: variants of questions, citations knocked out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme import space
from desktop.widgets.basic import Tick, Whole, column, label, row


class OptionsCard(QFrame):
    """Both are off to begin with: they make a run longer.

    Signals:
        changed: another choice
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = label(kind="strong")
        self._stability_words, self._stability_note = label(wrap=True), label(kind="caption", wrap=True)
        self._knockout_note = label(kind="caption", wrap=True)
        self.stability, self.knockout = Whole(), Tick()
        self.stability.setFixedWidth(space(20))
        self.stability.lineEdit().setTextMargins(space(2), 0, 0, 0)
        self.stability.valueChanged.connect(self.changed)
        self._stability_words.setBuddy(self.stability)
        line = row(gap=2)
        line.addWidget(self._stability_words, 1)
        line.addWidget(self.stability)
        layout = column(self, margin=5, gap=2)
        layout.addWidget(self._title)
        layout.addLayout(line)
        for part in (self._stability_note, self.knockout, self._knockout_note):
            layout.addWidget(part)
        self.offer(0)
        self.retranslate()

    def offer(self, most: int) -> None:
        """So many questions can get variants: those with an expected answer."""
        self.stability.setRange(0, most)
        self.stability.setEnabled(most > 0)

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("3  Options"))
        self._stability_words.setText(self.tr("Questions that are also asked in variants"))
        self.stability.setAccessibleName(self._stability_words.text())
        self._stability_note.setText(
            self.tr(
                "Reworded, mistyped, the evidence removed, its figure changed: does the answer stand, or "
                "follow, as it should? Up to 9 more answers for each question with an expected answer."
            )
        )
        self.knockout.setText(self.tr("Check citations by taking them away"))
        self._knockout_note.setText(
            self.tr(
                "Every supported claim is checked again without what it cites; after a genuine citation it "
                "is no longer found. No further answers are written."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
