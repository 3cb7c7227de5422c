"""A stop sign that another thread, or another process, can raise in the middle of llama.cpp's work.

llama.cpp asks an abort callback after each step of its graph, hundreds of times a prompt chunk. A
Python function would need the interpreter's lock each time; instead the callback is the C library's
``strlen`` over a shared byte: an empty string (0) reads as "go on", a string of one character as "abort".
No Python runs, no thread is needed, and where the byte lies in memory shared with the parent process the
parent raises it directly.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import sys
from multiprocessing.context import SpawnContext
from typing import Any

_GO, _STOP = b"\0", b"\1"


class StopFlag:
    """One byte, down or up. ``shared`` is handed to a child process; see ``StopFlag.of``."""

    def __init__(self, shared: Any | None = None) -> None:
        self.shared = (ctypes.c_char * 2)() if shared is None else shared

    @classmethod
    def across_processes(cls, context: SpawnContext | None = None) -> StopFlag:
        """A flag whose byte lies in memory that a spawned child can share."""
        return cls((context or multiprocessing.get_context("spawn")).RawArray(ctypes.c_char, 2))

    def raise_(self) -> None:
        """Ask whoever works under this flag to stop."""
        self.shared[0] = _STOP

    def lower(self) -> None:
        """Take the sign down before new work."""
        self.shared[0] = _GO

    @property
    def is_up(self) -> bool:
        """Whether a stop was asked for."""
        return bool(self.shared[0] == _STOP)

    @property
    def address(self) -> int:
        """Where the byte lies, for the native callback."""
        return ctypes.addressof(self.shared)


def native_callback() -> int:
    """The address of a C function that answers non-zero once the string at its argument is not empty."""
    library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    address = ctypes.cast(library.strlen, ctypes.c_void_p).value
    assert address is not None
    return address
