"""The review queue as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from core.types import Level
from desktop.models.history import LEVEL_TONE
from desktop.models.tables import Column, RowsModel
from desktop.text import level_word

if TYPE_CHECKING:
    from core.review import QueueItem

translate = QCoreApplication.translate

_ORDER = {None: 1.5, Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}


def level_words(item: QueueItem) -> str:
    """The level, where the queue tells it."""
    return translate("ReviewModel", "Not shown") if item.level is None else level_word(item.level)


def age_words(hours: float) -> str:
    """How long an answer has waited."""
    if hours < 1:
        words, count = translate("ReviewModel", "{count} min"), hours * 60
    elif hours < 48:
        words, count = translate("ReviewModel", "{count} h"), hours
    else:
        words, count = translate("ReviewModel", "{count} days"), hours / 24
    return words.format(count=QLocale().toString(round(count)))


def question_words(item: QueueItem) -> str:
    """What was asked."""
    return " ".join((item.question or translate("ReviewModel", "Checked text")).split())


class ReviewModel(RowsModel["QueueItem"]):
    """One row an answer that waits, the most pressing first as the core lists them."""

    QUESTION, RISK, WAITING, REVIEWER = range(4)

    columns: Sequence[Column[QueueItem]] = (
        Column(lambda: translate("ReviewModel", "Question"), question_words, question_words),
        Column(
            lambda: translate("ReviewModel", "Risk"),
            level_words,
            lambda item: (_ORDER[item.level], item.risk or 0.0),
            lambda item: (
                ("held", "muted") if item.level is None else (item.level.value, LEVEL_TONE[item.level])
            ),
        ),
        Column(
            lambda: translate("ReviewModel", "Waiting for"),
            lambda item: age_words(item.age_hours),
            lambda item: item.age_hours,
            right=True,
        ),
        Column(
            lambda: translate("ReviewModel", "Reviewer"),
            lambda item: item.assigned_to or translate("ReviewModel", "Nobody yet"),
            lambda item: item.assigned_to or "",
        ),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self._reviewer: str | None = None

    def set_level(self, level: Level | None) -> None:
        """Show only what shows this level; None for all."""
        self._level = level
        self.arrange()

    def set_reviewer(self, name: str | None) -> None:
        """Show only what is assigned to this person, "" to nobody; None for all."""
        self._reviewer = name
        self.arrange()

    def bounds(self) -> Callable[[QueueItem], bool] | None:
        """Level and reviewer, where either is asked for."""
        return None if self._level is None and self._reviewer is None else self._fits

    def _fits(self, row: QueueItem) -> bool:
        if self._level is not None and row.level is not self._level:
            return False
        return self._reviewer is None or (row.assigned_to or "").casefold() == self._reviewer.casefold()


def place_words(at: int, total: int) -> str:
    """Where in the queue an answer stands."""
    words = translate("ReviewModel", "Answer {number} of {total}")
    return words.format(number=QLocale().toString(at), total=QLocale().toString(total))
