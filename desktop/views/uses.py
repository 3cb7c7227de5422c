"""What may be done with a checked answer: copy, export, release, reject. The gate decides each time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import CoreError
from core.types import Answer, Decision
from desktop.backend import Backend
from desktop.jobs import call
from desktop.late import Late
from desktop.text import sources_text
from desktop.typed import Typed
from desktop.widgets.decision_dialog import DecisionDialog

if TYPE_CHECKING:
    from core import gate
    from core.verify import correction
    from core.verify.correction import Correction
else:
    gate = Late("core.gate")
    correction = Late("core.verify.correction")


class AnswerUses(QObject):
    """The deeds of one view; ``answer`` is the one that is shown there.

    Signals:
        failed: a CoreError that the one error dialog shall show
        decided: an Answer that a person has just released or rejected
    """

    failed = Signal(object)
    decided = Signal(object)

    def __init__(self, backend: Backend, view: QWidget) -> None:
        super().__init__(view)
        self._backend, self._view = backend, view
        self.answer: Answer | None = None
        self.typed: Typed | None = None
        self.dialog: DecisionDialog | None = None

    @property
    def may_read(self) -> bool:
        """Whether the words of the answer may be shown here."""
        shown = self._backend.settings.show_held_text
        return self.answer is not None and gate.may_show(self.answer, show_held=shown)

    @Slot()
    def copy(self) -> None:
        """Put the text that may be used on the clipboard."""
        text = gate.usable_text(self.answer) if self.answer else None
        if text is not None:
            QGuiApplication.clipboard().setText(text)

    @Slot()
    def copy_with_sources(self) -> None:
        """Put the text and the places of its evidence on the clipboard."""
        text = gate.usable_text(self.answer) if self.answer else None
        if text is not None and self.answer is not None:
            QGuiApplication.clipboard().setText(sources_text(text, self.answer))

    @Slot()
    def choose_export(self) -> None:
        """Ask where to write the answer."""
        if self.answer is None:
            return
        dialog = QFileDialog(self._view, self.tr("Export the answer"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("Page with evidence, for any browser (*.html)"),
                self.tr("Page with evidence, for printing (*.pdf)"),
                self.tr("Evidence pack, signed, for checking again (*.zip)"),
            ]
        )
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(self.take_suffix)
        dialog.selectFile(f"touchstone-{self.answer.id[:12]}.html")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def take_suffix(self, chosen: str) -> None:
        """A file named without an ending gets that of the chosen kind."""
        dialog, found = self.sender(), re.search(r"\*\.(\w+)", chosen)
        if isinstance(dialog, QFileDialog) and found is not None:
            dialog.setDefaultSuffix(found[1])

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write the answer to a file."""
        answer = self.answer
        if answer is None or gate.usable_text(answer) is None:
            return
        job = call(lambda: self._backend.export(answer, Path(path)))
        job.failed.connect(self.failed)
        job.start()

    @Slot()
    def ask_release(self) -> None:
        """Ask for a name and a reason, then release."""
        self._ask(release=True)

    @Slot()
    def ask_reject(self) -> None:
        """Ask for a name and a reason, then reject."""
        self._ask(release=False)

    @Slot(object)
    def ask_release_with(self, found: tuple[Correction, ...]) -> None:
        """Ask for a release with corrections put into the text, where they can be seen and taken back."""
        self._ask(release=True)
        if self.dialog is not None and self.dialog.edit is not None and self.answer is not None:
            self.dialog.edit.box.replace_all(correction.corrected(self.answer.text, found))

    def _ask(self, *, release: bool) -> None:
        answer = self.answer
        if answer is None or answer.decision is not Decision.HELD:
            return
        dialog = DecisionDialog(
            release=release,
            who=self._backend.settings.reviewer,
            text=answer.text if self.may_read else None,
            found=tuple(one for claim in answer.check.claims for one in correction.corrections(claim)),
            parent=self._view,
        )
        if self.typed is not None:
            dialog.keep(self.typed, answer.id)
        dialog.accepted.connect(self._decide)
        dialog.rejected.connect(dialog.done_with)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _decide(self) -> None:
        dialog, answer = self.dialog, self.answer
        if dialog is None or answer is None:
            return
        backend, answer_id = self._backend, answer.id
        who, reason = dialog.who, dialog.reason
        caveats, text = dialog.caveats, dialog.final_text
        if dialog.release:
            job = call(
                lambda: backend.release(answer_id, who=who, reason=reason, caveats=caveats, final_text=text)
            )
        else:
            job = call(lambda: backend.reject(answer_id, who=who, reason=reason))
        job.yielded.connect(self._written)
        job.failed.connect(self._refused)
        job.start()

    @Slot(object)
    def _written(self, answer: Answer) -> None:
        if self.dialog is not None:
            self.dialog.done_with()
            self.dialog = None
        self.decided.emit(answer)

    @Slot(object)
    def _refused(self, error: CoreError) -> None:
        """What was typed comes back with the reason why it was not taken."""
        if self.dialog is not None:
            self.dialog.open()
        self.failed.emit(error)
