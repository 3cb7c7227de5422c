"""One piece of evidence: what it does to the claim, the quote, where it stands, and the page's picture."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QWidget

from core.errors import CoreError
from core.types import Evidence, Language, Place, Relation
from core.words import say_error
from desktop.backend import Backend
from desktop.jobs import call
from desktop.text import place_words, relation_word
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.marked_text import MarkedText
from desktop.widgets.page_preview import PagePreview
from desktop.widgets.pill import Pill

PICTURE_SCALE = 2.0  # pixels a PDF point: sharp at twice the pane's width


class EvidenceCard(QFrame):
    """A quote with its place. A PDF's page is drawn by a job, in a child process of the core."""

    def __init__(self, backend: Backend, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backend = backend
        self.language = language
        self.setObjectName("card")
        self._relation: Relation | None = None
        self._place: Place | None = None
        self.relation = Pill()
        self.file = label(kind="strong", wrap=True, selectable=True)
        self.where = label(kind="caption", wrap=True)
        self.quote = MarkedText()
        self.preview = PagePreview()
        self.preview.hide()
        self._show_page = button("file", "plain")
        self._show_page.clicked.connect(self.draw_page)
        self._show_page.hide()
        head = row(gap=2)
        head.addWidget(self.relation)
        head.addStretch(1)
        head.addWidget(self._show_page)
        layout = column(self, margin=4, gap=2)
        layout.addLayout(head)
        for part in (self.quote, self.file, self.where, self.preview):
            layout.addWidget(part)

    def show_evidence(self, evidence: Evidence, marks: tuple[tuple[int, int], ...], *, picture: bool) -> None:
        """Show a piece of evidence; ``picture`` draws the page at once where there is one."""
        self._relation = evidence.relation
        self.show_place(evidence.place, evidence.text, marks)
        if self._is_pdf():
            self._show_page.show()
            if picture:
                self.draw_page()

    def show_place(self, place: Place | None, text: str, marks: tuple[tuple[int, int], ...] = ()) -> None:
        """Show a stretch of a document that nothing has been judged of."""
        self._place = place
        self.quote.set_text(text, marks)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self.relation.setVisible(self._relation is not None)
        if self._relation is not None:
            supports = self._relation is Relation.SUPPORTS
            kind = "supported" if supports else "contradicted"
            self.relation.set(kind, relation_word(self._relation), kind)
        self._show_page.setText(self.tr("Show the page"))
        if self._place is not None:
            self.file.setText(PurePath(self._place.document).name)
            self.where.setText(place_words(self._place))
            self.where.setVisible(bool(self.where.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def draw_page(self) -> None:
        """Ask for the page's picture."""
        place = self._place
        if place is None or place.page is None:
            return
        document, sha256, page = place.document, place.document_sha256, place.page
        self._show_page.hide()
        self.preview.show()
        self.preview.wait()
        job = call(lambda: self.backend.page_image(document, sha256, page, PICTURE_SCALE))
        job.yielded.connect(self._drawn)
        job.failed.connect(self._not_drawn)
        job.start()

    @Slot(object)
    def _drawn(self, page: object) -> None:
        self.preview.show_page(page, self._place.box if self._place else None)  # type: ignore[arg-type]

    @Slot(object)
    def _not_drawn(self, error: CoreError) -> None:
        self.preview.explain(say_error(error, self.language))

    def _is_pdf(self) -> bool:
        place = self._place
        return place is not None and place.page is not None and place.document.lower().endswith(".pdf")
