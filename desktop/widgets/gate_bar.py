"""What may be done with an answer: use is closed until the gate opens, and the reason stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer, Decision
from desktop.text import caveat_words, date_words, decision_word, level_word
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill, decision_pill

_OPEN = (Decision.USABLE, Decision.RELEASED)


class GateBar(QFrame):
    """Copy, Copy with sources and Export; Release and Reject while an answer is held.

    Signals: copy_wanted, sources_wanted, export_wanted, release_wanted, reject_wanted
    """

    copy_wanted = Signal()
    sources_wanted = Signal()
    export_wanted = Signal()
    release_wanted = Signal()
    reject_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self.state = Pill(strong=True)
        self.why = label(kind="muted", wrap=True)
        self.copy, self.sources, self.export = button("copy"), button("sources"), button("export")
        self.release, self.reject = button("release"), button("reject")
        self.copy.clicked.connect(self.copy_wanted)
        self.sources.clicked.connect(self.sources_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.release.clicked.connect(self.release_wanted)
        self.reject.clicked.connect(self.reject_wanted)
        head = row(gap=3)
        head.addWidget(self.state)
        head.addWidget(self.why, 1)
        actions, self._decide = Flow(), Flow()
        actions.add(self.copy, self.sources, self.export)
        self._decide.add(self.release, self.reject)
        layout = column(self, gap=3)
        layout.addLayout(head)
        layout.addWidget(self._decide)
        layout.addWidget(actions)
        self.retranslate()

    def show_answer(self, answer: Answer | None) -> None:
        """Show the decision on an answer; None closes everything (nothing is checked yet)."""
        self._answer = answer
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self.copy.setText(self.tr("Copy"))
        self.sources.setText(self.tr("Copy with sources"))
        self.export.setText(self.tr("Export…"))
        self.release.setText(self.tr("Release…"))
        self.reject.setText(self.tr("Reject…"))
        answer = self._answer
        is_open = answer is not None and answer.decision in _OPEN
        held = answer is not None and answer.decision is Decision.HELD
        for use in (self.copy, self.sources, self.export):
            use.setEnabled(is_open)
        self._decide.setVisible(held)
        if answer is None:
            self.state.set("held", self.tr("Not checked yet"), "muted")
            self.why.setText(self.tr("Nothing can be copied or exported before every claim is checked."))
            return
        decision_pill(answer.decision, self.state)
        self.state.setAccessibleName(decision_word(answer.decision))
        self.why.setText(self._why(answer))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _why(self, answer: Answer) -> str:
        if answer.decision is Decision.USABLE:
            words = self.tr("{level}: may be copied and exported. The marks show what each claim rests on.")
            return words.format(level=level_word(answer.check.level))
        if answer.decision is Decision.HELD:
            words = self.tr(
                "{level}: copying and export stay closed until a named person releases the answer."
            )
            return words.format(level=level_word(answer.check.level))
        words = {
            Decision.RELEASED: self.tr("Released by {who}, {when}: {reason}"),
            Decision.REJECTED: self.tr("Rejected by {who}, {when}: {reason}"),
        }[answer.decision]
        decided = words.format(
            who=answer.decided_by or "",
            when=date_words(answer.decided_at) if answer.decided_at else "",
            reason=answer.decision_reason or "",
        )
        return "\n".join([decided, *(caveat_words(caveat) for caveat in answer.caveats)])
