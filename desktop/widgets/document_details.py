"""What is known of one document, what to do when it is not ready, and its earlier versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QWidget

from core.index.freshness import Freshness
from core.types import Language, Standing
from core.words import say_reason
from desktop.backend import FileRow
from desktop.models.documents import document_state, is_ready, state_icon
from desktop.text import date_words, number_words, path_words, size_words
from desktop.theme import space
from desktop.widgets.basic import button, column, label, row, rule
from desktop.widgets.facts import Facts
from desktop.widgets.pill import Pill
from desktop.widgets.scroller import Scroller
from desktop.widgets.standing_box import StandingBox

if TYPE_CHECKING:
    from core.store.documents import StoredDocument


class DocumentDetails(QFrame):
    """A panel beside the table.

    Signals:
        preview_wanted: the StoredDocument, a version of the file, whose text is to be shown
        read_wanted: the path that shall be read again
        remove_wanted: the path that shall be taken out of the search
        standing_wanted: a path and the Standing that its owner gives it
    """

    preview_wanted = Signal(object)
    read_wanted = Signal(str)
    remove_wanted = Signal(str)
    standing_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.language = Language.EN
        self._row: FileRow | None = None
        self._versions: tuple[StoredDocument, ...] = ()
        self.name = label(kind="title", wrap=True, selectable=True)
        self.state = Pill()
        self.reason = label(wrap=True)
        self.advice = label(kind="muted", wrap=True)
        self.facts = Facts()
        self.standing = StandingBox()
        self.standing.wanted.connect(self._want_standing)
        self._versions_title = label(kind="strong")
        self._lines, self._line = column(gap=1), rule()
        self.version_buttons: list[QPushButton] = []
        page = QWidget()
        page.setObjectName("page")
        layout = column(page, margin=5, gap=3)
        for part in (self.name, self.state, self.reason, self.advice):
            layout.addWidget(part)
        layout.addLayout(self._build_buttons())
        layout.addSpacing(space(1))
        layout.addWidget(self.facts)
        layout.addWidget(rule())
        layout.addWidget(self.standing)
        layout.addWidget(self._line)
        layout.addWidget(self._versions_title)
        layout.addLayout(self._lines)
        layout.addStretch(1)
        area = Scroller(page)
        column(self).addWidget(area)

    def show_document(self, shown: FileRow) -> None:
        """Show a document; its versions follow with ``show_versions``."""
        if self._row is None or self._row.document.path != shown.document.path:
            self._versions = (shown.document,)
        self._row = shown
        self.retranslate()

    def show_versions(self, versions: tuple[StoredDocument, ...]) -> None:
        """List the versions of the document that is shown; those of another one came too late."""
        if self._row is not None and versions and versions[0].path == self._row.document.path:
            self._versions = versions
            self._show_versions()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self.preview.setText(self.tr("Preview"))
        self.read.setText(self.tr("Read again"))
        self.remove.setText(self.tr("Remove…"))
        shown = self._row
        if shown is None:
            return
        document = shown.document
        self.name.setText(Path(document.path).name)
        icon, tone = state_icon(shown)
        self.state.set(icon, document_state(shown), tone)
        self.reason.setText(say_reason(document.reason, self.language) if document.reason else "")
        self.reason.setVisible(bool(self.reason.text()))
        self.advice.setText(self._advice(shown))
        self.advice.setVisible(bool(self.advice.text()))
        self.preview.setEnabled(document.pages > 0)
        self.read.setEnabled(shown.freshness is not Freshness.MISSING)
        self.facts.show_pairs(self._facts(document))
        self.standing.show_standing(document.path, shown.standing)
        self._show_versions()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _build_buttons(self) -> QLayout:
        self.preview, self.read, self.remove = (
            button("file"),
            button("restart", "plain"),
            button(look="plain"),
        )
        self.preview.clicked.connect(self._want_preview)
        self.read.clicked.connect(self._want_reading)
        self.remove.clicked.connect(self._want_removal)
        line = row(gap=1)
        for each in (self.preview, self.read, self.remove):
            line.addWidget(each)
        line.addStretch(1)
        return line

    def _advice(self, shown: FileRow) -> str:
        if shown.freshness is Freshness.MISSING:
            return self.tr("The file is no longer where it was. What was read from it is still searched.")
        if shown.freshness is Freshness.CHANGED:
            return self.tr(
                "The file was changed after it was read: answers rest on the earlier text. Read it again."
            )
        if not is_ready(shown):
            return self.tr("Until then nothing of it is searched. When it is mended, read it again.")
        return ""

    def _facts(self, document: StoredDocument) -> list[tuple[str, str]]:
        return [
            (self.tr("Folder"), path_words(Path(document.path).parent)),
            (self.tr("Pages"), number_words(document.pages)),
            (self.tr("Passages"), number_words(document.passages)),
            (self.tr("Size"), size_words(document.size)),
            (self.tr("Added"), date_words(document.added_at)),
            (self.tr("SHA-256"), f"{document.sha256[:16]}…" if document.sha256 else "–"),
        ]

    def _show_versions(self) -> None:
        """One line a version, the current one first; a lone version needs no list."""
        for old in self.version_buttons:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.version_buttons = []
        several = len(self._versions) > 1
        self._line.setVisible(several)
        self._versions_title.setVisible(several)
        self._versions_title.setText(self.tr("%Ln version(s) seen", "", len(self._versions)))
        for version in self._versions if several else ():
            made = button(look="suggestion")
            made.setText(self._version_words(version))
            made.clicked.connect(lambda _=False, wanted=version: self.preview_wanted.emit(wanted))
            made.setEnabled(version.pages > 0)
            self._lines.addWidget(made)
            self.version_buttons.append(made)

    def _version_words(self, version: StoredDocument) -> str:
        words = self.tr("{date}, searched now") if version.current else self.tr("{date}, earlier version")
        return words.format(date=date_words(version.added_at)) + f"\n{version.sha256[:12]}…"

    @Slot()
    def _want_preview(self) -> None:
        if self._row is not None:
            self.preview_wanted.emit(self._row.document)

    @Slot()
    def _want_reading(self) -> None:
        if self._row is not None:
            self.read_wanted.emit(self._row.document.path)

    @Slot()
    def _want_removal(self) -> None:
        if self._row is not None:
            self.remove_wanted.emit(self._row.document.path)

    @Slot(object)
    def _want_standing(self, standing: Standing) -> None:
        if self._row is not None:
            self.standing_wanted.emit(self._row.document.path, standing)
