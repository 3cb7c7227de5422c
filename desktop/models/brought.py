"""What became of decisions that were brought back, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from core.types import Decision, Language
from core.words import say_error
from desktop.carry_backend import Brought
from desktop.models.tables import Column, RowsModel
from desktop.text import decision_word, level_word, percent

translate = QCoreApplication.translate

_LONGEST = 600  # characters of a reason: it may quote a name out of a file that anybody can have written


class BroughtModel(RowsModel[Brought]):
    """One row a line of the file, in the file's order."""

    LINE, QUESTION, DECISION, OUTCOME = range(4)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = Language.EN
        self.columns: Sequence[Column[Brought]] = (
            Column(
                lambda: translate("BroughtModel", "Line"),
                lambda each: QLocale().toString(each.line),
                lambda each: each.line,
                right=True,
            ),
            Column(lambda: translate("BroughtModel", "Question"), _question, _question),
            Column(lambda: translate("BroughtModel", "Decision"), _decision, _decision),
            Column(
                lambda: translate("BroughtModel", "What became of it"),
                self.outcome,
                lambda each: (each.refused is None, each.line),
                _mark,
            ),
        )

    def outcome(self, each: Brought) -> str:
        """Accepted, with what the check of an edited text said; or refused, and why."""
        if each.refused is not None:
            words = translate("BroughtModel", "Refused: {reason}")
            return words.format(reason=say_error(each.refused, self.language)[:_LONGEST])
        if each.rechecked is None:
            return translate("BroughtModel", "Accepted")
        words = translate("BroughtModel", "Accepted. The edited answer was checked here: {level}, {risk}")
        return words.format(level=level_word(each.rechecked.level), risk=percent(each.rechecked.risk))


def _question(each: Brought) -> str:
    return " ".join((each.question or each.answer_id[:12] or "—").split())


def _decision(each: Brought) -> str:
    known = each.decision in {decision.value for decision in Decision}
    return decision_word(Decision(each.decision)) if known else "—"


def _mark(each: Brought) -> tuple[str, str]:
    return ("done", "supported") if each.refused is None else ("contradicted", "contradicted")
