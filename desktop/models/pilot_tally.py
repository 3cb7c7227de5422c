"""How a run stands so far: one row a model, the answers to the original questions by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from core.types import Level
from desktop.late import Late
from desktop.models.tables import Column, RowsModel
from desktop.text import level_word, number_words

if TYPE_CHECKING:
    from core.pilot import types
    from core.pilot.types import RunRow
else:
    types = Late("core.pilot.types")

translate = QCoreApplication.translate

_FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one model by level's value, ``failed`` for rows without an answer."""

    model: str
    counts: Counter[str]

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(count for kind, count in self.counts.items() if kind != _FAILED)


class TallyModel(RowsModel[Tally]):
    """Counts rows as they come."""

    MODEL, ANSWERS = range(2)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, Counter[str]] = {}
        self.columns: Sequence[Column[Tally]] = (
            Column(
                lambda: translate("TallyModel", "Model"),
                lambda row: row.model,
                lambda row: row.model.casefold(),
            ),
            Column(
                lambda: translate("TallyModel", "Answers"),
                lambda row: number_words(row.answers),
                lambda row: row.answers,
                right=True,
            ),
            *(_count(level.value, partial(level_word, level)) for level in Level),
            _count(_FAILED, lambda: translate("TallyModel", "Failed")),
        )

    def begin(self, models: Iterable[str], rows: Iterable[RunRow] = ()) -> None:
        """Another run, with the rows that it has."""
        self._counts = {name: Counter() for name in models}
        for row in rows:
            self._add(row)
        self._show()

    def add(self, row: RunRow) -> None:
        """One row more."""
        self._add(row)
        self._show()

    def _add(self, row: RunRow) -> None:
        if row.variant is types.Variant.BASE and row.model in self._counts:
            self._counts[row.model][row.level.value if row.level else _FAILED] += 1

    def _show(self) -> None:
        self.set_rows(Tally(name, Counter(counts)) for name, counts in self._counts.items())


def _count(kind: str, title: Callable[[], str]) -> Column[Tally]:
    return Column(title, lambda row: number_words(row.counts[kind]), lambda row: row.counts[kind], right=True)
