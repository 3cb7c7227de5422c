"""The core behind a window that shows before the core is imported.

Importing the checker, the index and llama.cpp's binding takes about a second of computing. The first call
that comes from a worker thread does it; the window is there by then.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.settings import Settings

if TYPE_CHECKING:
    from desktop.core_backend import CoreBackend


class LateBackend:
    """Keeps the settings itself and passes every call on. Calls that must not wait (``stop``, ``close``)
    reach the core only where it is there.
    """

    def __init__(self, library_folder: Path, settings: Settings) -> None:
        self.library_folder = library_folder
        self._first = settings
        self._lock = threading.Lock()
        self._core: CoreBackend | None = None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._first if self._core is None else self._core.settings

    def apply(self, settings: Settings) -> None:
        """Store new settings. Before the core is there, it will find them."""
        self.core().apply(settings)

    def stop(self) -> None:
        """Wake a running answer; without a core none runs."""
        if self._core is not None:
            self._core.stop()

    def close(self) -> None:
        """Free what was loaded."""
        if self._core is not None:
            self._core.close()

    def core(self) -> CoreBackend:
        """The core itself; imports it the first time."""
        with self._lock:
            if self._core is None:
                from desktop.core_backend import CoreBackend  # noqa: PLC0415 - the whole point

                self._core = CoreBackend(self.library_folder, self._first)
            return self._core

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.core(), name)
