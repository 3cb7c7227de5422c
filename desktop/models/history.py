"""Past answers as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from core.types import Decision, Level
from desktop.models.tables import Column, RowsModel
from desktop.text import date_words, decision_word, level_word, percent

if TYPE_CHECKING:
    from core.store.answers import AnswerRow

translate = QCoreApplication.translate

_ORDER = {Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}
LEVEL_TONE = {Level.LOW: "supported", Level.MEDIUM: "not_found", Level.HIGH: "contradicted"}
_DECISION_ICON = {
    Decision.USABLE: ("done", "supported"),
    Decision.HELD: ("held", "not_found"),
    Decision.RELEASED: ("release", "accent"),
    Decision.REJECTED: ("reject", "contradicted"),
}


def question_words(row: AnswerRow) -> str:
    """What was asked, or why there is nothing to show."""
    if row.erased:
        return translate("HistoryModel", "Erased")
    return row.question or translate("HistoryModel", "Checked text")


def model_words(name: str) -> str:
    """A model's name; a text that came from elsewhere has none."""
    return name or translate("HistoryModel", "Supplied text")


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which answers are asked for; None for all. ``model`` is "" for texts from elsewhere. ``since`` and
    ``until`` are moments in UTC as the records write them, empty where there is no bound.
    """

    words: str = ""
    level: Level | None = None
    decision: Decision | None = None
    model: str | None = None
    since: str = ""
    until: str = ""

    @property
    def bounded(self) -> bool:
        """Whether anything but words is asked for."""
        return replace(self, words="") != HistoryFilter()

    def fits(self, row: AnswerRow) -> bool:
        """Whether a row is asked for, the words aside."""
        return (
            self.level in (None, row.level)
            and self.decision in (None, row.decision)
            and self.model in (None, row.model or "")
            and row.created_at >= self.since
            and (not self.until or row.created_at < self.until)
        )


class HistoryModel(RowsModel["AnswerRow"]):
    """One row an answer, the newest first as the core lists them."""

    WHEN, QUESTION, RISK, COVERAGE, DECISION, MODEL = range(6)

    columns: Sequence[Column[AnswerRow]] = (
        Column(
            lambda: translate("HistoryModel", "When"),
            lambda row: date_words(row.created_at),
            lambda row: row.created_at,
        ),
        Column(
            lambda: translate("HistoryModel", "Question"),
            lambda row: " ".join(question_words(row).split()),
            question_words,
        ),
        Column(
            lambda: translate("HistoryModel", "Risk"),
            lambda row: level_word(row.level),
            lambda row: (_ORDER[row.level], row.risk),
            lambda row: (row.level.value, LEVEL_TONE[row.level]),
        ),
        Column(
            lambda: translate("HistoryModel", "Checked"),
            lambda row: percent(row.coverage),
            lambda row: row.coverage,
            right=True,
        ),
        Column(
            lambda: translate("HistoryModel", "Decision"),
            lambda row: decision_word(row.decision),
            lambda row: row.decision.value,
            lambda row: _DECISION_ICON[row.decision],
        ),
        Column(
            lambda: translate("HistoryModel", "Model"),
            lambda row: model_words(row.model or ""),
            lambda row: row.model or "",
        ),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = HistoryFilter()

    def set_filter(self, wanted: HistoryFilter) -> None:
        """Show only the answers that fit."""
        self._filter = wanted
        self.set_words(wanted.words)

    def bounds(self) -> Callable[[AnswerRow], bool] | None:
        """Level, decision, model and time, where any of them is asked for."""
        return self._filter.fits if self._filter.bounded else None

    def filter_text(self, row: AnswerRow) -> str:
        """Question and model: level, decision and time have filters of their own."""
        return f"{question_words(row)} {model_words(row.model or '')}"
