"""The summary strip of a checked answer: risk badge, coverage, verdict counts, reasons, time and model."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer, Claim, Language, Level, Reason, Verdict
from core.words import say_reason
from desktop.models.history import model_words
from desktop.text import date_words, energy_words, level_word, number_words, seconds_words, verdict_word
from desktop.widgets.basic import column, label, row
from desktop.widgets.claim_marks import GRAVEST_FIRST
from desktop.widgets.flow import Flow
from desktop.widgets.gauge import RiskGauge
from desktop.widgets.pill import Pill, risk_pill, verdict_tone

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


def seconds_of(answer: Answer) -> float:
    """Reading, writing and further answers as the engine measured them; 0 where nothing was recorded."""
    parts = (answer.generation.get(f"seconds_{part}") for part in ("reading", "writing", "samples"))
    return sum(float(part) for part in parts if isinstance(part, int | float))


class Summary(QFrame):
    """Everything about an answer that one look should take in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = Language.EN
        self._answer: Answer | None = None
        self.watts: float | None = None  # the power that energy is estimated with; None: not shown
        self._seconds: float | None = None
        self.badge, self.gauge = Pill(strong=True), RiskGauge()
        self.coverage = label(kind="strong", wrap=True)
        self.facts = label(kind="caption", wrap=True)
        self.reasons = label(wrap=True)
        self._counts = {verdict: Pill() for verdict in GRAVEST_FIRST}
        head = row(gap=3)
        head.addWidget(self.badge)
        head.addWidget(self.gauge)
        head.addWidget(self.coverage, 1)
        counts = Flow()
        counts.add(*self._counts.values())
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addWidget(counts)
        layout.addWidget(self.reasons)
        layout.addWidget(self.facts)

    def show_answer(self, answer: Answer, seconds: float | None = None) -> None:
        """Show a checked answer; ``seconds`` is how long all of it took, where that was measured."""
        self._answer, self._seconds = answer, seconds
        self.retranslate()

    def spoken(self) -> str:
        """The strip in a sentence, for a screen reader."""
        if self._answer is None:
            return ""
        level = level_word(self._answer.check.level)
        return f"{level}, {self.gauge.accessibleName()}. {self.coverage.text()}."

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        answer = self._answer
        if answer is None:
            return
        risk_pill(answer.check.level, self.badge)
        self.gauge.show_risk(answer.check.risk, answer.check.level)
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
        words: str = self.tr("{checked} of %Ln claim(s) could be checked", "", total)
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
            model_words(answer.model.name if answer.model else ""),
            date_words(answer.created_at),
        ]
        return " · ".join([*facts, *self._cost_words(answer)])

    def _sample_words(self, answer: Answer) -> list[str]:
        """How many further answers there were, and the seconds that they took."""
        count, seconds = answer.generation.get("samples"), answer.generation.get("seconds_samples")
        if not isinstance(count, int) or not isinstance(seconds, int | float):
            return []
        return [self.tr("%Ln further answer(s) in {time}", "", count).format(time=seconds_words(seconds))]

    def _cost_words(self, answer: Answer) -> list[str]:
        """What it took: seconds, tokens, and energy as an estimate."""
        seconds = self._seconds or seconds_of(answer)
        if not seconds:
            return []
        cost = [seconds_words(seconds)]
        tokens = answer.generation.get("answer_tokens")
        if isinstance(tokens, int):
            cost.append(self.tr("%Ln token(s) written", "", tokens))
        cost += self._sample_words(answer)
        if self.watts:
            words = self.tr("about {wh} Wh (estimate, {watts} W)")
            cost.append(
                words.format(
                    wh=energy_words(self.watts * seconds / 3600), watts=number_words(round(self.watts))
                )
            )
        return cost
