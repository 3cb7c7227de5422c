"""One piece of work at a time, for engines whose methods may be called from any thread."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from core.errors import EngineError


class Turn:
    """Who works has the ``lock``. ``closed`` is set once and for all: nothing begins any more."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.closed = False

    @property
    def busy(self) -> bool:
        """Whether somebody works right now."""
        return self.lock.locked()

    def require_free(self) -> None:
        """Raise EngineError ``engine_busy`` while somebody works; for what is asked now and begins later."""
        if self.busy:
            raise EngineError("engine_busy")

    @contextmanager
    def taken(self) -> Generator[None, None, None]:
        """Work; nobody waits for a turn. Raises EngineError ``engine_busy`` or ``engine_closed``."""
        if not self.lock.acquire(blocking=False):
            raise EngineError("engine_busy")
        try:
            if self.closed:
                raise EngineError("engine_closed")
            yield
        finally:
            self.lock.release()
