"""The bottom of the documents screen: where files may be dropped, how reading goes, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from core.index.freshness import Freshness
from core.index.progress import FileDone, FileStarted, IngestEvent, PassagesIndexed
from core.types import DocumentState
from desktop.backend import FileRow
from desktop.models.documents import is_ready
from desktop.theme import space
from desktop.widgets.basic import column, label, repolish
from desktop.widgets.run_progress import RunProgress

_CENTER = Qt.AlignmentFlag.AlignHCenter


class Outcome(StrEnum):
    """What reading a file came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_USABLE = "not_usable"


class ReadingBar(QStackedWidget):
    """Idle it invites files; while they are read it shows progress; afterwards the tally stays.

    Signals:
        stop_wanted: the user asked to end the reading
    """

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ("", 0, 0)
        self._known: dict[str, str] = {}
        self.outcomes: Counter[Outcome] = Counter()
        self._drop = QFrame()
        self._drop.setObjectName("drop")
        self.tally, self._hint = label(kind="strong"), label(kind="caption")
        inside = column(self._drop, margin=3, gap=1)
        inside.addStretch(1)
        for words in (self.tally, self._hint):
            words.setAlignment(words.alignment() | _CENTER)
            inside.addWidget(words)
        inside.addStretch(1)
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self.stop_wanted)
        self.addWidget(self._drop)
        self.addWidget(self.progress)
        self.setFixedHeight(space(17))
        self.retranslate()

    def begin(self, listed: Iterable[FileRow]) -> None:
        """Files are about to be read; ``listed`` are those that the library holds already."""
        self._known = {row.document.path: row.document.sha256 for row in listed}
        self.outcomes.clear()
        self.setCurrentWidget(self.progress)
        self.progress.begin(self.tr("Looking for files"))

    def show_event(self, event: IngestEvent) -> None:
        """Reading has come a step further."""
        if isinstance(event, FileStarted):
            self._file = (Path(event.path).name, event.index, event.total)
            self._show_share(0.0)
        elif isinstance(event, PassagesIndexed):
            self._show_share(event.done / event.total if event.total else 0.0)
        elif isinstance(event, FileDone):
            self.outcomes[self._outcome(event)] += 1
            self._show_share(1.0)

    def end(self) -> None:
        """Reading is over; the tally tells what came of it."""
        self.progress.end()
        self.setCurrentWidget(self._drop)
        self._show_tally()

    def hot(self, *, hot: bool) -> None:
        """Files hover over the page."""
        self._drop.setProperty("hot", hot)
        repolish(self._drop)

    def retranslate(self) -> None:
        """Set the words again."""
        self._hint.setText(self.tr("Drop files or folders anywhere on this page to add them."))
        self._show_tally()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _outcome(self, event: FileDone) -> Outcome:
        document = event.document
        if document.state is DocumentState.UNCHANGED:
            return Outcome.UNCHANGED
        if not is_ready(FileRow(document, Freshness.AS_READ)):
            return Outcome.NOT_USABLE
        return Outcome.CHANGED if document.path in self._known else Outcome.NEW

    def _show_share(self, share: float) -> None:
        name, index, total = self._file
        words = self.tr("Reading file {index} of {total}: {name}").format(index=index, total=total, name=name)
        self.progress.show_count(words, round(100 * (index - 1 + share)), 100 * total)

    def _show_tally(self) -> None:
        words = {
            Outcome.NEW: self.tr("%Ln new", "", self.outcomes[Outcome.NEW]),
            Outcome.CHANGED: self.tr("%Ln changed", "", self.outcomes[Outcome.CHANGED]),
            Outcome.UNCHANGED: self.tr("%Ln unchanged", "", self.outcomes[Outcome.UNCHANGED]),
            Outcome.NOT_USABLE: self.tr("%Ln could not be used", "", self.outcomes[Outcome.NOT_USABLE]),
        }
        told = [words[outcome] for outcome in Outcome if self.outcomes[outcome]]
        read = self.tr("%Ln file(s) read", "", self.outcomes.total())
        self.tally.setText(" · ".join([read, *told]) if told else "")
        self.tally.setVisible(bool(told))
