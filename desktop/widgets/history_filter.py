"""The line over the history: words, level, decision, model and time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QDate, QDateTime, QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QWidget

from core.types import Decision, Level
from desktop.models.history import HistoryFilter, model_words
from desktop.text import decision_word, level_word
from desktop.theme import space
from desktop.widgets.basic import Choice, column, label, row
from desktop.widgets.filter_box import FilterBox

T = TypeVar("T")
_DAYS = (None, 0, 6, 29)  # before today; the last entry after these asks for two dates


class HistoryFilterBar(QFrame):
    """Every change is told at once.

    Signals:
        changed: the HistoryFilter as it is set now
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = FilterBox()
        self.levels, self.decisions, self.models, self.times = Choice(), Choice(), Choice(), Choice()
        self.since, self.until = _date_box(), _date_box()
        self._to = label()
        self._names: tuple[str, ...] = ()  # of the models in the list; "" for a text from elsewhere
        self.words.textChanged.connect(self._tell)
        for box in self._boxes():
            box.currentIndexChanged.connect(self._tell)
        for date in (self.since, self.until):
            date.dateChanged.connect(self._tell)
        self._build()
        self.retranslate()

    @property
    def filter(self) -> HistoryFilter:
        """What is asked for."""
        since, until = self._span()
        return HistoryFilter(
            words=self.words.text(),
            level=_chosen(self.levels, tuple(Level)),
            decision=_chosen(self.decisions, tuple(Decision)),
            model=_chosen(self.models, self._names),
            since=since,
            until=until,
        )

    def offer_models(self, names: Iterable[str]) -> None:
        """The models that answers of the list come from."""
        found = tuple(sorted(set(names)))
        if found == self._names:
            return
        chosen = _chosen(self.models, self._names)
        self._names = found
        self._fill_models(0 if chosen not in found else found.index(chosen) + 1)
        self._tell()

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        self.words.clear()
        for box in self._boxes():
            box.setCurrentIndex(0)

    def retranslate(self) -> None:
        """Set the words."""
        self.words.setPlaceholderText(self.tr("Filter by words"))
        self.levels.set_words([self.tr("Every level"), *(level_word(level) for level in Level)])
        self.decisions.set_words([self.tr("Every decision"), *(decision_word(each) for each in Decision)])
        self._fill_models(max(0, self.models.currentIndex()))
        times = [self.tr("Any time"), self.tr("Today"), self.tr("Last 7 days"), self.tr("Last 30 days")]
        self.times.set_words([*times, self.tr("Between two dates")])
        self._to.setText(self.tr("to"))
        self.levels.setAccessibleName(self.tr("Risk"))
        self.decisions.setAccessibleName(self.tr("Decision"))
        self.models.setAccessibleName(self.tr("Model"))
        self.times.setAccessibleName(self.tr("Time"))
        self.since.setAccessibleName(self.tr("From"))
        self.until.setAccessibleName(self.tr("To"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        line, dates = row(gap=2), row(gap=2)
        line.addWidget(self.words, 1)
        for box in self._boxes():
            line.addWidget(box)
        self._dates = QWidget()
        dates.addStretch(1)
        for part in (self.since, self._to, self.until):
            dates.addWidget(part)
        self._dates.setLayout(dates)
        self._dates.hide()
        layout = column(self, gap=2)
        layout.addLayout(line)
        layout.addWidget(self._dates)

    def _boxes(self) -> tuple[Choice, ...]:
        return (self.levels, self.decisions, self.models, self.times)

    def _fill_models(self, index: int) -> None:
        self.models.set_words([self.tr("Every model"), *(model_words(name) for name in self._names)], index)

    def _span(self) -> tuple[str, str]:
        """From and before which moment, in UTC; empty where there is no bound."""
        at, today = self.times.currentIndex(), QDate.currentDate()
        if at >= len(_DAYS):
            first, last = sorted((self.since.date(), self.until.date()), key=QDate.toJulianDay)
            return _moment(first), _moment(last.addDays(1))
        days = _DAYS[max(0, at)]
        return ("", "") if days is None else (_moment(today.addDays(-days)), "")

    @Slot()
    def _tell(self) -> None:
        self._dates.setVisible(self.times.currentIndex() >= len(_DAYS))
        self.changed.emit(self.filter)


def _moment(day: QDate) -> str:
    """The beginning of a local day as the records write times."""
    start: QDateTime = day.startOfDay().toUTC()
    return start.toString("yyyy-MM-ddTHH:mm:ss") + "+00:00"


def _date_box() -> QDateEdit:
    box = QDateEdit(QDate.currentDate())
    box.setDisplayFormat("yyyy-MM-dd")
    box.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the style sheet's padding does not reach it
    return box


def _chosen(box: QComboBox, values: tuple[T, ...]) -> T | None:
    at = box.currentIndex() - 1
    return values[at] if 0 <= at < len(values) else None
