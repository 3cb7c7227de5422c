"""What the documents hold on a claim that is being labelled: the nearest passages, judged by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from core.types import Language
from desktop.backend import Backend
from desktop.matching import common_words
from desktop.widgets.basic import column, label
from desktop.widgets.evidence_card import EvidenceCard
from desktop.widgets.scroller import Scroller

if TYPE_CHECKING:
    from core.types import Passage


class PassagePane(QFrame):
    """Passages as cards; a card shows the page, the sheet or the section around it when asked."""

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backend = backend
        self.language = Language.EN
        self.setObjectName("card")
        self.cards: list[EvidenceCard] = []
        self._title, self.words = label(kind="strong"), label(kind="caption", wrap=True)
        self._shown: tuple[str, Sequence[Passage]] | None = None
        self._page = QWidget()
        self._page.setObjectName("page")
        inside = column(self._page, gap=3)
        self._list = column(gap=3)
        inside.addWidget(self.words)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self._area = Scroller(self._page)
        layout = column(self, margin=5, gap=2)
        layout.addWidget(self._title)
        layout.addWidget(self._area, 1)
        self.retranslate()

    def wait(self) -> None:
        """Nothing is known yet."""
        self._clear()
        self._shown = None
        self.retranslate()

    def show_passages(self, claim: str, passages: Sequence[Passage]) -> None:
        """The passages that come closest to a claim; words that both have are marked."""
        self._clear()
        self._shown = (claim, passages)
        for number, passage in enumerate(passages, start=1):
            made = EvidenceCard(self.backend, self.language)
            made.show_passage(number, passage, common_words(passage.text, claim)[0])
            self._list.addWidget(made)
            self.cards.append(made)
        self._area.verticalScrollBar().setValue(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("What your documents hold"))
        if self._shown is None:
            self.words.setText(self.tr("Searching your documents"))
        elif self._shown[1]:
            count = len(self._shown[1])
            self.words.setText(self.tr("%Ln passage(s) come closest; shared words are marked", "", count))
        else:
            self.words.setText(
                self.tr("No passage comes near this claim. If the documents do not say it, it is not found.")
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _clear(self) -> None:
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = []
