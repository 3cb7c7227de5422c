"""A correction that the evidence holds, shown as a change of the claim; putting it in is left to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Claim
from desktop.late import Late
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from core.verify import correction
    from core.verify.correction import Correction
else:
    correction = Late("core.verify.correction")


class CorrectionCard(QFrame):
    """Hidden where nothing can be proposed.

    Signals:
        wanted: the corrections of the claim, to be put into the text of a release
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.found: tuple[Correction, ...] = ()
        self._may_edit = False
        self._words, self._note = label(kind="strong", wrap=True), label(kind="caption", wrap=True)
        self.changes = DiffView()
        self.use = button("release")
        self.use.clicked.connect(self._use)
        layout = column(self, margin=3, gap=2)
        layout.addWidget(self._words)
        layout.addWidget(self.changes)
        line = row(gap=3)
        line.addWidget(self._note, 1)
        line.addWidget(self.use)
        layout.addLayout(line)
        self.hide()
        self.retranslate()

    def show_claim(self, claim: Claim | None, *, may_edit: bool) -> None:
        """What the evidence would have the claim say; ``may_edit`` where the answer waits for a release."""
        self.found = correction.corrections(claim) if claim is not None else ()
        self._may_edit = may_edit
        if claim is not None and self.found:
            inside = [
                replace(one, start=one.start - claim.start, end=one.end - claim.start) for one in self.found
            ]
            self.changes.show_texts(claim.text, correction.corrected(claim.text, inside))
        self.use.setVisible(may_edit)
        self.setVisible(bool(self.found))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._words.setText(self.tr("A correction that the evidence holds"))
        self._note.setText(
            self.tr("Nothing is changed until you release the edited text.")
            if self._may_edit
            else self.tr("Only a suggestion; the answer stays as it was written.")
        )
        self.use.setText(self.tr("Release with it…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _use(self) -> None:
        self.wanted.emit(self.found)
