"""A pilot's run as a matrix: one row a question, one column a model, in each cell the answer's level."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from core.types import Level
from desktop.models.history import LEVEL_TONE
from desktop.models.tables import Column, RowsModel
from desktop.text import level_word

if TYPE_CHECKING:
    from core.pilot.types import Question, Run, RunRow

translate = QCoreApplication.translate

_ORDER = {None: -1, Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One question with the rows of all models by their names; a model may have none yet."""

    question: Question
    answers: Mapping[str, RunRow]


def matrix(run: Run) -> tuple[MatrixRow, ...]:
    """The original questions of a run, in the order of the set."""
    answers: dict[int, dict[str, RunRow]] = {question.number: {} for question in run.questions}
    for model in run.models:
        for row in run.of(model.name):
            answers[row.question][model.name] = row
    return tuple(MatrixRow(question, answers[question.number]) for question in run.questions)


def cell_words(row: RunRow | None) -> str:
    """What stands in a cell: the level, a refusal, or that there is no answer; and whether the answer did not
    depend on a source that it cites.
    """
    if row is None:
        return translate("PilotModel", "Not asked yet")
    if not row.done or row.level is None:
        return translate("PilotModel", "Failed")
    if row.refused:
        return translate("PilotModel", "Refused: {level}").format(level=level_word(row.level))
    if any(each.result.value == "stood" for each in row.knockouts):  # Knock is not imported for the window
        return translate("PilotModel", "{level}, source not needed").format(level=level_word(row.level))
    return level_word(row.level)


class PilotModel(RowsModel[MatrixRow]):
    """The matrix; its columns are those of the run that is shown."""

    NUMBER, QUESTION = range(2)

    columns: Sequence[Column[MatrixRow]] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self.set_models(())

    def set_models(self, names: Sequence[str]) -> None:
        """Columns for other models."""
        self.beginResetModel()
        self.columns = (
            Column(
                lambda: "#", lambda row: str(row.question.number), lambda row: row.question.number, right=True
            ),
            Column(
                lambda: translate("PilotModel", "Question"),
                lambda row: " ".join(row.question.text.split()),
                lambda row: row.question.text,
            ),
            *map(_model_column, names),
        )
        self.endResetModel()

    def set_level(self, level: Level | None) -> None:
        """Show only questions to which some model gave an answer of this level; None for all."""
        self._level = level
        self.arrange()

    def bounds(self) -> Callable[[MatrixRow], bool] | None:
        """The level, where one is asked for."""
        return None if self._level is None else self._fits

    def _fits(self, row: MatrixRow) -> bool:
        return any(answer.level is self._level for answer in row.answers.values())


def _model_column(name: str) -> Column[MatrixRow]:
    def answer(row: MatrixRow) -> RunRow | None:
        return row.answers.get(name)

    def order(row: MatrixRow) -> tuple[int, float]:
        found = answer(row)
        check = found.check if found else None
        return (_ORDER[check.level], check.risk) if check else (-1, 0.0)

    def icon(row: MatrixRow) -> tuple[str, str] | None:
        found = answer(row)
        level = found.level if found else None
        return None if level is None else (level.value, LEVEL_TONE[level])

    title: Callable[[], str] = lambda: name  # noqa: E731  (a column wants a callable)
    return Column(title, lambda row: cell_words(answer(row)), order, icon)
