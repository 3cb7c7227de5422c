"""One passage that a question found, and why: by its words, by its meaning, or by both."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtWidgets import QFrame, QWidget

from core.types import Hit
from desktop.matching import common_words
from desktop.text import number_words, place_words
from desktop.widgets.basic import column, label, row
from desktop.widgets.marked_text import MarkedText
from desktop.widgets.pill import Pill


class HitCard(QFrame):
    """A passage with its rank on either side of the search; words that the question has too are marked."""

    def __init__(self, number: int, hit: Hit, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        place = hit.passage.place
        where = place_words(place)
        file = label(f"{number_words(number)}   {PurePath(place.document).name}", "strong", selectable=True)
        self.words, self.meaning = Pill(), Pill()
        self._say(self.words, hit.word_rank, self.tr("words: no. {rank}"), self.tr("words: not found"))
        self._say(self.meaning, hit.vector_rank, self.tr("meaning: no. {rank}"), self.tr("meaning: not near"))
        head = row(gap=2)
        head.addWidget(file, 1)
        head.addWidget(self.words)
        head.addWidget(self.meaning)
        self.text = MarkedText()
        self.text.set_text(hit.passage.text, common_words(hit.passage.text, question)[0])
        layout = column(self, margin=4, gap=1.5)
        layout.addLayout(head)
        if where:
            layout.addWidget(label(where, "caption", wrap=True))
        layout.addWidget(self.text)

    def _say(self, pill: Pill, rank: int | None, found: str, missed: str) -> None:
        if rank is None:
            pill.set("not_found", missed, "unchecked")
        else:
            pill.set("supported", found.format(rank=number_words(rank)), "accent")
