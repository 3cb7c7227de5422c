"""What the labels say: honesty before and after, what each threshold does, what can be promised."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.errors import CoreError
from desktop.backend import Backend
from desktop.calibration_backend import CalibrationState
from desktop.jobs import start_call
from desktop.late import Late
from desktop.models.calibrate import CutoffsModel, cutoff_rows, policy_name
from desktop.models.tables import row_height
from desktop.text import number_words
from desktop.theme import space
from desktop.typed import Typed
from desktop.views.base import View
from desktop.widgets.basic import button, card, column, label, notice, row
from desktop.widgets.empty import Empty
from desktop.widgets.promise_card import PromiseCard
from desktop.widgets.scroller import Scroller
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.calibrate import charts
    from core.calibrate.outcome import Outcome
    from desktop.widgets import chart
else:
    charts = Late("core.calibrate.charts")
    chart = Late("desktop.widgets.chart")

_WIDE = 285  # points of one diagram, two of which stand side by side


class ResultPage(View):
    """Figures and pictures of one outcome; another wish makes another one.

    Signals:
        left: the person has seen enough
        stored: the CalibrationState after an outcome was kept as a policy
    """

    left = Signal()
    stored = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.outcome: Outcome | None = None
        self.charts: list[chart.Chart] = []  # before, after and thresholds, made with the first outcome
        self._who = ""
        self._asked = 0  # how often an outcome was asked for: an older one may come later
        self.model = CutoffsModel(self)
        self._build()
        self.retranslate()

    def load(self, who: str) -> None:
        """Work out what the labels say; a policy would be stored in this person's name."""
        self._who = who
        self._pages.setCurrentIndex(0)
        self._ask()

    def use_typed(self, typed: Typed) -> None:
        """A name that was typed survives a crash."""
        self.promise.name.setText(typed.left("calibrate.name"))
        typed.settle("calibrate.name")
        typed.watch("calibrate.name", self.promise.name)

    def retranslate(self) -> None:
        """Set every word again."""
        self._back.setText(self.tr("Calibrate"))
        self._title.setText(self.tr("What the labels say"))
        self.table.setAccessibleName(self.tr("What each threshold does"))
        self._table_title.setText(self.tr("What each threshold does"))
        self._table_words.setText(
            self.tr(
                "Misses: unsupported claims in answers that pass. False alarms: supported claims in "
                "answers that wait. In brackets the 95 % interval."
            )
        )
        self._wait.say(self.tr("Working out what the labels say"), "")
        self.model.retranslate()
        if self.outcome is not None:
            self._say(self.outcome)

    def _build(self) -> None:
        self._back, self._title = button("back", "plain"), label(kind="title")
        self._basis, self.honesty = label(kind="caption"), label(wrap=True)
        self._remark, self.remark = notice(), label(wrap=True)
        column(self._remark, margin=3).addWidget(self.remark)
        self._back.clicked.connect(self.left)
        self.promise = PromiseCard()
        self.promise.wished.connect(self._ask)
        self.promise.store_wanted.connect(self._store)
        head = row(gap=2)
        head.addWidget(self._back)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._basis)
        self._wait = Empty("calibrate")
        self._body = QWidget()
        line = row(self._body, gap=4)
        line.addWidget(self._figures(), 8)
        line.addWidget(self.promise, 5)
        self._pages = QStackedWidget()
        for page in (self._wait, self._body):
            self._pages.addWidget(page)
        layout = column(self, gap=3)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)

    def _figures(self) -> QWidget:
        """What scrolls; the promise beside it stays in view."""
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, gap=4)
        for part in (self._remark, self._honesty_card(), self._thresholds_card()):
            inside.addWidget(part)
        inside.addStretch(1)
        return Scroller(page)

    def _honesty_card(self) -> QWidget:
        frame = card()
        self._pictures = row(gap=4)
        inside = column(frame, margin=5, gap=3)
        inside.addLayout(self._pictures)
        inside.addWidget(self.honesty)
        return frame

    def _thresholds_card(self) -> QWidget:
        frame = card()
        self._table_title, self._table_words = label(kind="strong"), label(kind="caption", wrap=True)
        widths = {CutoffsModel.MISSES: 34, CutoffsModel.ALARMS: 34, CutoffsModel.HELD: 26}
        self.table = Table(self.model, CutoffsModel.FROM, widths)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.picked.connect(self.promise.pick)
        self._curves = column()
        inside = column(frame, margin=5, gap=2)
        for part in (self._table_title, self._table_words, self.table):
            inside.addWidget(part)
        inside.addSpacing(space(2))
        inside.addLayout(self._curves)
        return frame

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        number, wish, by_hand = self._asked, self.promise.wish, self.promise.by_hand
        start_call(
            lambda: (number, self.backend.outcome(wish, by_hand)), self._worked_out, self._not_worked_out
        )

    @Slot(object)
    def _worked_out(self, found: tuple[int, Outcome]) -> None:
        number, outcome = found
        if number != self._asked:
            return
        self.outcome = outcome
        if self._pages.currentIndex() == 0:
            self._pages.setCurrentIndex(1)
            self.table.setFocus()
        self.model.set_rows(cutoff_rows(outcome))
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + row_height() * len(self.model.rows) + space(1)
        )
        self.promise.show_outcome(outcome)
        self._say(outcome)

    @Slot(object)
    def _not_worked_out(self, error: CoreError) -> None:
        self.failed.emit(error)
        if self._pages.currentIndex() == 0:
            self.left.emit()

    def _say(self, outcome: Outcome) -> None:
        words = self.tr(
            "{labelled} labelled claims, {unsupported} not supported, {unclear} could not be told"
        )
        self._basis.setText(
            words.format(
                labelled=number_words(outcome.labelled + outcome.unclear),
                unsupported=number_words(outcome.unsupported),
                unclear=number_words(outcome.unclear),
            )
        )
        remarks = []
        if not outcome.helps:
            remarks.append(
                self.tr("Refitting would not make the risks more honest here, so the shipped ones stay.")
            )
        if outcome.weighted:
            remarks.append(self.tr("The draw was weighted, and so are all figures."))
        self.remark.setText(" ".join(remarks))
        self._remark.setVisible(bool(remarks))
        self.honesty.setText(self._honesty_words(outcome))
        self._draw(outcome)

    def _honesty_words(self, outcome: Outcome) -> str:
        before, after = outcome.before, outcome.after
        if not outcome.helps:
            words = self.tr("Gap between told and seen risk (ECE): {gap}. Squared error (Brier): {error}.")
            return words.format(gap=_figure(before.ece), error=_figure(before.brier))
        words = self.tr(
            "Gap between told and seen risk (ECE): {gap} before, {gap_after} after. Squared error (Brier): "
            "{error} before, {error_after} after. “After” is measured on labels that were left out of "
            "the fit, in turn."
        )
        return words.format(
            gap=_figure(before.ece),
            gap_after=_figure(after.ece),
            error=_figure(before.brier),
            error_after=_figure(after.brier),
        )

    def _draw(self, outcome: Outcome) -> None:
        if not self.charts:
            self.charts = [chart.Chart() for _ in range(3)]
            for each in self.charts[:2]:
                self._pictures.addWidget(each, 1)
            self._curves.addWidget(self.charts[2])
        before, after, curves = self.charts
        after.setVisible(outcome.helps)  # else it is the same picture once more
        for shown, honesty, title in (
            (before, outcome.before, "chart.calibration.before"),
            (after, outcome.after, "chart.calibration.after"),
        ):
            drawn = partial(charts.reliability, honesty, title, self.language, width=_WIDE)
            shown.show_chart(drawn, self.honesty.text())
        curves.show_chart(partial(charts.thresholds, outcome, self.language, width=2 * _WIDE))

    @Slot()
    def _store(self) -> None:
        outcome, name, who = self.outcome, self.promise.name.text().strip(), self._who
        if outcome is not None and name:
            start_call(lambda: self.backend.store_policy(outcome, name, who), self._stored, self.failed)

    @Slot(object)
    def _stored(self, state: CalibrationState) -> None:
        words = self.tr("Stored as “{policy}”. It decides nothing until you choose it among the policies.")
        self.promise.say_stored(words.format(policy=policy_name(state.policies[-1])))
        self.stored.emit(state)


def _figure(value: float) -> str:
    return QLocale().toString(value, "f", 3)
