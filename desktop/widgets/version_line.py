"""Which version of a document a quote comes from, and when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.types import Place
from desktop.backend import Backend
from desktop.jobs import call
from desktop.text import date_words

if TYPE_CHECKING:
    from core.store.documents import StoredDocument


class VersionLine(QLabel):
    """Hidden until the library has told; a quote from a version that is no longer current says so."""

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._place: Place | None = None
        self._seen: tuple[StoredDocument, ...] = ()
        self.setProperty("kind", "caption")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_place(self, place: Place | None) -> None:
        """Ask the library about a place's document."""
        self._place = place
        if place is None:
            self.hide()
            return
        document = place.document
        job = call(lambda: self._backend.versions(document))
        job.yielded.connect(self._told)
        job.start()  # a library that cannot be read says so where it is needed

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        at = next((at for at, each in enumerate(self._seen) if self._is_it(each)), None)
        if at is None:
            self.hide()
            return
        read, total = self._seen[at], len(self._seen)
        words = self.tr("Read {date}").format(date=date_words(read.added_at))
        if total > 1:
            words = self.tr("Version {number} of {total}, read {date}").format(
                number=total - at, total=total, date=date_words(read.added_at)
            )
        if at or not read.current:
            words += " · " + self.tr("no longer the current version")
        self.setText(words)
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(object)
    def _told(self, seen: tuple[StoredDocument, ...]) -> None:
        self._seen = seen
        self.retranslate()

    def _is_it(self, document: StoredDocument) -> bool:
        return self._place is not None and document.sha256 == self._place.document_sha256
