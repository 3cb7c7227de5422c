"""What a reviewer says of one claim: confirm with C, or another verdict with 1 to 5, and why if wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from core.types import Claim, Verdict
from desktop.text import verdict_word
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill, verdict_pill

CHOICES = (
    Verdict.SUPPORTED,
    Verdict.CONTRADICTED,
    Verdict.CONFLICTING,
    Verdict.NOT_FOUND,
    Verdict.COULD_NOT_CHECK,
)


class JudgeBar(QFrame):
    """The verdict as shown, the person's own, and the buttons for it.

    Signals:
        judged: the Verdict that the person gives; the reason stands in ``reason``
    """

    judged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claim: Claim | None = None
        self._at = (0, 0)
        self._said: Verdict | None = None
        self.title = label(kind="strong")
        self.shown, self.own = Pill(), Pill()
        self.own_words = label(kind="caption")
        self.confirm = button("done", "primary")
        self.buttons = {verdict: button(verdict.value) for verdict in CHOICES}
        self.why = QLineEdit()
        self._build()
        self.confirm.clicked.connect(self._confirmed)
        for verdict, choice in self.buttons.items():
            choice.setProperty("verdict", verdict.value)
            choice.clicked.connect(self._chosen)
        self.retranslate()

    @property
    def reason(self) -> str:
        """Why, as typed."""
        return self.why.text().strip()

    def show_claim(self, index: int, total: int, claim: Claim | None, said: Verdict | None) -> None:
        """A claim and what this person said of it before; None: the answer claims nothing."""
        self._claim, self._at, self._said = claim, (index, total), said
        self.why.clear()
        self.retranslate()

    @Slot()
    def confirm_shown(self) -> None:
        """The verdict as shown is right."""
        if self._claim is not None:
            self.judged.emit(self._claim.verdict)

    def overrule(self) -> None:
        """Put the focus on the verdicts."""
        self.buttons[Verdict.SUPPORTED].setFocus()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        claim = self._claim
        self.setEnabled(claim is not None)
        if claim is None:
            self.title.setText(self.tr("This answer claims nothing"))
        else:
            words = self.tr("Claim {number} of {total} is shown as")
            self.title.setText(words.format(number=self._at[0] + 1, total=self._at[1]))
            verdict_pill(claim.verdict, self.shown)
        self.shown.setVisible(claim is not None)
        self.own.setVisible(self._said is not None)
        if self._said is not None:
            verdict_pill(self._said, self.own)
        self.own_words.setText("" if self._said is None else self.tr("You say"))
        self.confirm.setText(self.tr("Confirm (C)"))
        for number, (verdict, choice) in enumerate(self.buttons.items(), start=1):
            choice.setText(f"{number}  {verdict_word(verdict)}")
        self.why.setPlaceholderText(self.tr("Why, if you want to say"))
        self.why.setAccessibleName(self.tr("Reason for your verdict"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        head = row(gap=2)
        for part in (self.title, self.shown):
            head.addWidget(part)
        head.addStretch(1)
        for part in (self.own_words, self.own):
            head.addWidget(part)
        choices = Flow(gap=1.5)
        choices.add(self.confirm, *self.buttons.values())
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addWidget(choices)
        layout.addWidget(self.why)

    @Slot()
    def _confirmed(self) -> None:
        self.confirm_shown()

    @Slot()
    def _chosen(self) -> None:
        self.judged.emit(Verdict(self.sender().property("verdict")))
