"""Asks llama.cpp about the machine's devices in a child process: a driver that crashes or hangs when it is
looked at ends that child, and whoever asks needs not load llama.cpp at all.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from multiprocessing.connection import Connection

from core.errors import EngineError
from core.llm.offload import Hardware
from core.offline import go_offline

_PATIENCE = 30.0  # seconds: a driver's first start can take long
_KEPT = 20.0  # seconds that an answer counts as new: free memory changes
_SPAWN = multiprocessing.get_context("spawn")
_lock = threading.Lock()
_last: tuple[float, Hardware] | None = None


def hardware() -> Hardware:
    """The devices and their free memory, at most twenty seconds old. Takes about a second; any thread.

    Raises EngineError ``engine_probe_failed`` when the child dies or does not answer.
    """
    global _last  # noqa: PLW0603 - one machine, one answer
    with _lock:
        if _last is None or time.monotonic() - _last[0] > _KEPT:
            found = _ask()
            _last = (time.monotonic(), found)
        return _last[1]


def _ask() -> Hardware:
    here, there = _SPAWN.Pipe(duplex=False)
    child = _SPAWN.Process(target=_answer, args=(there,), daemon=True, name="touchstone-devices")
    child.start()
    there.close()  # so that the child's death reads as end of file
    try:
        if not here.poll(_PATIENCE):
            raise EngineError("engine_probe_failed", detail=f"{_PATIENCE:.0f} s")
        found: Hardware = here.recv()
        return found
    except EOFError as error:
        child.join(_PATIENCE)
        raise EngineError("engine_probe_failed", detail=f"exit {child.exitcode}") from error
    finally:
        here.close()
        child.kill()
        child.join()
        child.close()


def _answer(pipe: Connection) -> None:
    """Run in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    go_offline()
    from core.llm import gpu  # noqa: PLC0415 - the parent must not load llama.cpp

    pipe.send(gpu.hardware())
