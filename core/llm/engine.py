"""What an engine is: one streaming method, the same for llama.cpp in this process, in a child process,
and a script in tests.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.types import ModelInfo


class Role(StrEnum):
    """Who speaks in a chat message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat; the model's own template turns a list of them into its prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What to generate. The same request gives the same tokens, with or without a cached prefix."""

    messages: tuple[Message, ...]
    max_tokens: int = 400
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """How to run a model. ``threads`` 0 means physical cores minus one, at least one; ``gpu_layers`` is
    ``"auto"`` or a number of layers to put on the GPU; ``context_tokens`` is cut to what the model was
    trained for (the engine's facts say what is in force).
    """

    context_tokens: int = 4096
    threads: int = 0
    gpu_layers: str = "auto"


@dataclass(frozen=True, slots=True)
class Token:
    """One generated token: its text (complete UTF-8, may be empty while a character is unfinished), its
    probability under the model, and the entropy of the model's distribution there, in nats (both before
    any temperature is applied); both None where a server does not tell them.
    """

    text: str
    probability: float | None
    entropy: float | None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new yet; sent at least every 100 ms while waiting. ``progress`` is the share of the prompt
    that has been read (0..1).
    """

    progress: float


class StopReason(StrEnum):
    """Why a generation ended."""

    END = "end"  # the model said it was done
    LENGTH = "length"  # max_tokens or the context was used up: the answer is cut off
    STOPPED = "stopped"  # stop() was called


@dataclass(frozen=True, slots=True)
class Generated:
    """The last event of a generation. Counts of the prompt are 0 where a server does not tell them."""

    reason: StopReason
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    prompt_seconds: float
    answer_seconds: float


EngineEvent = Token | Heartbeat | Generated


@dataclass(frozen=True, slots=True)
class Timed:
    """How long one text took: tokens of the prompt and seconds to read them, tokens and seconds to write."""

    read: int
    reading: float
    written: int
    writing: float


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What must be recorded to repeat a run: file, context, threads, offload, versions, CPU features."""

    model: ModelInfo
    context_tokens: int
    threads: int
    gpu_layers: int
    backend: str
    llama_cpp: str
    cpu_features: str


class Engine(Protocol):
    """Writes text. One generation at a time."""

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Yield tokens and heartbeats, then exactly one Generated. Closing the iterator stops it.

        Raises EngineError when llama.cpp fails or its process dies; the engine is usable afterwards.
        """
        ...

    def load(self) -> Generator[Heartbeat, None, None]:
        """Make ready for the first request, with heartbeats meanwhile; at once where that is done.

        Raises ModelError or EngineError when the model cannot be run here.
        """
        ...

    def count_tokens(self, messages: tuple[Message, ...]) -> int:
        """Prompt length in tokens after the chat template. Raises EngineError."""
        ...

    def facts(self) -> EngineFacts:
        """What to record about this engine. Raises EngineError when the model cannot be loaded."""
        ...

    def stop(self) -> None:
        """Ask the running generation to end; may be called from any thread. Effective within 200 ms."""
        ...

    def close(self) -> None:
        """Free the model; the engine is not used afterwards."""
        ...
