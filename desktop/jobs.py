"""The bridge between core generators and the window; the only place with threads.

A view writes ``Job(lambda: backend.answer(question))``, connects ``yielded``, ``failed`` and ``finished`` to
``@Slot`` methods of QObjects that live on the main thread, and starts it; for one plain call ``start_call``
does all of this. Never connect these signals to a lambda or to a method of a plain object: that would run in
the worker thread.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer, Signal, SignalInstance, Slot

from core.errors import CoreError

T = TypeVar("T")
Stream = Callable[[], Iterator[object]]
Failed = Callable[[CoreError], None] | SignalInstance

_GIVE_WAY = 0.0001  # seconds after which a worker's Python code gives way while the main thread is in a hurry
_QUICK = 6  # threads beside those that long work may take: a quick question to the core never waits for it
_running: set[Job] = set()  # holds each job until its last signal has been delivered
_spent: list[Job] = []  # jobs that are over, until the event loop comes round


class Job(QObject):
    """Runs one core generator off the main thread; every yield becomes a signal.

    A QObject must die on its own thread and not inside one of its own slots. So the worker lets go of the
    job before it says that it is done, and the main thread drops it from the event loop afterwards.

    Signals:
        yielded: whatever the generator yields (QObject.event is taken by Qt)
        failed: the CoreError that ended it; any other exception is a bug and goes to ``sys.excepthook``
        finished: always last, also after a failure or a cancel
    """

    yielded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, stream: Stream, *, on_cancel: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._on_cancel = on_cancel
        self._cancelled = threading.Event()
        self._let_go = threading.Event()
        self._stream = stream
        self.finished.connect(self._forget)

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled.is_set()

    def start(self) -> None:
        """Begin; signals arrive once the caller is back in the event loop."""
        _running.add(self)
        pool = QThreadPool.globalInstance()
        pool.setMaxThreadCount(QThread.idealThreadCount() + _QUICK)
        pool.start(_Work(self, self._stream, self._cancelled, self._let_go).run)

    def cancel(self) -> None:
        """Ask the generator to end. It is closed on its own thread at its next yield (a heartbeat at the
        latest); ``on_cancel`` may wake it sooner.
        """
        self._cancelled.set()
        if self._on_cancel is not None:
            self._on_cancel()

    @Slot()
    def _forget(self) -> None:
        self._let_go.wait()  # microseconds: the worker has sent its last signal
        _running.discard(self)
        _spent.append(self)
        QTimer.singleShot(0, _spent.clear)


class _Work:
    """What runs on the worker thread; it holds the job only as long as it has something to tell."""

    def __init__(self, job: Job, stream: Stream, cancelled: threading.Event, let_go: threading.Event) -> None:
        self._job: Job | None = job
        self._stream = stream
        self._cancelled = cancelled
        self._let_go = let_go

    def run(self) -> None:
        """Iterate to the end, a cancel or an error."""
        assert self._job is not None
        try:
            self._iterate(self._job)
        finally:
            self._job.finished.emit()
            self._job = None
            self._let_go.set()

    def _iterate(self, job: Job) -> None:
        try:
            with closing(cast(Any, self._stream())) as events:  # closing: the core's finally runs here
                for event in events:
                    if self._cancelled.is_set():
                        break
                    job.yielded.emit(event)
        except CoreError as error:
            job.failed.emit(error)
        finally:
            del job  # also out of the reach of a traceback


def call(work: Callable[[], object]) -> Job:
    """A job for one plain call: its return value arrives as the only event."""

    def once() -> Iterator[object]:
        yield work()

    return Job(once)


def start_call(work: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
    """Run one plain call: its return value goes to ``then``, a CoreError to ``failed``.

    Both are ``@Slot`` methods of QObjects on the main thread, ``failed`` may be a signal.
    """
    job = call(work)
    job.yielded.connect(then)
    job.failed.connect(failed)
    job.start()


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let workers give way at once while a list is painted: Qt asks Python for each of a thousand cells, and
    with Python's own interval of 5 ms each of these questions may wait that long for a worker. Not for good:
    a short interval costs workers a fifth of their speed.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_GIVE_WAY)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def stop_all(wait_ms: int = 3000) -> bool:
    """Cancel what runs and wait for it, before the application ends. False when something still runs."""
    for job in list(_running):
        job.cancel()
    return QThreadPool.globalInstance().waitForDone(wait_ms)
