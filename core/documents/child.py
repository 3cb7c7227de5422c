"""The process in which files from outside are parsed; the other end of ``worker``.

It is started by ``multiprocessing`` with *spawn*, so it works in a frozen executable whose first call is
``freeze_support()``. It never sees the library, and it answers with bytes only.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psutil

from core.documents.content import Limits
from core.offline import go_offline

if sys.platform == "linux":
    import resource

DONE, OUT_OF_MEMORY, FAILED = b"D", b"M", b"F"
_GRACE = 15.0

Work = Callable[..., bytes]


def serve(connection: Connection, limits: Limits, work: Work) -> None:
    """Answer requests until the other end is gone."""
    _settle(limits)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        _end_if_forgotten(limits)
        connection.send_bytes(_answer(work, request))


def _answer(work: Work, request: tuple[Any, ...]) -> bytes:
    try:
        return DONE + work(*request)
    except (MemoryError, RecursionError) as error:
        return OUT_OF_MEMORY if isinstance(error, MemoryError) else FAILED + b"RecursionError"
    except Exception as error:  # parsers raise anything; the parent makes it a state of the file
        return FAILED + _summary(error).encode("utf-8", "replace")


def _summary(error: Exception) -> str:
    """The kind of error and where it came from, without the text of the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.path.basename(frame.filename)}:{frame.lineno}"


def _settle(limits: Limits) -> None:
    """Close the network, bound the memory, silence the parsers, and leave Ctrl-C to the parent."""
    go_offline()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    _silence()
    # Each OpenBLAS thread reserves address space; openpyxl imports numpy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    if sys.platform == "linux":
        roof = psutil.Process().memory_info().vms + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (roof, roof))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    """Parsers and the crash reports of native code write to the terminal; nobody there can use it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _end_if_forgotten(limits: Limits) -> None:
    """Should the parent be killed while a parser hangs, the system ends this process a little later."""
    if sys.platform != "win32":
        signal.alarm(int(limits.seconds + _GRACE))
