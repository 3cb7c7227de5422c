"""The questions that were asked before, beside the one that is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListView

from core.types import Answer
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.models.history import LEVEL_TONE, question_words
from desktop.models.tables import Column, Index, Role, RowsModel
from desktop.text import date_words, level_word
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import card, column, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.answers import AnswerRow

translate = QCoreApplication.translate
SHOWN = 100  # the rest is in the history
_STEPS = 56  # the width


def _line(row: AnswerRow) -> str:
    return " ".join(question_words(row).split())


class ConversationsModel(RowsModel["AnswerRow"]):
    """One line a question with the mark of its level, the newest first."""

    columns: Sequence[Column[AnswerRow]] = (
        Column(
            lambda: translate("Conversations", "Earlier questions"),
            _line,
            lambda row: row.created_at,
            lambda row: (row.level.value, LEVEL_TONE[row.level]),
        ),
    )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A line tells a screen reader, and the pointer, its level and time as well."""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            row = self.rows[index.row()]
            return f"{level_word(row.level)}, {date_words(row.created_at)}"
        return super().data(index, role)


class Conversations(View):
    """A list; a click or Enter opens an answer as it was checked.

    Signals:
        opened: an Answer to show
    """

    opened = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.model = ConversationsModel(self)
        self._title, self._empty = label(kind="strong", wrap=True), label(kind="muted", wrap=True)
        self.list = QListView()
        self.list.setObjectName("plain")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setIconSize(QSize(space(4), space(4)))
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        frame = card()
        inside = column(frame, margin=3, gap=2)
        for part in (self._title, self._empty):
            inside.addWidget(part)
        inside.addWidget(self.list, 1)
        column(self).addWidget(frame)
        self.setFixedWidth(space(_STEPS))
        self.retranslate()

    def refresh(self) -> None:
        """Read the list again."""
        start_call(self.backend.answers, self._listed, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Earlier questions"))
        self._empty.setText(self.tr("Questions that you have asked stand here."))
        self.list.setAccessibleName(self._title.text())
        self.model.retranslate()

    @Slot(object)
    def _listed(self, rows: tuple[AnswerRow, ...]) -> None:
        asked = (row for row in rows if row.question and not row.erased)
        self.model.set_rows(row for row, _ in zip(asked, range(SHOWN), strict=False))
        self._empty.setVisible(not self.model.rows)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row: AnswerRow = index.data(Role.ROW)
        start_call(lambda: self.backend.load_answer(row.id), self._loaded, self.failed)

    @Slot(object)
    def _loaded(self, answer: Answer) -> None:
        self.opened.emit(answer)
