"""What is known of one document, and what to do when it is not ready."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QWidget

from core.store.documents import StoredDocument
from core.types import Language
from core.words import say_reason
from desktop.models.documents import state_icon
from desktop.text import date_words, number_words, path_words, size_words
from desktop.theme import space
from desktop.widgets.basic import column, label
from desktop.widgets.facts import Facts
from desktop.widgets.pill import Pill


class DocumentDetails(QFrame):
    """A panel beside the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.language = Language.EN
        self._document: StoredDocument | None = None
        self._state_words = ""
        self.name = label(kind="title", wrap=True, selectable=True)
        self.state = Pill()
        self.reason = label(wrap=True)
        self.advice = label(kind="muted", wrap=True)
        self.facts = Facts()
        layout = column(self, margin=5, gap=3)
        for part in (self.name, self.state, self.reason, self.advice):
            layout.addWidget(part)
        layout.addSpacing(space(1))
        layout.addWidget(self.facts)
        layout.addStretch(1)

    def show_document(self, document: StoredDocument, state_words: str) -> None:
        """Show a document."""
        self._document, self._state_words = document, state_words
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        document = self._document
        if document is None:
            return
        self.name.setText(Path(document.path).name)
        icon, tone = state_icon(document)
        self.state.set(icon, self._state_words, tone)
        self.reason.setText(say_reason(document.reason, self.language) if document.reason else "")
        self.reason.setVisible(bool(self.reason.text()))
        self.advice.setText(
            self.tr("The file is no longer where it was. What was read from it is still searched.")
        )
        self.advice.setVisible(document.missing)
        self.facts.show_pairs(
            [
                (self.tr("Folder"), path_words(Path(document.path).parent)),
                (self.tr("Pages"), number_words(document.pages)),
                (self.tr("Passages"), number_words(document.passages)),
                (self.tr("Size"), size_words(document.size)),
                (self.tr("Added"), date_words(document.added_at)),
                (self.tr("SHA-256"), f"{document.sha256[:16]}…" if document.sha256 else "–"),
            ]
        )
