"""One answer, from the question to its audit record; the door for the command line and the window."""

from core.assistant.assistant import Assistant
from core.assistant.opening import open_assistant

__all__ = ["Assistant", "open_assistant"]
