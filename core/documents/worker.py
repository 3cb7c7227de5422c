"""One child process for many files, replaced after a crash, a hang or too much memory."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import psutil

from core.documents import child
from core.documents.content import Limits

_HEARTBEAT = 0.05
_KILL_WAIT = 5.0


class Failure(Enum):
    """Why a request got no answer."""

    TIMED_OUT = auto()
    OUT_OF_MEMORY = auto()
    CRASHED = auto()
    FAILED = auto()
    TOO_LARGE = auto()


@dataclass(frozen=True, slots=True)
class Refused:
    """A request without an answer; ``detail`` names an exit code or an exception for the log."""

    failure: Failure
    detail: str = ""


class Worker:
    """Runs ``work(*request)`` in a child process under limits, one request at a time.

    ``work`` must be a function that the child can import by its name.
    """

    def __init__(self, work: child.Work, limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def ask(self, *request: Any) -> Iterator[bytes | Refused | None]:
        """Yield None at least every 100 ms while the child works, then the answer as the last item.

        Closing the iterator early ends the child.
        """
        connection = self._ready()
        finished = False
        try:
            connection.send(request)
            answer: bytes | Refused | None = None
            deadline = time.monotonic() + self._limits.seconds
            while answer is None:
                answer = self._look(connection, deadline)
                finished = isinstance(answer, bytes)
                yield answer
        finally:
            if not finished or self._grown():
                self.close()

    def close(self) -> None:
        """End the child; the next request starts another."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join(_KILL_WAIT)
            process.close()

    def _ready(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self.close()
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        process = spawn.Process(target=child.serve, args=(there, self._limits, self._work), daemon=True)
        process.start()
        there.close()  # so that the child's death reads as end of file
        self._process, self._connection = process, here
        return here

    def _look(self, connection: Connection, deadline: float) -> bytes | Refused | None:
        """Wait one heartbeat for the answer."""
        try:
            if connection.poll(_HEARTBEAT):
                return _read(connection.recv_bytes(self._limits.result))
        except EOFError:
            return Refused(Failure.CRASHED, self._exit())
        except OSError:  # the answer is longer than allowed, or the pipe broke
            dead = self._process is None or not self._process.is_alive()
            return Refused(Failure.CRASHED, self._exit()) if dead else Refused(Failure.TOO_LARGE)
        if self._resident() > self._limits.memory:
            return Refused(Failure.OUT_OF_MEMORY)
        return Refused(Failure.TIMED_OUT) if time.monotonic() > deadline else None

    def _exit(self) -> str:
        if self._process is None:
            return ""
        self._process.join(_KILL_WAIT)
        return f"exit {self._process.exitcode}"

    def _resident(self) -> int:
        """Memory held by the child; the only guard where the system has no limit on address space."""
        if self._process is None or self._process.pid is None:
            return 0
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _grown(self) -> bool:
        """Whether earlier files left so much behind that the next one would pay for it."""
        return self._resident() > self._limits.memory // 2


def _read(answer: bytes) -> bytes | Refused:
    kind, rest = answer[:1], answer[1:]
    if kind == child.DONE:
        return rest
    if kind == child.OUT_OF_MEMORY:
        return Refused(Failure.OUT_OF_MEMORY)
    return Refused(Failure.FAILED, rest.decode("utf-8", "replace")[:200])
