"""Help: the user guide, read from the program's own files in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLayout, QListView

from core.types import Language
from desktop.backend import Backend
from desktop.guide import GuidePage, pages
from desktop.models.guide import GuideModel
from desktop.models.tables import Role
from desktop.theme import space
from desktop.views.base import View
from desktop.widgets.basic import button, column, label, notice, row
from desktop.widgets.filter_box import FilterBox
from desktop.widgets.guide_reader import GuideReader


class HelpView(View):
    """The list of pages, and the page that is read."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._read_in: Language | None = None
        self._address = ""
        self.model = GuideModel(self)
        self._build()
        self.retranslate()

    def open_page(self, name: str) -> None:
        """Open a page by its file's name; an unknown one leaves the page as it is."""
        for at, page in enumerate(self.model.rows):
            if page.name == name:
                self.list.setCurrentIndex(self.model.index(at, 0))

    def refresh(self) -> None:
        """Read the guide the first time that it is wanted, and again in another language."""
        if self._read_in is not self.language:
            self._read()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Help"))
        self._explain.setText(self.tr("The guide lies on this computer; reading it needs no network."))
        self.filter.setPlaceholderText(self.tr("Find in the guide"))
        self.list.setAccessibleName(self.tr("Pages of the guide"))
        self.reader.setAccessibleName(self.tr("The guide"))
        self._copy.setText(self.tr("Copy address"))
        self._outside.hide()
        if self._read_in is not None:
            self.refresh()

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted")
        self.filter = FilterBox()
        self.filter.textChanged.connect(self._filter)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.reader = GuideReader()
        self.reader.page_wanted.connect(self.open_page)
        self.reader.outside_wanted.connect(self._tell_outside)
        layout = column(self, margin=6, gap=3)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        layout.addLayout(words)
        layout.addSpacing(space(1))
        layout.addLayout(self._build_pages(), 1)
        layout.addWidget(self._build_outside())

    def _build_pages(self) -> QLayout:
        side = column(gap=2)
        side.addWidget(self.filter)
        side.addWidget(self.list, 1)
        line = row(gap=4)
        line.addLayout(side, 2)
        line.addWidget(self.reader, 7)
        return line

    def _build_outside(self) -> QFrame:
        """What is shown in place of opening an address."""
        self._outside = notice()
        self._outside_words = label(wrap=True, selectable=True)
        self._copy = button("copy")
        self._copy.clicked.connect(self._copy_address)
        line = row(self._outside, margin=3)
        line.addWidget(self._outside_words, 1)
        line.addWidget(self._copy)
        self._outside.hide()
        return self._outside

    def _read(self) -> None:
        before = self._page()
        self._read_in = self.language
        self.model.set_rows(pages(self.language))
        if self.model.rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        if before is not None:
            self.open_page(before.name)

    def _page(self) -> GuidePage | None:
        page: GuidePage | None = self.list.currentIndex().data(Role.ROW)
        return page

    @Slot(str)
    def _filter(self, text: str) -> None:
        before = self._page()
        self.model.set_words(text)
        if before is not None:
            self.open_page(before.name)
        if not self.list.currentIndex().isValid() and self.model.rows:
            self.list.setCurrentIndex(self.model.index(0, 0))

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        page = index.data(Role.ROW)
        if page is not None:
            self._outside.hide()
            self.reader.show_text(page.text)

    @Slot(str)
    def _tell_outside(self, address: str) -> None:
        self._address = address
        words = self.tr(
            "Touchstone opens no addresses. You can copy this one and open it elsewhere: {address}"
        )
        self._outside_words.setText(words.format(address=address))
        self._outside.show()

    @Slot()
    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
