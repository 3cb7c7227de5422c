"""The answers of several models to one question of a pilot, one beneath the other, each as it was checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.types import Decision
from desktop.backend import Backend
from desktop.late import Late
from desktop.models.pilot import MatrixRow, cell_words
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import card, column, label
from desktop.widgets.claim_view import ClaimView, Phase
from desktop.widgets.scroller import Scroller

if TYPE_CHECKING:
    from core.pilot import matrix as judged
    from core.pilot.types import RunRow
else:
    judged = Late("core.pilot.matrix")

_HIGHEST = 60  # steps of an answer's height


class AnswerText(ClaimView):
    """An answer as high as it is, up to a height from which it is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    @Slot(QSizeF)
    def _fit(self, size: QSizeF) -> None:
        """The style sheet's padding and lines belong to the height; they are known once it was applied."""
        self.ensurePolished()
        around = self.height() - self.contentsRect().height()
        self.setFixedHeight(min(math.ceil(size.height()) + around, space(_HIGHEST)))


class AnswersPane(View):
    """One question at a time.

    Signals:
        chosen: the index of a claim of ``answer``, the text that was clicked or walked through
    """

    chosen = Signal(int)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.answers: list[ClaimView] = []
        self.answer: ClaimView | None = None
        self._shown: MatrixRow | None = None
        page = QWidget()
        page.setObjectName("page")
        self._cards = column(page, gap=3)
        column(self).addWidget(Scroller(page))

    def show_row(self, found: MatrixRow | None) -> None:
        """The answers to one question."""
        self._shown = found
        self.answers, self.answer = [], None
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if found is None:
            return
        self._cards.addWidget(label(found.question.text, kind="strong", wrap=True, selectable=True))
        if found.question.expected:
            expected = self.tr("Expected: {answer}").format(answer=found.question.expected)
            self._cards.addWidget(label(expected, kind="muted", wrap=True, selectable=True))
        for name, answer in found.answers.items():
            said = judged.notes(found.question, answer, self.language)
            self._cards.addWidget(self._card(name, answer, said))
        self._cards.addStretch(1)

    def step(self, by: int) -> None:
        """The claim before or after the one that was chosen, in the same answer."""
        if self.answer is not None:
            self.answer.step(by)

    def retranslate(self) -> None:
        """Set every word again."""
        self.show_row(self._shown)

    def _card(self, name: str, answer: RunRow, said: Sequence[str]) -> QWidget:
        """One answer as it was checked; ``said`` is what the set and the knock-out say of it."""
        frame = card()
        inside = column(frame, margin=3, gap=2)
        inside.addWidget(label(name, kind="caption", wrap=True))
        inside.addWidget(label(cell_words(answer), kind="strong"))
        if said:
            inside.addWidget(label("\n".join(said), kind="muted", wrap=True, selectable=True))
        held = answer.decision is not Decision.USABLE
        if answer.check is None or (held and not self.backend.settings.show_held_text):
            return frame
        view = AnswerText()
        view.language = self.language
        view.show_text(answer.answer, answer.check.claims, Phase.CLOSED if held else Phase.OPEN)
        view.setAccessibleName(name)
        view.chosen.connect(self._chosen)
        self.answers.append(view)
        inside.addWidget(view)
        return frame

    @Slot(int)
    def _chosen(self, index: int) -> None:
        view = self.sender()
        if isinstance(view, ClaimView) and 0 <= index < len(view.claims):
            self.answer = view
            self.chosen.emit(index)
