"""How a document stands to others: which goes first where two disagree, and from when to when one holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from core.types import Force, Standing
from desktop.models.documents import force_today, force_word
from desktop.theme import space
from desktop.widgets.basic import Whole, button, column, label, row
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill

_HIGHEST = 999
_TONES = {
    Force.NOW: ("done", "supported"),
    Force.PAST: ("warning", "not_found"),
    Force.FUTURE: ("history", "not_found"),
}


class StandingBox(QFrame):
    """Shows and sets the standing of one document.

    Signals:
        wanted: the Standing that its owner gives it; the plain one takes it away
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: str | None = None
        self._stored = Standing()
        self._title, self.force = label(kind="strong"), Pill()
        self.authority, self.first, self.last = Whole(), QLineEdit(), QLineEdit()
        self.authority.setRange(-_HIGHEST, _HIGHEST)
        self.authority.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the sheet's padding does not reach it
        self._captions = [label(kind="caption") for _ in range(3)]
        self._explain = label(kind="caption", wrap=True)
        self.problem = label(wrap=True)
        self.set, self.clear = button("done"), button("clear", "plain")
        self.authority.valueChanged.connect(self._look)
        for box in (self.first, self.last):
            box.setPlaceholderText("2025-01-31")
            box.textChanged.connect(self._look)
            box.returnPressed.connect(self.set.click)
        self.set.clicked.connect(self._set)
        self.clear.clicked.connect(self._clear)
        self._build()
        self.retranslate()

    @property
    def standing(self) -> Standing:
        """As the boxes say it; the core judges whether days are days."""
        first, last = self.first.text().strip(), self.last.text().strip()
        return Standing(self.authority.value(), first or None, last or None)

    def show_standing(self, path: str, standing: Standing) -> None:
        """Show what is stored of a document. What is being typed for it is left alone."""
        if (path, standing) != (self._path, self._stored):
            self._path, self._stored = path, standing
            self.authority.setValue(standing.authority)
            self.first.setText(standing.valid_from or "")
            self.last.setText(standing.valid_until or "")
        self.retranslate()

    def explain(self, words: str) -> None:
        """Say why a standing could not be set."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._title.setText(self.tr("Standing"))
        names = (self.tr("Authority"), self.tr("Valid from"), self.tr("Valid until"))
        for caption, box, words in zip(self._captions, self._boxes(), names, strict=True):
            caption.setText(words)
            box.setAccessibleName(words)
        self._explain.setText(
            self.tr(
                "Where documents disagree, the higher authority goes first. Before its first and after its "
                "last day a document supports nothing: what only it says is not supported."
            )
        )
        self.set.setText(self.tr("Set"))
        self.clear.setText(self.tr("Clear"))
        force = force_today(self._stored)
        icon, tone = _TONES[force]
        self.force.set(icon, force_word(force), tone)
        self.force.setVisible(self._stored != Standing())
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _boxes(self) -> tuple[QWidget, QWidget, QWidget]:
        return self.authority, self.first, self.last

    def _build(self) -> None:
        head = row(gap=2)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.force)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(space(0.5))
        for at, (caption, box) in enumerate(zip(self._captions, self._boxes(), strict=True)):
            caption.setBuddy(box)
            grid.addWidget(caption, 0, at)
            grid.addWidget(box, 1, at)
            grid.setColumnStretch(at, 1)
        deeds = Flow(gap=2)
        deeds.add(self.set, self.clear)
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addLayout(grid)
        for part in (self.problem, self._explain, deeds):
            layout.addWidget(part)

    @Slot()
    def _look(self) -> None:
        self.explain("")
        self.set.setEnabled(self.standing != self._stored)
        self.clear.setEnabled(self._stored != Standing())

    @Slot()
    def _set(self) -> None:
        self.wanted.emit(self.standing)

    @Slot()
    def _clear(self) -> None:
        self.wanted.emit(Standing())
