"""One answer, from the question to its audit record; the door for the command line and the window."""

from core.assistant.assistant import Assistant, Given
from core.assistant.opening import open_assistant, open_encoders, open_engine
from core.assistant.output import answer_object

__all__ = ["Assistant", "Given", "answer_object", "open_assistant", "open_encoders", "open_engine"]
