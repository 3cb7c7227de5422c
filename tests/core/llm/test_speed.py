from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest

from core.llm.engine import EngineConfig, EngineEvent, Generated, Heartbeat, Request, StopReason, Token
from core.llm.fake import FakeEngine
from core.llm.process import LlamaProcess
from core.llm.speed import Speed, measure


class Measured(FakeEngine):
    """Says what an engine would have measured; ``ends`` are the last events of its generations."""

    def __init__(self, *ends: Generated, progress: float = 1.0) -> None:
        super().__init__()
        self._ends = list(ends)
        self._progress = progress
        self.stops = 0

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        self.history.append(request)
        return self._events()

    def _events(self) -> Generator[EngineEvent, None, None]:
        yield Heartbeat(self._progress)
        if self._progress == 1.0:
            yield Token("x", 0.9, 0.1)
        yield self._ends.pop(0)

    def stop(self) -> None:
        self.stops += 1


def ticking(step: float) -> Iterator[float]:
    return (number * step for number in count())


def run(engine: FakeEngine, seconds: float, step: float) -> list[Speed]:
    clock = ticking(step)
    return list(measure(engine, seconds, lambda: next(clock)))


def test_rounds_are_added_up_until_the_time_is_over() -> None:
    engine = Measured(
        Generated(StopReason.LENGTH, 100, 0, 48, 0.5, 2.0), Generated(StopReason.END, 400, 100, 12, 0.5, 1.0)
    )
    seen = run(engine, seconds=8, step=1)
    assert seen[-1] == Speed(1.0, 400, 1.0, 60, 3.0)
    assert (seen[-1].reading, seen[-1].writing) == (400.0, 20.0)
    shares = [speed.share for speed in seen]
    assert shares == sorted(shares)
    first, second = engine.history
    assert first.messages[0].content[:9] != second.messages[0].content[:9]


def test_at_the_end_of_the_time_the_engine_is_stopped_and_half_a_prompt_counts_as_half() -> None:
    engine = Measured(Generated(StopReason.STOPPED, 200, 0, 0, 10.0, 0.0), progress=0.5)
    last = run(engine, seconds=1.5, step=1)[-1]
    assert engine.stops
    assert last.reading == 10.0
    assert last.writing == 0.0


def test_an_engine_that_had_to_be_killed_counts_for_nothing() -> None:
    engine = Measured(Generated(StopReason.STOPPED, 0, 0, 7, 3.0, 0.0))
    assert run(engine, seconds=1.5, step=1)[-1] == Speed(1.0)


@pytest.mark.model
def test_the_small_model_is_measured_and_the_test_can_be_broken_off(small_model: Path) -> None:
    engine = LlamaProcess(small_model, EngineConfig(context_tokens=512))
    try:
        looks = count()  # time is told in events, so that a busy machine only takes longer
        *_, last = measure(engine, 200, lambda: next(looks))
        assert last.reading > last.writing > 0
        broken_off = measure(engine, seconds=60)
        for speed in broken_off:
            if speed.share > 0:
                break
        broken_off.close()
        assert engine.pid is not None
    finally:
        engine.close()
