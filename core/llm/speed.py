"""How fast a model reads and writes on this machine: a test of a few seconds that can be stopped.

It asks for short texts that share no beginning, so that no cache helps, and adds up what the engine itself
measures, until the time is over. Loading the model is not part of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

from core.llm.engine import (
    Engine,
    EngineEvent,
    Generated,
    Heartbeat,
    Message,
    Request,
    Role,
    StopReason,
    Token,
)

SECONDS = 10.0
_WARM_UP, _SENTENCES = 3, 16  # of the first prompt and of those after it: slow machines write something too
_ANSWER = 48  # tokens of one answer


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured so far; ``share`` is how much of the time is over. Rates are tokens a second, 0.0
    where nothing was measured yet.
    """

    share: float = 0.0
    read_tokens: int = 0
    read_seconds: float = 0.0
    written_tokens: int = 0
    write_seconds: float = 0.0

    @property
    def reading(self) -> float:
        """Tokens of a prompt that are read in a second."""
        return self.read_tokens / self.read_seconds if self.read_seconds else 0.0

    @property
    def writing(self) -> float:
        """Tokens of an answer that are written in a second."""
        return self.written_tokens / self.write_seconds if self.write_seconds else 0.0


def measure(
    engine: Engine, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> Generator[Speed, None, None]:
    """Yield what is measured as it grows, at least every 100 ms, and last the result.

    Raises EngineError or ModelError as the engine does. Closing the iterator stops the engine.
    """
    speed = Speed()
    for _ in engine.load():
        yield speed
    began, round_number = clock(), 0
    while clock() - began < seconds:
        request = _request(round_number)
        counted = _Round()
        for event in engine.generate(request):
            counted.take(event)
            over = clock() - began
            if over >= seconds:
                engine.stop()
            yield replace(speed, share=min(1.0, over / seconds))
        speed = counted.added_to(speed)
        round_number += 1
    yield replace(speed, share=1.0)


def _request(number: int) -> Request:
    count = _SENTENCES if number else _WARM_UP
    fees = " ".join(f"The fee for service {fee} is {fee * 7} euros." for fee in range(count))
    return Request((Message(Role.USER, f"Round {number}. {fees} Write a long letter about them."),), _ANSWER)


class _Round:
    """One generation: how far its prompt was read, and what the engine said at its end."""

    def __init__(self) -> None:
        self._progress = 0.0
        self._end: Generated | None = None

    def take(self, event: EngineEvent) -> None:
        """Note an event."""
        if isinstance(event, Heartbeat):
            self._progress = event.progress
        elif isinstance(event, Token):
            self._progress = 1.0
        else:
            self._end = event

    def added_to(self, speed: Speed) -> Speed:
        """The sum; of a prompt that was broken off only what was read counts."""
        end = self._end
        if end is None or (end.reason is StopReason.STOPPED and not end.prompt_tokens):
            return speed  # the engine had to be killed and cannot say
        read = round((end.prompt_tokens - end.cached_tokens) * self._progress)
        return replace(
            speed,
            read_tokens=speed.read_tokens + read,
            read_seconds=speed.read_seconds + end.prompt_seconds,
            written_tokens=speed.written_tokens + end.answer_tokens,
            write_seconds=speed.write_seconds + end.answer_seconds,
        )
