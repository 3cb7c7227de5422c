"""What is wrong with a question set, as a table: row, column, problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from core.types import Language
from desktop.models.tables import Column, RowsModel

if TYPE_CHECKING:
    from core.pilot.sets import Problem

translate = QCoreApplication.translate


class ProblemsModel(RowsModel["Problem"]):
    """One row a problem; those that keep the set from being run have another mark than remarks."""

    ROW, COLUMN, WHAT = range(3)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = Language.EN
        self.columns: Sequence[Column[Problem]] = (
            Column(
                lambda: translate("ProblemsModel", "Row"),
                lambda problem: str(problem.row),
                lambda problem: problem.row,
                right=True,
            ),
            Column(
                lambda: translate("ProblemsModel", "Column"),
                lambda problem: problem.column_said(self.language),
                lambda problem: problem.column,
            ),
            Column(
                lambda: translate("ProblemsModel", "What is wrong"),
                self._what,
                lambda problem: (not problem.blocking, problem.row),
                _mark,
            ),
        )

    def _what(self, problem: Problem) -> str:
        words = problem.what(self.language)
        return words[:1].upper() + words[1:]


def _mark(problem: Problem) -> tuple[str, str]:
    return ("contradicted", "contradicted") if problem.blocking else ("info", "muted")
