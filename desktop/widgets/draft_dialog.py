"""Asks how many questions are to be drafted from the library, and who words them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from core.pilot.draft import MOST, USUAL
from desktop.theme import space
from desktop.widgets.basic import Choice, Whole, button, captioned, column, label, row

if TYPE_CHECKING:
    from core.llm.choice import AnyModel


class DraftDialog(QDialog):
    """Questions are made by rule; a model may word them."""

    def __init__(self, models: Sequence[AnyModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models = tuple(models)
        self.setWindowTitle(self.tr("Draft questions from your documents"))
        self.count, self.wording = Whole(), Choice()
        self.count.setRange(1, MOST)
        self.count.setValue(USUAL)
        self.count.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the style sheet's padding does not reach it
        self.wording.addItem(self.tr("As the rules make them, at once"))
        for model in self._models:
            self.wording.addItem(self.tr("In the words of {name}").format(name=model.name))
        self.ok, cancel = button("file", "primary"), button()
        self.ok.setText(self.tr("Choose a file…"))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.note = label(kind="caption", wrap=True)
        self.wording.currentIndexChanged.connect(self._say)
        explain = self.tr(
            "Facts, numbers, dates, conditions, tables, the same in two documents, and what no document "
            "holds: the rules propose questions of each kind, with the answer that stands in the document. "
            "You then read each, and keep or delete it."
        )
        layout = column(self, margin=6, gap=2)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        layout.addSpacing(space(1))
        named = (
            (self.tr("Questions of each kind and language, at most"), self.count),
            (self.tr("Wording"), self.wording),
        )
        for words, field in named:
            layout.addLayout(captioned(words, field, gap=3))
        layout.addWidget(self.note)
        buttons = row(gap=2)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        layout.addSpacing(space(2))
        layout.addLayout(buttons)
        self.setMinimumWidth(max(space(140), layout.minimumSize().width()))
        self.count.setFocus()
        self._say()

    @property
    def writer(self) -> AnyModel | None:
        """The model that is to word the questions; None: the rules alone."""
        at = self.wording.currentIndex()
        return None if at <= 0 else self._models[at - 1]

    @Slot()
    def _say(self) -> None:
        words = self.tr("The wording is stiff, but always asks for what was taken from the document.")
        if self.writer is not None:
            words = self.tr(
                "The model words one question after the other, some seconds to a minute each. A wording "
                "that loses a figure, a name or most of the words, or that answers, is not taken: the rule's "
                "stays."
            )
        self.note.setText(words)
        if (layout := self.layout()) is not None:
            width = max(self.width(), self.minimumWidth()) if self.isVisible() else self.minimumWidth()
            self.resize(width, layout.totalHeightForWidth(width))
