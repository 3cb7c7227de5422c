"""llama.cpp in a child process: a crash, a kill or a hang there is an event here, said in words.

The child is spawned with the first request and again after it died. It answers typed messages over a pipe;
it computes in its only thread, and a byte in shared memory stops it in the middle of a native step. Where
that takes too long it is killed: a stop is never refused.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO

from core.errors import CoreError, EngineError
from core.llm import worker
from core.llm.engine import (
    EngineConfig,
    EngineEvent,
    EngineFacts,
    Generated,
    Heartbeat,
    Message,
    Request,
    StopReason,
    Timed,
    Token,
)
from core.llm.stopflag import StopFlag
from core.llm.turn import Turn

BEAT = 0.04  # seconds between looks at the pipe; a heartbeat is due every 0.1
GRACE = 0.1  # seconds that a stop waits for the child before it is killed
EXIT_WAIT = 2.0  # seconds for a child whose pipe is closed to be gone
LOG_TAIL = 4_000  # characters of the child's last output that an error carries

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class _Child:
    """A running child: its process, our end of the pipe, and the file that its output goes to."""

    process: BaseProcess
    pipe: Connection
    output: BinaryIO
    log: Path
    facts: EngineFacts | None = None


class LlamaProcess:
    """An engine in a child process. Its methods may be called from any thread; one works at a time, the
    others raise EngineError ``engine_busy``.
    """

    def __init__(self, path: Path, config: EngineConfig) -> None:
        """Nothing is started yet: the model is loaded with the first request."""
        self._path = path
        self._config = config
        self._stop = StopFlag.across_processes(_SPAWN)
        self._turn = Turn()
        self._child: _Child | None = None
        self._dying: list[_Child] = []

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Yield tokens, and a heartbeat at least every 100 ms while there is nothing else, then Generated.

        A stop() after this call counts for it, whether or not it has been iterated yet.
        """
        self._turn.require_free()
        self._stop.lower()
        return self._generate(request)

    def load(self) -> Generator[Heartbeat, None, None]:
        """Start the child and load the model, with a heartbeat at least every 100 ms meanwhile."""
        with self._working():
            self._stop.lower()
            child = self._started()
            while child.facts is None:
                yield Heartbeat(0.0)
                self._receive_unless_stopped(child)

    def count_tokens(self, messages: tuple[Message, ...]) -> int:
        """Prompt length in tokens after the chat template. Starts the child where none runs."""
        with self._working():
            child = self._ready()
            self._send(child, worker.Count(messages))
            while True:
                reply = self._receive_unless_stopped(child)
                if isinstance(reply, worker.Counted):
                    return reply.tokens

    def bare(self, request: Request) -> Generator[Heartbeat | Timed, None, None]:
        """How long llama.cpp alone takes for a request in the same child: heartbeats, then a Timed.

        Closing the iterator before its end ends the child.
        """
        with self._working():
            reply: worker.Reply | None = None
            try:
                self._send(self._ready(), worker.Bare(request))
                while not isinstance(reply, Timed):
                    assert self._child is not None
                    reply = self._receive_unless_stopped(self._child)
                    yield reply if isinstance(reply, Timed) else Heartbeat(1.0)
            except CoreError:
                reply = Timed(0, 0.0, 0, 0.0)  # said by the child itself, which rests; or it is gone
                raise
            finally:
                if reply is None or not isinstance(reply, Timed):
                    self._end()

    def facts(self) -> EngineFacts:
        """What to record about this engine. Starts the child where none runs."""
        with self._working():
            facts = self._ready().facts
            assert facts is not None
            return facts

    def stop(self) -> None:
        """Ask the running generation to end; the thread that iterates it kills the child if it must. A wait
        in another method ends with EngineError ``engine_stopped``.
        """
        self._stop.raise_()

    def close(self) -> None:
        """End the child. A generation that another thread still iterates ends as stopped."""
        self._turn.closed = True
        self._stop.raise_()
        if self._turn.lock.acquire(timeout=EXIT_WAIT):
            self._end()
            self._turn.lock.release()
        elif child := self._child:  # a generation that nobody iterates any more: it finds the child dead
            child.process.kill()

    @property
    def busy(self) -> bool:
        """Whether it is loading, counting or writing right now."""
        return self._turn.busy

    @property
    def pid(self) -> int | None:
        """The child's process id, None while none runs."""
        return self._child.process.pid if self._child else None

    # One generation.

    def _generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        with self._working():
            over = False
            try:
                for event in self._events(request):
                    over = isinstance(event, Generated)
                    yield event
            except CoreError:
                over = True  # the child has said so itself, or is gone
                raise
            finally:
                if not over:
                    self._abandon()

    def _events(self, request: Request) -> Generator[EngineEvent, None, None]:
        """All events of one generation; a stop that the child does not heed in time kills it."""
        started, progress, tokens = time.monotonic(), 0.0, 0
        asked: float | None = None  # when a stop was seen
        for reply in self._replies(request):
            tokens += isinstance(reply, Token)
            progress = reply.progress if isinstance(reply, Heartbeat) else progress
            yield Heartbeat(progress) if reply is None else reply
            if isinstance(reply, Generated) or not self._stop.is_up:
                continue
            asked = asked or time.monotonic()
            if time.monotonic() - asked > GRACE:
                self._kill()
                yield Generated(StopReason.STOPPED, 0, 0, tokens, time.monotonic() - started, 0.0)
                return

    def _replies(self, request: Request) -> Iterator[EngineEvent | None]:
        """What the child sends up to the end of the generation; None whenever a beat passed without."""
        child = self._started()
        while child.facts is None:
            self._receive(child)
            yield None
        self._send(child, request)
        reply: worker.Reply | None = None
        while not isinstance(reply, Generated):
            reply = self._receive(child)
            yield reply if isinstance(reply, EngineEvent) else None

    def _abandon(self) -> None:
        """The consumer has closed the iterator: let the child come to rest, or end it."""
        self._stop.raise_()
        if self._child is None:
            return
        until = time.monotonic() + GRACE
        try:
            while self._child.facts is not None and time.monotonic() < until:
                if isinstance(self._receive(self._child), Generated):
                    return
        except CoreError:
            return
        self._end()

    # The child.

    @contextmanager
    def _working(self) -> Generator[None, None, None]:
        with self._turn.taken():
            try:
                yield
            finally:
                if self._turn.closed:
                    self._end()

    def _ready(self) -> _Child:
        """The child with its model loaded; waits for it."""
        self._stop.lower()
        child = self._started()
        while child.facts is None:
            self._receive_unless_stopped(child)
        return child

    def _started(self) -> _Child:
        if self._child is not None and self._child.facts is not None and self._child.pipe.poll():
            self._end()  # at rest it says nothing: it died meanwhile, and nobody waited for it
        if self._child is None:
            self._end()
            self._child = self._spawn()
        return self._child

    def _spawn(self) -> _Child:
        handle, log = tempfile.mkstemp(prefix="touchstone-", suffix=".log")
        ours, theirs = _SPAWN.Pipe()
        arguments = (theirs, self._path, self._config, self._stop.shared, log)
        process = _SPAWN.Process(target=worker.main, args=arguments, daemon=True, name="touchstone-model")
        process.start()
        theirs.close()  # the child holds the only other end: when it dies, reading here ends at once
        return _Child(process, ours, os.fdopen(handle, "rb"), Path(log))

    def _send(self, child: _Child, order: worker.Order) -> None:
        try:
            child.pipe.send(order)
        except OSError as error:
            raise self._died(child) from error

    def _receive(self, child: _Child) -> worker.Reply | None:
        """The next reply, None when a beat passed without one. Raises what the child failed with."""
        try:
            if not child.pipe.poll(BEAT):
                return None
            reply: worker.Reply = child.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._died(child) from error
        if isinstance(reply, EngineFacts):
            child.facts = reply
        if isinstance(reply, worker.Failed):
            if child.facts is None:
                self._end()
            raise reply.error
        return reply

    def _receive_unless_stopped(self, child: _Child) -> worker.Reply | None:
        """As ``_receive``, for work that the child cannot break off: a stop ends the child."""
        if self._stop.is_up:
            self._end()
            raise EngineError("engine_stopped")
        return self._receive(child)

    def _died(self, child: _Child) -> EngineError:
        """Clear up after a child that is gone; returns the error that says how it went."""
        child.process.join(EXIT_WAIT)
        error = _obituary(child.process.exitcode, _tail(child.output))
        self._end()
        return error

    def _end(self) -> None:
        """Kill the child, whatever it does, and wait until its memory is free."""
        self._kill()
        while self._dying:
            child = self._dying.pop()
            child.process.join()
            with suppress(ValueError):  # somebody else has already waited for it
                child.process.close()
            child.output.close()
            child.log.unlink(missing_ok=True)  # the child has done so, but on Windows

    def _kill(self) -> None:
        """Kill the child and do not wait: freeing gigabytes may take longer than a stop should."""
        child, self._child = self._child, None
        if child is not None:
            child.pipe.close()
            child.process.kill()
            self._dying.append(child)


def _tail(output: BinaryIO) -> str:
    output.seek(0)
    return output.read().decode("utf-8", errors="replace")[-LOG_TAIL:].strip()


def _obituary(status: int | None, log: str) -> EngineError:
    """How a child went, from its exit status: negative is the number of a signal."""
    if status is None or status >= 0:
        return EngineError("engine_exited", status="?" if status is None else status, log=log)
    name = signal.Signals(-status).name
    codes = {"SIGILL": "engine_illegal", "SIGKILL": "engine_killed", "SIGTERM": "engine_killed"}
    return EngineError(codes.get(name, "engine_crashed"), signal=name, log=log)
