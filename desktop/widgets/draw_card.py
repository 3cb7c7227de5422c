"""The first step of calibration: how many claims to draw, and in which way."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from desktop.calibration_backend import CalibrationState
from desktop.theme import space
from desktop.widgets.basic import Choice, Whole, button, column, label, row

SMALLEST, USUAL, LARGEST = 10, 60, 400  # as the core has them
_WEIGHTED = "weighted"


class DrawCard(QFrame):
    """Asks for a draw.

    Signals:
        wanted: how many claims, and whether risky ones are to be drawn more often
    """

    wanted = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._state: CalibrationState | None = None
        self._title, self._explain = label(kind="strong"), label(kind="muted", wrap=True)
        self.count, self.method = Whole(), Choice()
        self.count.setRange(SMALLEST, LARGEST)
        self.count.setValue(USUAL)
        self.count.setSingleStep(10)
        self.count.setFixedWidth(space(20))
        self.count.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the style sheet's padding does not reach it
        self.draw = button("add")
        self.draw.clicked.connect(self._clicked)
        self.method.currentIndexChanged.connect(self._say_method)
        self.note = label(kind="caption", wrap=True)
        line = row(gap=2)
        line.addWidget(self.count)
        line.addWidget(self.method, 1)
        line.addWidget(self.draw)
        layout = column(self, margin=5, gap=3)
        for part in (self._title, self._explain):
            layout.addWidget(part)
        layout.addLayout(line)
        layout.addWidget(self.note)
        self.retranslate()

    def show_state(self, state: CalibrationState) -> None:
        """What there is to draw from. Draws go on in the way they began, unless a person changes it."""
        if self._state is None and state.method is not None:
            self.method.setCurrentIndex(int(state.method == _WEIGHTED))
        self._state = state
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("1  Draw claims of your answers"))
        self._explain.setText(
            self.tr(
                "Chance chooses them: claims that somebody picked would make every figure and the promise "
                "void. 40 to 80 are usual."
            )
        )
        self.count.setAccessibleName(self.tr("How many claims"))
        self.method.set_words([self.tr("All alike"), self.tr("Risky ones more often")])
        self.method.setAccessibleName(self.tr("How they are drawn"))
        self.draw.setText(self.tr("Draw"))
        self._say_method()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _say_method(self) -> None:
        weighted, state = self.method.currentIndex() == 1, self._state
        words = (
            self.tr("The chance grows with the risk and is known, so that it is weighed out of every figure.")
            if weighted
            else self.tr("Every claim has the same chance.")
        )
        self.draw.setEnabled(state is not None and state.could_draw > 0)
        self.note.setText(words if state is None else " ".join((words, *self._remarks(state, weighted))))

    def _remarks(self, state: CalibrationState, weighted: bool) -> Iterator[str]:
        """What there is to draw from, and what speaks against this way of drawing."""
        if not state.could_draw and not state.tasks:
            yield self.tr("There is nothing to draw from yet: ask some questions first.")
        else:
            yield self.tr("%Ln claim(s) can still be drawn.", "", state.could_draw)
        if state.elsewhere:
            yield self.tr(
                "%Ln answer(s) are left out: another version of the checker had checked them.",
                "",
                state.elsewhere,
            )
        if state.labelled and (state.method == _WEIGHTED) is not weighted:
            yield self.tr("The labels given so far count only for claims drawn the other way.")

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit(self.count.value(), self.method.currentIndex() == 1)
