"""What stands over an answer under review: how far the person is, why it is held, and what was decided."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer, Language
from core.words import say_reason
from desktop.models.history import model_words
from desktop.text import date_words, decision_word, level_word
from desktop.widgets.basic import column, label, notice, row, rule
from desktop.widgets.pill import Pill, risk_pill
from desktop.widgets.summary import reasons_of


class ReviewHead(QFrame):
    """Level and reasons show where the queue tells the level, and neither where it hides it: the answers that
    are to be judged blind are just those. After the decision the level shows in any case.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level, self.progress = Pill(strong=True), label(kind="strong")
        self._facts, self.held = label(kind="caption", wrap=True), label(kind="muted", wrap=True)
        self._outcome, self.outcome_words = notice(), label(kind="strong", wrap=True)
        column(self._outcome, margin=3).addWidget(self.outcome_words)
        top = row(gap=3)
        top.addWidget(self.level)
        top.addWidget(self.progress, 1)
        layout = column(self, gap=3)
        layout.addLayout(top)
        for part in (self._facts, self.held, rule(), self._outcome):
            layout.addWidget(part)

    def show_answer(self, answer: Answer, language: Language, *, hidden: bool, done: bool) -> None:
        """An answer; ``hidden``: the queue keeps its level to itself, ``done``: it was decided here."""
        model = model_words(answer.model.name if answer.model else "")
        self._facts.setText(f"{model} · {date_words(answer.created_at)}")
        if hidden and not done:
            self.level.set("held", self.tr("Level not shown yet"), "muted")
        else:
            risk_pill(answer.check.level, self.level)
        self._show_reasons(answer, language, told=not hidden and not done)
        self._outcome.setVisible(done)
        self.outcome_words.setText(self._decided_words(answer) if done else "")

    def show_progress(self, said: int, total: int) -> None:
        """Of how many of the claims something was said."""
        words: str = self.tr("{done} of %Ln claim(s) looked at", "", total)
        self.progress.setText(words.format(done=said))

    def _show_reasons(self, answer: Answer, language: Language, *, told: bool) -> None:
        """Why it is held; where the level is hidden, that would give it away."""
        shown = reasons_of(answer) if told else ()
        reasons = " ".join(say_reason(reason, language) for reason in shown)
        self.held.setText(self.tr("Why it is held: {reasons}").format(reasons=reasons) if reasons else "")
        self.held.setVisible(bool(reasons))

    def _decided_words(self, answer: Answer) -> str:
        return self.tr("{decision} by {who}. Touchstone had rated it: {level}.").format(
            decision=decision_word(answer.decision),
            who=answer.decided_by or "",
            level=level_word(answer.check.level),
        )
