"""Asks which waiting answers go along to another computer, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.theme import space
from desktop.widgets.basic import Choice, button, captioned, column, label, notice, row

if TYPE_CHECKING:
    from core.review import QueueItem


class TakeDialog(QDialog):
    """All that waits, or what is assigned to somebody; for every reviewer, or for one."""

    def __init__(
        self,
        waiting: Sequence[QueueItem],
        reviewers: Sequence[str],
        me: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._waiting, self._reviewers = tuple(waiting), tuple(reviewers)
        self._groups = _groups(self._waiting, me)
        self.setWindowTitle(self.tr("Take answers along"))
        self.which, self.whom = Choice(), Choice()
        self.which.addItems([self._group_words(name) for name in self._groups])
        self.whom.addItems([self.tr("Every reviewer of this library"), *self._reviewers])
        self.ok, cancel = button("export", "primary"), button()
        self.ok.setText(self.tr("Choose a file…"))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.which.currentIndexChanged.connect(self._look)
        explain = self.tr(
            "Reviewers decide on another computer, without this library, and send back a file of signed "
            "decisions."
        )
        layout = column(self, margin=6, gap=3)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        for words, field in ((self.tr("Answers"), self.which), (self.tr("For"), self.whom)):
            layout.addLayout(captioned(words, field, gap=3))
        layout.addWidget(self._build_warning())
        buttons = row(gap=2)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        layout.addLayout(buttons)
        width = max(space(140), layout.minimumSize().width())
        self.setMinimumWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))
        self._look()

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The answers that go along."""
        wanted = self._groups[self.which.currentIndex()]
        return tuple(each.answer_id for each in self._waiting if wanted is None or _of(each) == _fold(wanted))

    @property
    def people(self) -> tuple[str, ...]:
        """Whom the file is for; nobody named: every reviewer."""
        at = self.whom.currentIndex()
        return () if at <= 0 else (self._reviewers[at - 1],)

    def _build_warning(self) -> QWidget:
        warning = notice()
        words = self.tr(
            "The file holds these answers in full, the text of the document pages that their evidence stands "
            "on, and the reviewers' keys, locked by their passphrases. It is signed by this library but not "
            "encrypted: hand it over as you would hand over the documents."
        )
        column(warning, margin=3).addWidget(label(words, wrap=True))
        return warning

    def _group_words(self, name: str | None) -> str:
        count = sum(name is None or _of(each) == _fold(name) for each in self._waiting)
        if name is None:
            return self.tr("All that wait: %Ln", "", count)
        if not name:
            return self.tr("Assigned to nobody yet: %Ln", "", count)
        words: str = self.tr("Assigned to {name}: %Ln", "", count)
        return words.format(name=name)

    @Slot()
    def _look(self) -> None:
        self.ok.setEnabled(bool(self.answer_ids))


def _groups(waiting: Sequence[QueueItem], me: str) -> tuple[str | None, ...]:
    """All (None), mine, those of each other name, nobody's (empty); each person once, whatever the case."""
    names = {_fold(me): me.strip()} if me.strip() else {}
    for each in waiting:
        names.setdefault(_of(each), (each.assigned_to or "").strip())
    named = [name for name in names.values() if name]
    return (None, *named, *([""] if "" in names.values() else []))


def _of(item: QueueItem) -> str:
    return _fold(item.assigned_to or "")


def _fold(name: str) -> str:
    return name.strip().casefold()
