"""What the details of a document ask for: its versions, its standing, its removal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import CoreError
from core.types import Standing
from core.words import say_error
from desktop.backend import Backend, FileRow
from desktop.jobs import call, start_call
from desktop.widgets.document_details import DocumentDetails
from desktop.widgets.remove_dialog import RemoveDialog


class DetailsDeeds(QObject):
    """Carries out what a person asks for in the panel.

    Signals:
        removed: a document was taken out of the search
        ranked: a document has another standing
        failed: a CoreError that the one error dialog shall show
    """

    removed = Signal()
    ranked = Signal()
    failed = Signal(object)

    def __init__(self, backend: Backend, details: DocumentDetails) -> None:
        super().__init__(details)
        self.backend = backend
        self._details = details
        details.remove_wanted.connect(self._ask_to_remove)
        details.standing_wanted.connect(self._rank)

    def show(self, shown: FileRow) -> None:
        """Show a document; its versions follow where it has several."""
        self._details.show_document(shown)
        if shown.versions > 1:
            path = shown.document.path
            start_call(lambda: self.backend.versions(path), self._details.show_versions, self.failed)

    @Slot(str)
    def _ask_to_remove(self, path: str) -> None:
        dialog = RemoveDialog(Path(path), self._details)
        dialog.accepted.connect(partial(self._remove, path))
        dialog.open()

    def _remove(self, path: str) -> None:
        job = call(lambda: self.backend.remove_document(path))
        job.failed.connect(self.failed)
        job.finished.connect(self.removed)
        job.start()

    @Slot(str, object)
    def _rank(self, path: str, standing: Standing) -> None:
        start_call(lambda: self.backend.set_standing(path, standing), self._was_ranked, self._was_not)

    @Slot(object)
    def _was_ranked(self, standing: Standing) -> None:  # noqa: ARG002
        self.ranked.emit()

    @Slot(object)
    def _was_not(self, error: CoreError) -> None:
        """Said beside the boxes that the person has just filled in."""
        self._details.standing.explain(say_error(error, self._details.language))
