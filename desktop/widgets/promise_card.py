"""The wished miss rate, what can be promised for it, a threshold by hand instead, and storing the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.models.calibrate import CutoffRow
from desktop.text import number_words, percent
from desktop.theme import space
from desktop.widgets.basic import Whole, button, column, label, row, rule
from desktop.widgets.flow import Flow

if TYPE_CHECKING:
    from core.calibrate.outcome import Outcome

USUAL, MOST = 10, 50  # per cent of unsupported claims that may pass
LONGEST_NAME = 60  # as the core has it


class PromiseCard(QFrame):
    """Asks for other thresholds and for a policy.

    Signals:
        wished: the miss rate to promise, or the threshold that was chosen by hand, has changed
        store_wanted: keep the outcome as a policy
    """

    wished = Signal()
    store_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.by_hand: float | None = None
        self._outcome: Outcome | None = None
        self._picked: CutoffRow | None = None
        self._title, self._wish_words = label(kind="strong"), label(wrap=True)
        self.rate = Whole()
        self.rate.setRange(1, MOST)
        self.rate.setValue(USUAL)
        self.rate.setSuffix(" %")
        self.rate.setKeyboardTracking(False)
        self.rate.setFixedWidth(space(22))
        self.rate.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the style sheet's padding does not reach it
        self.promise, self._conditions = label(wrap=True), label(kind="caption", wrap=True)
        self.take, self.undo = button("settings"), button("back", "plain")
        self._store_title, self.kept = label(kind="strong"), label(kind="muted", wrap=True)
        self.name, self.store = QLineEdit(), button("add", "primary")
        self.name.setMaxLength(LONGEST_NAME)
        self._build()
        self.rate.valueChanged.connect(self._rate_changed)
        self.take.clicked.connect(self._take)
        self.undo.clicked.connect(self._undo)
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self.store.click)
        self.store.clicked.connect(self.store_wanted)
        self.retranslate()

    @property
    def wish(self) -> float:
        """The miss rate to promise."""
        return self.rate.value() / 100

    def show_outcome(self, outcome: Outcome) -> None:
        """What the labels say under the present wish."""
        self._outcome = outcome
        self.kept.setText("")
        self.retranslate()

    def pick(self, found: CutoffRow | None) -> None:
        """A row of the table of thresholds is selected."""
        self._picked = found
        self.retranslate()

    def say_stored(self, words: str) -> None:
        """The outcome was kept as a policy."""
        self.name.clear()
        self.kept.setText(words)

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("Threshold"))
        self._wish_words.setText(self.tr("Of the unsupported claims, at most so many may pass:"))
        self.rate.setAccessibleName(self.tr("Miss rate to promise"))
        self._conditions.setText(
            self.tr(
                "The promise is for claims like those drawn: the same kind of documents, questions and "
                "model. It holds on average over repeated labelling; the intervals tell what these labels "
                "allow to say."
            )
        )
        self.undo.setText(self.tr("Back to the promise"))
        self._store_title.setText(self.tr("Keep it as a policy"))
        self.name.setPlaceholderText(self.tr("Name, such as “Contracts and prices”"))
        self.name.setAccessibleName(self.tr("Name of the policy"))
        self.store.setText(self.tr("Store"))
        if self._picked is not None:
            words = self.tr("Hold from {risk} by hand")
            self.take.setText(words.format(risk=percent(self._picked.cutoff.shown)))
        else:
            self.take.setText(self.tr("Pick a row of the table to set it by hand"))
        self.promise.setText("" if self._outcome is None else self._promise_words(self._outcome))
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        wish = row(gap=3)
        wish.addWidget(self._wish_words, 1)
        wish.addWidget(self.rate)
        deeds = Flow(gap=2)
        deeds.add(self.take, self.undo)
        keep = row(gap=2)
        keep.addWidget(self.name, 1)
        keep.addWidget(self.store)
        layout = column(self, margin=5, gap=3)
        layout.addWidget(self._title)
        layout.addLayout(wish)
        for part in (self.promise, deeds, self._conditions, rule(), self._store_title):
            layout.addWidget(part)
        layout.addLayout(keep)
        layout.addWidget(self.kept)
        layout.addStretch(1)

    def _promise_words(self, outcome: Outcome) -> str:
        if outcome.by_hand is not None:
            words = self.tr(
                "By hand: answers are held from {risk} on. Nothing is promised. Here: {misses} misses (up to "
                "{most}), {alarms} false alarms, {held} of the past answers held."
            )
            return self._fill(words, outcome, outcome.by_hand.shown)
        if outcome.chosen is not None:
            words = self.tr(
                "Hold answers from {risk} on, and on average at most {wished} of the unsupported claims "
                "pass. Here: {misses} misses (up to {most}), {alarms} false alarms, {held} of the past "
                "answers held."
            )
            return self._fill(words, outcome, outcome.chosen.shown)
        few = outcome.too_few
        assert few is not None  # the core gives one or the other
        words = self.tr(
            "{wished} cannot be promised yet: at least {needed} unsupported claims must be among the "
            "labelled ones, {found} are. Label about {more} more claims. The lowest rate that can be "
            "promised now is {best}."
        )
        return words.format(
            wished=percent(outcome.wished),
            needed=number_words(few.needed),
            found=number_words(few.found),
            more=number_words(few.more),
            best=percent(outcome.best),
        )

    def _fill(self, words: str, outcome: Outcome, shown: float) -> str:
        cutoff = outcome.by_hand or outcome.chosen
        assert cutoff is not None
        return words.format(
            risk=percent(shown),
            wished=percent(outcome.wished),
            misses=percent(cutoff.misses.share),
            most=percent(cutoff.misses.high),
            alarms=percent(cutoff.false_alarms.share),
            held=percent(cutoff.held),
        )

    @Slot()
    def _look(self) -> None:
        outcome = self._outcome
        self.take.setEnabled(self._picked is not None)
        self.undo.setVisible(self.by_hand is not None)
        worth = outcome is not None and (
            outcome.helps or outcome.chosen is not None or outcome.by_hand is not None
        )
        self.store.setEnabled(worth and bool(self.name.text().strip()))

    @Slot()
    def _rate_changed(self) -> None:
        self.wished.emit()

    @Slot()
    def _take(self) -> None:
        if self._picked is not None:
            self.by_hand = self._picked.cutoff.shown
            self.wished.emit()

    @Slot()
    def _undo(self) -> None:
        self.by_hand = None
        self.wished.emit()
