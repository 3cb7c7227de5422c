"""Preview: what was read from one version of a document, page by page, and how a PDF's page looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QLayout,
    QListView,
    QPlainTextEdit,
    QStackedWidget,
)

from core.errors import CoreError
from core.types import Page
from core.words import say_error
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.late import Late
from desktop.models.pages import PagesModel
from desktop.models.tables import Role
from desktop.text import date_words
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.evidence_card import PICTURE_SCALE
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.page_preview import PagePreview
from desktop.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from core.documents import grid, sections
    from core.documents.render import PageImage
    from core.store.documents import StoredDocument
else:
    grid, sections = Late("core.documents.grid"), Late("core.documents.sections")


class PreviewView(View):
    """One document: its pages on the left, one of them on the right.

    Signals:
        left: the user wants to go back to the list
    """

    left = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._document: StoredDocument | None = None
        self._drawn: tuple[str, int] | None = None
        self.model = PagesModel(self)
        self._build()
        self.retranslate()

    def show_document(self, document: StoredDocument) -> None:
        """Show a version of a document from its first page."""
        self._document = document
        self.model.set_rows(())
        self.filter.clear()
        self._clear()
        self._name_it()
        start_call(lambda: (document, self.backend.pages(document)), self._listed, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._back.setText(self.tr("Back to the list"))
        self.filter.setPlaceholderText(self.tr("Find in this document"))
        self.list.setAccessibleName(self.tr("Pages"))
        self.text.setAccessibleName(self.tr("The text as it was read"))
        self.as_read.setText(self.tr("As it was read"))
        self.as_it_looks.setText(self.tr("As it looks"))
        self.model.retranslate()
        self._name_it()
        self._show_heading(self._page())

    def _build(self) -> None:
        self._back = button("back")
        self._back.clicked.connect(self.left)
        self._title, self._caption = label(kind="title", selectable=True), label(kind="muted")
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        head = row(gap=4)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addLayout(self._build_choice())
        layout = column(self, margin=6, gap=4)
        layout.addLayout(head)
        layout.addLayout(self._build_pages(), 1)

    def _build_choice(self) -> QLayout:
        """Whether a PDF's page is shown as text or as a picture."""
        self.as_it_looks, self.as_read = button(), button()
        self._choice = QButtonGroup(self)
        line = row(gap=1)
        for each in (self.as_it_looks, self.as_read):
            each.setCheckable(True)
            self._choice.addButton(each)
            line.addWidget(each)
        self.as_it_looks.setChecked(True)
        self._choice.buttonClicked.connect(self._show_page)
        return line

    def _build_pages(self) -> QLayout:
        self.filter = FilterBox()
        self.filter.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        side = column(gap=2)
        side.addWidget(self.filter)
        side.addWidget(self.list, 1)
        self._heading = label(kind="strong", wrap=True, selectable=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.sheet, self.picture = SheetView(), PagePreview()
        self._stack = QStackedWidget()
        for part in (self.text, self.sheet, self.picture):
            self._stack.addWidget(part)
        main = column(gap=2)
        main.addWidget(self._heading)
        main.addWidget(self._stack, 1)
        line = row(gap=4)
        line.addLayout(side, 2)
        line.addLayout(main, 5)
        return line

    def _name_it(self) -> None:
        document = self._document
        if document is None:
            return
        self._title.setText(Path(document.path).name)
        words = (
            self.tr("Read on {date}. This version is searched.")
            if document.current
            else self.tr("Read on {date}. An earlier version: kept for old answers, no longer searched.")
        )
        self._caption.setText(words.format(date=date_words(document.added_at)))
        pdf = document.format == "pdf"
        self.as_it_looks.setVisible(pdf)
        self.as_read.setVisible(pdf)

    def _page(self) -> Page | None:
        page: Page | None = self.list.currentIndex().data(Role.ROW)
        return page

    @Slot(object)
    def _listed(self, found: tuple[StoredDocument, tuple[Page, ...]]) -> None:
        document, pages = found
        if document != self._document:
            return  # another one was opened meanwhile
        self.model.set_rows(pages)
        self._select_first()

    @Slot(str)
    def _filter(self, text: str) -> None:
        self.model.set_words(text)
        self._select_first()

    def _select_first(self) -> None:
        if self.model.rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        else:
            self._clear()

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self._show_page()

    @Slot()
    def _show_page(self) -> None:
        page = self._page()
        self._show_heading(page)
        if page is None:
            return
        if self._document is not None and self._document.format == "pdf" and self.as_it_looks.isChecked():
            self._draw(page)
        elif grid.grid_of(page).rows:
            self.sheet.show_sheet(page)
            self._stack.setCurrentWidget(self.sheet)
        else:
            self.text.setPlainText(page.text)
            self._stack.setCurrentWidget(self.text)

    def _show_heading(self, page: Page | None) -> None:
        section = page.section if page is not None else None
        self._heading.setText(" › ".join(section.split(sections.PATH_SEPARATOR)) if section else "")
        self._heading.setVisible(bool(section))

    def _clear(self) -> None:
        self._show_heading(None)
        self.text.setPlainText("")
        self._stack.setCurrentWidget(self.text)

    def _draw(self, page: Page) -> None:
        document, number = self._document, page.number
        if document is None or number is None:
            return
        path, sha256 = document.path, document.sha256
        self._drawn = (sha256, number)
        self._stack.setCurrentWidget(self.picture)
        self.picture.wait()
        start_call(
            lambda: ((sha256, number), self.backend.page_image(path, sha256, number, PICTURE_SCALE)),
            self._show_picture,
            self._not_drawn,
        )

    @Slot(object)
    def _show_picture(self, drawn: tuple[tuple[str, int], PageImage]) -> None:
        which, picture = drawn
        if which == self._drawn:
            self.picture.show_page(picture, None)

    @Slot(object)
    def _not_drawn(self, error: CoreError) -> None:
        """The file is gone or another: what was read from it can still be shown."""
        self.picture.explain(say_error(error, self.language))
        page = self._page()
        if page is not None:
            self.as_read.setChecked(True)
            self._show_page()
            self._heading.setText(say_error(error, self.language))
            self._heading.setVisible(True)
