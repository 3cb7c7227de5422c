"""Our speed beside that of llama.cpp alone, for one fixed text at the start of a model's part of a run."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Protocol, runtime_checkable

from core.errors import EngineError
from core.llm.engine import Engine, Generated, Heartbeat, Message, Request, Role, Timed
from core.pilot.types import Speeds
from core.types import Reason

_WARM_UP, _SENTENCES = 2, 12  # the first pass brings the weights into memory and counts for neither
_ANSWER = 32  # tokens


@runtime_checkable
class HasBare(Protocol):
    """An engine that can run llama.cpp without itself."""

    def bare(self, request: Request) -> Iterator[Heartbeat | Timed]:
        """Heartbeats, then one Timed."""
        ...


def measure(engine: Engine) -> Generator[None, None, Speeds]:
    """Yield at least every 100 ms; the generator's value is what was measured.

    An engine that fails here is no reason to end the run: its error is the reason that stands in the run.
    """
    if not isinstance(engine, HasBare):
        return Speeds(reason=Reason("no_bare"))
    try:
        yield from _ours(engine, _request(_WARM_UP, 2))
        ours = yield from _ours(engine, _request(_SENTENCES, _ANSWER))
        bare: Timed | None = None
        for event in engine.bare(_request(_SENTENCES, _ANSWER)):
            bare = event if isinstance(event, Timed) else None
            yield
    except EngineError as error:
        return Speeds(reason=Reason("bare_failed", {"detail": error.code}))
    return Speeds(ours, bare)


def _ours(engine: Engine, request: Request) -> Generator[None, None, Timed]:
    end: Generated | None = None
    for event in engine.generate(request):
        end = event if isinstance(event, Generated) else None
        yield
    assert end is not None, "a generation ends with Generated"
    read = end.prompt_tokens - end.cached_tokens
    return Timed(read, end.prompt_seconds, end.answer_tokens, end.answer_seconds)


def _request(sentences: int, tokens: int) -> Request:
    """A text that always is the same; texts of other lengths begin differently, so that no cache helps."""
    fees = " ".join(f"The fee for service {fee} is {fee * 7} euros." for fee in range(sentences))
    asked = f"{sentences} sentences. {fees} Write a long letter about them."
    return Request((Message(Role.USER, asked),), tokens)
