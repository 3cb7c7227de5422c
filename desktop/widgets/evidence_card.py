"""One piece of evidence: what it does to the claim, the quote, where it stands, and what is around it: the
page's picture, the sheet with its cells, or the section.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from core.errors import CoreError
from core.types import Evidence, Language, Page, Passage, Place, Relation
from core.words import say_error
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.text import place_words, relation_word
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.marked_text import MarkedText
from desktop.widgets.page_preview import PagePreview
from desktop.widgets.pill import Pill
from desktop.widgets.sheet_view import SheetView
from desktop.widgets.version_line import VersionLine

if TYPE_CHECKING:
    from core.documents.render import PageImage

W = TypeVar("W", bound=QWidget)
_AROUND = 1500  # characters of a section before and after the quote
PICTURE_SCALE = 2.0  # pixels a PDF point: sharp at twice the pane's width


class EvidenceCard(QFrame):
    """A quote with its place. A PDF's page is drawn by a job, in a child process of the core; sheets and
    sections come from the library as they were read then.
    """

    def __init__(
        self, backend: Backend, language: Language, parent: QWidget | None = None, *, carried: bool = False
    ) -> None:
        """``carried``: the files are not on this computer, only the text that was read from them."""
        super().__init__(parent)
        self._carried = carried
        self.backend = backend
        self.language = language
        self.setObjectName("card")
        self._relation: Relation | None = None
        self._number: int | None = None  # of a passage that nothing has been judged of
        self._place: Place | None = None
        self._quoted = (0, "")
        self._note: QLabel | None = None
        self.relation = Pill()
        self.file = label(kind="strong", wrap=True, selectable=True)
        self.where = label(kind="caption", wrap=True)
        self.version = VersionLine(backend)
        self.quote = MarkedText()
        self._show_page = button("file", "plain")
        self._show_page.clicked.connect(self.show_around)
        self._show_page.hide()
        head = row(gap=2)
        head.addWidget(self.relation)
        head.addStretch(1)
        head.addWidget(self._show_page)
        self._layout = column(self, margin=4, gap=2)
        self._layout.addLayout(head)
        for part in (self.quote, self.file, self.where, self.version):
            self._layout.addWidget(part)

    # What is around a quote is built when it is asked for: several cards at once would hold the window up.

    @cached_property
    def preview(self) -> PagePreview:
        """The picture of a PDF's page."""
        return self._hidden(PagePreview())

    @cached_property
    def sheet(self) -> SheetView:
        """The sheet with its cells."""
        return self._hidden(SheetView())

    @cached_property
    def section(self) -> MarkedText:
        """The text around the quote, under a line that says so."""
        self._note = self._hidden(label(kind="caption", wrap=True))
        return self._hidden(MarkedText())

    def _hidden(self, part: W) -> W:
        part.hide()
        self._layout.addWidget(part)
        return part

    def show_evidence(self, evidence: Evidence, marks: tuple[tuple[int, int], ...], *, picture: bool) -> None:
        """Show a piece of evidence; ``picture`` shows a PDF's page or the sheet at once."""
        self._relation = evidence.relation
        self._quoted = (evidence.start, evidence.text)
        self.show_place(evidence.place, evidence.text, marks)
        self._show_page.setVisible(evidence.place is not None)
        if picture and (self._is_pdf() or self._is_sheet()):
            self.show_around()

    def show_place(self, place: Place | None, text: str, marks: tuple[tuple[int, int], ...] = ()) -> None:
        """Show a stretch of a document that nothing has been judged of."""
        self._place = place
        self.version.show_place(place)
        self.quote.set_text(text, marks)
        self.retranslate()

    def show_passage(self, number: int, passage: Passage, marks: tuple[tuple[int, int], ...]) -> None:
        """Show a passage that nothing has been judged of, under a number; what is around it is there for the
        asking.
        """
        self._number = number
        self._quoted = (passage.start, passage.text)
        self.show_place(passage.place, passage.text, marks)
        self._show_page.show()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self.relation.setVisible(self._relation is not None or self._number is not None)
        if self._number is not None:
            self.relation.set("file", self.tr("Passage {number}").format(number=self._number), "muted")
        if self._relation is not None:
            supports = self._relation is Relation.SUPPORTS
            kind = "supported" if supports else "contradicted"
            self.relation.set(kind, relation_word(self._relation), kind)
        self._show_page.setText(self._button_words())
        if self._note is not None:
            section = self.tr("The section, with the quote marked:")
            page = self.tr("The text around the quote, as it was read:")
            self._note.setText(page if self._carried else section)
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
    def show_around(self) -> None:
        """Show what stands around the quote: the page, the sheet or the section."""
        self._show_page.hide()
        if self._is_pdf():
            self._draw_page()
            return
        place, (start, text) = self._place, self._quoted
        if place is not None:
            start_call(lambda: self.backend.evidence_page(place, start, text), self._read, self._not_drawn)

    def _draw_page(self) -> None:
        place = self._place
        if place is None or place.page is None:
            return
        document, sha256, page = place.document, place.document_sha256, place.page
        self.preview.show()
        self.preview.wait()
        start_call(
            lambda: self.backend.page_image(document, sha256, page, PICTURE_SCALE),
            self._drawn,
            self._not_drawn,
        )

    @Slot(object)
    def _drawn(self, page: PageImage) -> None:
        self.preview.show_page(page, self._place.box if self._place else None)

    @Slot(object)
    def _not_drawn(self, error: CoreError) -> None:
        self.preview.show()
        self.preview.explain(say_error(error, self.language))

    @Slot(object)
    def _read(self, page: Page) -> None:
        if self._is_sheet() and self._place is not None:
            self.sheet.show()
            self.sheet.show_sheet(page, self._place.cells)
            return
        start, quote = self._quoted
        text, at = around(page.text, start, len(quote))
        self.section.set_text(text, ((at, at + len(quote)),))
        self.section.show()
        if self._note is not None:
            self._note.show()
        self.retranslate()

    def _button_words(self) -> str:
        if self._carried:
            return self.tr("Show the text around it")
        if self._is_pdf():
            return self.tr("Show the page")
        return self.tr("Show the sheet") if self._is_sheet() else self.tr("Show the section")

    def _is_sheet(self) -> bool:
        return not self._carried and self._place is not None and self._place.cells is not None

    def _is_pdf(self) -> bool:
        place = None if self._carried else self._place
        return place is not None and place.page is not None and place.document.lower().endswith(".pdf")


def around(text: str, start: int, length: int, reach: int = _AROUND) -> tuple[str, int]:
    """A stretch of a long text with the quote inside and ``reach`` characters on either side, and where the
    quote begins in it.
    """
    begin = max(0, start - reach)
    end = min(len(text), start + length + reach)
    head, tail = "… " if begin else "", " …" if end < len(text) else ""
    return head + text[begin:end] + tail, start - begin + len(head)
