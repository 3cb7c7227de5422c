"""What a new pilot run does besides asking: variants of questions, who words them, citations knocked out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme import space
from desktop.widgets.basic import Choice, Tick, Whole, column, label, row


class OptionsCard(QFrame):
    """All of it is off to begin with: it makes a run longer.

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
        self._writer_words, self._writer_note = label(wrap=True), label(kind="caption", wrap=True)
        self.wording = Choice()
        self.wording.addItem("")
        self.wording.currentIndexChanged.connect(self._chosen)
        self.stability.valueChanged.connect(self._look)
        self._writer_words.setBuddy(self.wording)
        layout.addWidget(self._stability_note)
        layout.addWidget(self._writer_words)
        layout.addWidget(self.wording)
        layout.addWidget(self._writer_note)
        layout.addSpacing(space(2))
        for part in (self.knockout, self._knockout_note):
            layout.addWidget(part)
        self.offer(0)
        self.retranslate()

    def offer(self, most: int) -> None:
        """So many questions can get variants: those with an expected answer."""
        self.stability.setRange(0, most)
        self.stability.setEnabled(most > 0)

    @property
    def writer(self) -> str:
        """The model of the run that rewords and translates; "" for the rules alone, or without variants."""
        if self.wording.currentIndex() <= 0 or not self.wording.isEnabled():
            return ""
        return self.wording.currentText()

    def offer_writers(self, names: Sequence[str]) -> None:
        """The models that are ticked: only a model of the run can write wordings."""
        rules, chosen = self.wording.itemText(0), self.wording.currentText()
        at = names.index(chosen) + 1 if self.wording.currentIndex() > 0 and chosen in names else 0
        self.wording.set_words([rules, *names], at)
        self._look()

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
        self._writer_words.setText(self.tr("Wordings of these questions"))
        self.wording.setAccessibleName(self._writer_words.text())
        self.wording.setItemText(0, self.tr("By rule only"))
        self._look()
        self.knockout.setText(self.tr("Check citations by taking them away"))
        self._knockout_note.setText(
            self.tr(
                "Every supported claim is checked again without what it cites; after a genuine citation it "
                "is no longer found. No further answers are written."
            )
        )

    @Slot()
    def _chosen(self) -> None:
        self._look()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        self.wording.setEnabled(self.stability.value() > 0 and self.wording.count() > 1)
        words = self.tr("A model of the run can also reword and translate them; the rules only do a little.")
        if self.writer:
            words = self.tr(
                "It writes two short texts for each of these questions before the run, each in less time "
                "than an answer takes. Those that keep figures and names are asked too: up to 2 more answers "
                "of each model."
            )
        self._writer_note.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
