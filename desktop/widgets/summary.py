"""The summary strip of a checked answer: risk badge, coverage, verdict counts, reasons, time and model."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer, Claim, Language, Level, Reason, Verdict
from core.words import say_reason
from desktop.text import date_words, percent, seconds_words, verdict_word
from desktop.widgets.basic import column, label, row
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill, risk_pill, verdict_tone

_SHOWN = (
    Verdict.CONTRADICTED,
    Verdict.CONFLICTING,
    Verdict.NOT_FOUND,
    Verdict.COULD_NOT_CHECK,
    Verdict.SUPPORTED,
)
_REASONS = 3


def coverage_of(claims: tuple[Claim, ...]) -> tuple[int, int]:
    """How many claims could be checked, and how many there are (a greeting is none)."""
    made = [claim for claim in claims if claim.verdict is not Verdict.NO_CLAIM]
    return sum(claim.verdict is not Verdict.COULD_NOT_CHECK for claim in made), len(made)


def reasons_of(answer: Answer) -> tuple[Reason, ...]:
    """Why the level is what it is: the answer's own reasons, else those of its riskiest claim, so that no
    answer is held without a word.
    """
    check = answer.check
    if check.reasons or check.level is Level.LOW or not check.claims:
        return check.reasons
    return max(check.claims, key=lambda claim: claim.risk).reasons


class Summary(QFrame):
    """Everything about an answer that one look should take in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = Language.EN
        self._answer: Answer | None = None
        self.badge = Pill(strong=True)
        self.coverage = label(kind="strong", wrap=True)
        self.facts = label(kind="caption", wrap=True)
        self.reasons = label(wrap=True)
        self._counts = {verdict: Pill() for verdict in _SHOWN}
        head = row(gap=3)
        head.addWidget(self.badge)
        head.addWidget(self.coverage, 1)
        counts = Flow()
        counts.add(*self._counts.values())
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addWidget(counts)
        layout.addWidget(self.reasons)
        layout.addWidget(self.facts)

    def show_answer(self, answer: Answer) -> None:
        """Show a checked answer."""
        self._answer = answer
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        answer = self._answer
        if answer is None:
            return
        risk_pill(answer.check.level, self.badge)
        self.badge.setToolTip(self.tr("Estimated risk: {risk}").format(risk=percent(answer.check.risk)))
        self.coverage.setText(self._coverage_words(answer.check.claims))
        self._show_counts(answer.check.claims)
        reasons = [say_reason(reason, self.language) for reason in reasons_of(answer)[:_REASONS]]
        self.reasons.setText("\n".join(reasons))
        self.reasons.setVisible(bool(reasons))
        self.facts.setText(self._fact_words(answer))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _coverage_words(self, claims: tuple[Claim, ...]) -> str:
        checked, total = coverage_of(claims)
        if not total:
            return self.tr("The text makes no claim that could be checked")
        words: str = self.tr("{checked} of %n claim(s) could be checked", "", total)
        return words.format(checked=checked)

    def _show_counts(self, claims: tuple[Claim, ...]) -> None:
        counted = Counter(claim.verdict for claim in claims)
        for verdict, pill in self._counts.items():
            pill.setVisible(bool(counted[verdict]))
            words = self.tr("{verdict}: {count}").format(
                verdict=verdict_word(verdict), count=counted[verdict]
            )
            pill.set(verdict.value, words, verdict_tone(verdict))

    def _fact_words(self, answer: Answer) -> str:
        facts = [
            self.tr("Estimated risk: {risk}").format(risk=percent(answer.check.risk)),
            answer.model.name if answer.model else self.tr("Supplied text"),
            date_words(answer.created_at),
        ]
        seconds = answer.generation.get("seconds")
        if isinstance(seconds, int | float):
            facts.append(seconds_words(float(seconds)))
        return " · ".join(facts)
