"""“Not in your documents”: an answer of its own, with what was searched for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Answer
from desktop import icons
from desktop.backend import Readiness
from desktop.text import number_words
from desktop.theme import colors, space
from desktop.widgets.basic import button, column, label, row


class Refusal(QFrame):
    """Shown above the model's own words where it found nothing to answer with.

    Signals:
        search_wanted: the passages that come closest now are wanted
    """

    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._answer: Answer | None = None
        self._searched: Readiness | None = None
        self._mark = label()
        self.title, self.words = label(kind="title", wrap=True), label(wrap=True)
        self.searched = label(kind="strong", wrap=True)
        self.search = button("search")
        self.search.clicked.connect(self.search_wanted)
        line = row(self, margin=4, gap=3)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        for part in (self.title, self.searched, self.words):
            words.addWidget(part)
        words.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
        self.hide()
        self.retranslate()
        self._draw()

    def show_answer(self, answer: Answer | None, *, closest_shown: bool = False) -> None:
        """Show it where an answer says that it found nothing."""
        self._answer, self._searched = answer, None
        self.setVisible(answer is not None and answer.refused)
        self.search.setVisible(not closest_shown)
        self.retranslate()

    def show_searched(self, library: Readiness) -> None:
        """What the library held when the question was asked."""
        self._searched = library
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self.title.setText(self.tr("Not in your documents"))
        self.words.setText(
            self.tr(
                "The model found no answer in the passages that came closest, and says so. If you expected "
                "one, check that the document is in the library, or ask with the words that it uses."
            )
        )
        self.search.setText(self.tr("Show the passages that come closest"))
        self.searched.setText(self._searched_words())
        self.searched.setVisible(bool(self.searched.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _searched_words(self) -> str:
        lines, library = [], self._searched
        if library is not None:
            words = self.tr(
                "Searched: {passages} passages of %Ln document(s), by words and by meaning.",
                "",
                library.documents,
            )
            lines.append(words.format(passages=number_words(library.passages)))
        given = self._answer.generation.get("passages") if self._answer is not None else None
        if isinstance(given, int):
            lines.append(self.tr("The model read the %Ln passage(s) that came closest.", "", given))
        return " ".join(lines)

    def _draw(self) -> None:
        self._mark.setPixmap(icons.pixmap("refused", colors().accent, space(6), self.devicePixelRatioF()))
