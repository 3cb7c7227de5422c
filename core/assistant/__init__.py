"""One answer, from the question to its audit record; the door for the command line and the window.

What it offers is imported when it is first asked for: whoever needs ``core.assistant.events`` alone, as the
window does before it shows, does not wait for the checker and the library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.assistant.assistant import Assistant, Given, Written
    from core.assistant.opening import open_assistant, open_encoders, open_engine
    from core.assistant.output import answer_object

__all__ = ["Assistant", "Given", "Written", "answer_object", "open_assistant", "open_encoders", "open_engine"]

_HOMES = {
    "Assistant": "assistant",
    "Given": "assistant",
    "Written": "assistant",
    "answer_object": "output",
    "open_assistant": "opening",
    "open_encoders": "opening",
    "open_engine": "opening",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
