"""One run of reading files into the library: its job, what it says at the bottom, and what is new so far."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.index.freshness import Freshness
from core.index.progress import FileDone, IngestEvent
from core.types import DocumentState
from desktop.backend import Backend, FileRow
from desktop.jobs import Job
from desktop.widgets.reading_bar import ReadingBar

_SHOWN_EVERY = 400  # milliseconds between two new pictures of the list while files are read


class ReadingRun(QObject):
    """Reads one lot of files at a time; stopping it keeps what was read.

    Signals:
        fresh: the FileRows by path that were read since the last time, a few times a second
        failed: the CoreError that ended it
        finished: it is over
    """

    fresh = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, backend: Backend, bar: ReadingBar) -> None:
        super().__init__(bar)
        self.backend = backend
        self._bar = bar
        self._job: Job | None = None
        self._fresh: dict[str, FileRow] = {}
        self._flush = QTimer(self)
        self._flush.setInterval(_SHOWN_EVERY)
        self._flush.timeout.connect(self._tell)
        bar.stop_wanted.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether files are being read."""
        return self._job is not None

    def start(self, paths: list[Path], listed: Iterable[FileRow]) -> None:
        """Read files and folders; ``listed`` are those that the library knows."""
        self._bar.begin(listed)
        self._job = Job(lambda: self.backend.add_documents(paths))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)
        self._job.start()
        self._flush.start()

    @Slot()
    def stop(self) -> None:
        """Stop reading."""
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _event(self, event: IngestEvent) -> None:
        self._bar.show_event(event)
        if isinstance(event, FileDone) and event.document.state is not DocumentState.UNCHANGED:
            self._fresh[event.document.path] = FileRow(event.document, Freshness.AS_READ)

    @Slot()
    def _tell(self) -> None:
        if self._fresh:
            told, self._fresh = self._fresh, {}
            self.fresh.emit(told)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self._flush.stop()
        self._tell()
        self._bar.end()
        self.finished.emit()
