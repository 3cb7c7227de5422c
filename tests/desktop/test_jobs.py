from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from core.errors import EngineError
from desktop.jobs import Job, call, in_a_hurry, stop_all


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.threads: set[int] = set()

    @Slot(object)
    def take(self, event: object) -> None:
        self.seen.append(event)
        self.threads.add(threading.get_ident())


def test_every_yield_arrives_in_order_on_the_main_thread(qtbot: QtBot) -> None:
    made_on: list[int] = []

    def stream() -> Iterator[object]:
        made_on.append(threading.get_ident())
        yield from range(5)

    listener, job = Listener(), Job(stream)
    job.yielded.connect(listener.take)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert listener.seen == [0, 1, 2, 3, 4]
    assert listener.threads == {threading.get_ident()}
    assert made_on[0] != threading.get_ident()


def test_cancel_closes_the_generator_and_wakes_the_core(qtbot: QtBot) -> None:
    closed, woken = threading.Event(), threading.Event()

    def stream() -> Iterator[object]:
        try:
            while True:
                woken.wait(0.01)
                yield None
        finally:
            closed.set()

    job = Job(stream, on_cancel=woken.set)
    with qtbot.waitSignal(job.finished):
        job.start()
        job.cancel()
    assert woken.is_set()
    assert closed.is_set()
    assert job.cancelled


def test_an_error_that_a_person_can_act_on_arrives_as_failed_and_then_finished(qtbot: QtBot) -> None:
    order: list[object] = []

    def stream() -> Iterator[object]:
        yield 1
        raise EngineError("engine_busy")

    job = Job(stream)
    job.failed.connect(lambda error: order.append(error.code))
    job.finished.connect(lambda: order.append("finished"))
    with qtbot.waitSignal(job.finished):
        job.start()
    assert order == ["engine_busy", "finished"]


@pytest.mark.qt_no_exception_capture
def test_a_bug_goes_to_the_exception_hook_and_the_job_still_finishes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: seen.append(error))

    def broken() -> object:
        raise ZeroDivisionError

    job = call(broken)
    failures: list[object] = []
    job.failed.connect(failures.append)
    with qtbot.waitSignal(job.finished):
        job.start()
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)
    assert failures == []


def test_stopping_all_waits_for_what_runs(qtbot: QtBot) -> None:
    ended: list[float] = []

    def stream() -> Iterator[object]:
        try:
            while True:
                time.sleep(0.005)
                yield None
        finally:
            ended.append(time.monotonic())

    job = Job(stream)
    job.start()
    assert stop_all()
    assert ended
    qtbot.waitUntil(lambda: not stop_all.__globals__["_running"])


def test_workers_give_way_while_the_window_is_in_a_hurry_and_not_for_good() -> None:
    before, inside = sys.getswitchinterval(), []

    def paint() -> None:
        with in_a_hurry():
            inside.append(sys.getswitchinterval())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        paint()
    assert inside[0] < before / 10
    assert sys.getswitchinterval() == before
