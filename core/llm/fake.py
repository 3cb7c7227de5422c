"""A scripted engine for tests: it says what it was told to say and remembers what it was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator

from core.errors import EngineError
from core.llm.engine import (
    EngineEvent,
    EngineFacts,
    Generated,
    Heartbeat,
    Message,
    Request,
    StopReason,
    Token,
)
from core.types import ModelInfo

_PIECE = 4  # characters of a scripted token


class FakeEngine:
    """An engine without a model. ``enqueue`` scripts the next answers, ``history`` holds the requests."""

    def __init__(self, *answers: str | EngineError, context_tokens: int = 4096) -> None:
        self.history: list[Request] = []
        self.closed = False
        self._script: deque[str | EngineError] = deque(answers)
        self._context_tokens = context_tokens
        self._stopped = False

    def enqueue(self, *answers: str | EngineError) -> None:
        """Script the next generations: a text to write, or an error to raise."""
        self._script.extend(answers)

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Write the next scripted answer in tokens of a few characters."""
        self._stopped = False
        self.history.append(request)
        if not self._script:
            raise AssertionError("FakeEngine was asked for more answers than were enqueued")
        return self._generate(request, self._script.popleft())

    def _generate(self, request: Request, answer: str | EngineError) -> Generator[EngineEvent, None, None]:
        yield Heartbeat(0.0)
        if isinstance(answer, EngineError):
            raise answer
        yield Heartbeat(1.0)
        pieces = [answer[start : start + _PIECE] for start in range(0, len(answer), _PIECE)]
        reason = StopReason.END if len(pieces) <= request.max_tokens else StopReason.LENGTH
        written = 0
        for piece in pieces[: request.max_tokens]:
            if self._stopped:
                reason = StopReason.STOPPED
                break
            written += 1
            yield Token(piece, probability=0.9, entropy=0.3)
        yield Generated(reason, self.count_tokens(request.messages), 0, written, 0.0, 0.0)

    def load(self) -> Generator[Heartbeat, None, None]:
        """Ready after one heartbeat."""
        yield Heartbeat(0.0)

    def count_tokens(self, messages: tuple[Message, ...]) -> int:
        """A token for each few characters, and four around each message, as chat templates have them."""
        return sum(4 + -(-len(message.content) // _PIECE) for message in messages)

    def facts(self) -> EngineFacts:
        """Facts that look like an engine's and name it a fake."""
        return EngineFacts(
            model=ModelInfo("fake", "0" * 64),
            context_tokens=self._context_tokens,
            threads=1,
            gpu_layers=0,
            backend="fake",
            llama_cpp="fake",
            cpu_features="",
        )

    def stop(self) -> None:
        """End the running generation at its next token."""
        self._stopped = True

    def close(self) -> None:
        """Note that the engine was closed."""
        self.closed = True
