"""A new pilot run: questions, models, options, and where it is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from core.settings import home
from desktop.backend import Backend
from desktop.pilot_backend import PilotWish
from desktop.text import path_words
from desktop.views.base import View
from desktop.views.pilot_models import ModelsCard
from desktop.views.pilot_set import SetCard
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.pilot_options import OptionsCard
from desktop.widgets.scroller import Scroller


class SetupPage(View):
    """Three steps, and a button that says what is still missing.

    Signals:
        start_wanted: the PilotWish that was put together
        left: back without a run
    """

    start_wanted = Signal(object)
    left = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.parent_folder = home() / "pilots"
        self.set, self.models, self.options = SetCard(backend), ModelsCard(backend), OptionsCard()
        for part in (self.set, self.models):
            part.failed.connect(self.failed)
            part.changed.connect(self._show)
        self.models.changed.connect(self._offer_writers)
        self.set.changed.connect(self._offer)
        self.options.changed.connect(self._show)
        layout = column(self, gap=3)
        layout.addLayout(self._body(), 1)
        layout.addLayout(self._foot())
        self.retranslate()

    @property
    def wish(self) -> PilotWish | None:
        """The run that would begin now; None while something is missing."""
        asked, models = self.set.asked, self.models.chosen
        if asked is None or not asked.usable or not models:
            return None
        name = f"{Path(asked.name).stem}-{datetime.now():%Y%m%d-%H%M%S}"  # as the command line names it
        return PilotWish(
            self.parent_folder / name,
            asked,
            models,
            self.options.stability.value(),
            self.options.knockout.isChecked(),
            self.options.writer,
        )

    def refresh(self) -> None:
        """Look again what is installed and what memory is free."""
        self.models.refresh()

    @Slot()
    def begin(self) -> None:
        """Begin the run."""
        if (wish := self.wish) is not None:
            self.start_wanted.emit(wish)

    def retranslate(self) -> None:
        """Set every word again."""
        self.start.setText(self.tr("Start the run"))
        self.back.setText(self.tr("Cancel"))
        self.change.setText(self.tr("Keep it elsewhere…"))
        self._show()

    def _body(self) -> QLayout:
        body = row(gap=4)
        body.addWidget(_scrolled(self.set), 5)
        body.addWidget(_scrolled(self.models, self.options), 4)
        return body

    def _foot(self) -> QLayout:
        self.place, self.count = label(kind="caption", wrap=True), label(kind="strong", wrap=True)
        self.start, self.back, self.change = button("play", "primary"), button(), button("folder")
        self.start.clicked.connect(self.begin)
        self.back.clicked.connect(self.left)
        self.change.clicked.connect(self._choose)
        words = column(gap=0.5)
        words.addWidget(self.count)
        words.addWidget(self.place)
        foot = row(gap=2)
        foot.addLayout(words, 1)
        for part in (self.change, self.back, self.start):
            foot.addWidget(part)
        return foot

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Keep the run in a folder"), str(self._known()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _known(self) -> Path:
        return self.parent_folder if self.parent_folder.is_dir() else home()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.parent_folder = Path(name)
        self._show()

    @Slot()
    def _offer(self) -> None:
        asked = self.set.asked
        fit = sum(question.expected is not None for question in asked.questions) if asked else 0
        self.options.offer(fit)

    @Slot()
    def _offer_writers(self) -> None:
        self.options.offer_writers([model.name for model in self.models.chosen])

    @Slot()
    def _show(self) -> None:
        wish = self.wish
        self.start.setEnabled(wish is not None)
        self.count.setText(self._missing() if wish is None else self._planned(wish))
        words = self.tr("The run gets a folder of its own in {path}. It can be paused and gone on with.")
        self.place.setText(words.format(path=path_words(self.parent_folder)))

    def _missing(self) -> str:
        asked = self.set.asked
        if asked is None:
            return self.tr("Choose a question set to begin with.")
        if not asked.usable:
            return self.tr("This set cannot be run yet.")
        return self.tr("Tick the models that shall answer.")

    def _planned(self, wish: PilotWish) -> str:
        count: str = self.tr("%Ln answer(s)", "", wish.answers)
        if not wish.stability:
            return count
        variants: str = self.tr("variants of %Ln question(s)", "", wish.stability)
        return f"{count} + {variants}"


def _scrolled(*cards: QWidget) -> Scroller:
    """Cards one beneath the other."""
    page = QWidget()
    page.setObjectName("page")
    inside = column(page, gap=4)
    for card in cards:
        inside.addWidget(card)
    inside.addStretch(1)
    return Scroller(page)
