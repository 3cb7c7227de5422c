"""Parts of the core that the window needs only once there is an answer, imported when they are first used.

The window shows before any of them is loaded. By the time that one is used here, a worker thread has loaded
it already: ``warm`` does so for all of them once the window is there. Write::

    if TYPE_CHECKING:
        from core import gate
    else:
        gate = Late("core.gate")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from core.words import catalogue

_names: list[str] = []


class Late:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        _names.append(name)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def warm() -> None:
    """Import them all, and read the core's sentences. For a worker thread: it takes half a second."""
    catalogue()
    for name in dict.fromkeys(_names):
        import_module(name)
