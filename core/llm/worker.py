"""The child's side of ``process.py``: loads the model, then answers messages until the pipe closes.

This module is imported by the parent too, so llama.cpp is imported in ``main`` only.
"""

from __future__ import annotations

import faulthandler
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import CoreError
from core.llm.engine import EngineConfig, EngineEvent, EngineFacts, Message, Request, Timed
from core.llm.stopflag import StopFlag
from core.offline import go_offline

if TYPE_CHECKING:
    from core.llm.local import LlamaLocal  # the parent must not load llama.cpp


@dataclass(frozen=True, slots=True)
class Count:
    """Ask for the length of a prompt."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The length of a prompt in tokens."""

    tokens: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A request could not be met; the child goes on, except when it could not load the model."""

    error: CoreError


@dataclass(frozen=True, slots=True)
class Bare:
    """Ask how long llama.cpp alone takes for a request."""

    request: Request


Order = Request | Count | Bare
Reply = EngineFacts | EngineEvent | Counted | Timed | Failed


def main(pipe: Connection, path: Path, config: EngineConfig, shared_stop: Any, log: str) -> None:
    """Run in the child. The first reply is the engine's facts, or why there is no engine."""
    go_offline()
    _quiet(log)
    from core.llm import native  # noqa: PLC0415  the parent must not load llama.cpp
    from core.llm.local import LlamaLocal  # noqa: PLC0415

    native.echo_log()

    try:
        engine = LlamaLocal(path, config, stop=StopFlag(shared_stop))
    except CoreError as error:
        pipe.send(Failed(error))
        return
    try:
        pipe.send(engine.facts())
        while True:
            _answer(engine, pipe.recv(), pipe)
    except (EOFError, OSError):
        engine.close()  # the parent closed the pipe or is gone: so is the work


def _answer(engine: LlamaLocal, order: Order, pipe: Connection) -> None:
    try:
        if isinstance(order, Count):
            pipe.send(Counted(engine.count_tokens(order.messages)))
            return
        if isinstance(order, Bare):
            pipe.send(engine.bare(order.request))
            return
        for event in engine.generate(order):
            pipe.send(event)
    except CoreError as error:
        pipe.send(Failed(error))


def _quiet(log: str) -> None:
    """Send this process's output, native code's too, to a file that the parent reads when we die."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.environ["GGML_NO_BACKTRACE"] = "1"  # else a failed assertion starts a debugger where one is installed
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.close(output)
    with suppress(OSError):  # Windows keeps the name of an open file: the parent removes it there
        os.unlink(log)  # the parent reads through the handle it has; nothing is left if it dies
    faulthandler.enable(file=2)
