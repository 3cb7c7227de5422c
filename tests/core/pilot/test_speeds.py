from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from core.errors import EngineError
from core.llm.engine import EngineConfig, EngineEvent, Heartbeat, Message, Request, Role, Timed
from core.llm.fake import FakeEngine
from core.llm.process import LlamaProcess
from core.pilot.codec import decode, encode
from core.pilot.speeds import measure
from core.pilot.types import RunModel, Speeds
from core.types import Reason


class BareFake(FakeEngine):
    """A scripted engine that says how fast llama.cpp alone is."""

    fails = False

    def bare(self, request: Request) -> Iterator[Heartbeat | Timed]:
        self.history.append(request)
        yield Heartbeat(1.0)
        if self.fails:
            raise EngineError("engine_no_context", tokens=1, detail="")
        yield Timed(185, 2.0, request.max_tokens, 1.0)


def measured(engine: FakeEngine | LlamaProcess) -> Speeds:
    def work() -> Generator[None, None, None]:
        found.append((yield from measure(engine)))

    found: list[Speeds] = []
    assert len(list(work())) >= 0
    return found[0]


def test_ours_and_bare_get_the_same_text_after_a_warm_up() -> None:
    engine = BareFake("a", "a longer answer")
    found = measured(engine)
    assert found.bare == Timed(185, 2.0, 32, 1.0)
    assert found.ours is not None
    assert found.ours.written == 4
    warm, ours, bare = engine.history
    assert ours == bare
    assert warm != ours


def test_an_engine_without_llama_cpp_and_a_failure_are_said() -> None:
    assert measured(FakeEngine()).reason == Reason("no_bare")
    engine = BareFake("a", "b")
    engine.fails = True
    assert measured(engine).reason == Reason("bare_failed", {"detail": "engine_no_context"})


def test_runs_from_before_it_was_measured_are_still_read() -> None:
    model = RunModel("m", "0" * 64, "m.gguf", 1, speeds=Speeds(Timed(1, 1.0, 1, 1.0), Timed(1, 1.0, 1, 1.0)))
    assert decode(encode(model), RunModel) == model
    old = encode(RunModel("m", "0" * 64, "m.gguf", 1)).replace(',"speeds":null', "")
    assert "speeds" not in old
    assert decode(old, RunModel).speeds is None


@pytest.mark.model
def test_bare_llama_cpp_changes_nothing_in_what_is_written(small_model: Path) -> None:
    """An answer is the same, bit by bit, before and after; a pause within ends the child."""

    def answer() -> list[EngineEvent]:
        asked = Request((Message(Role.USER, "Write the numbers from one to ten."),), 12)
        return [event for event in engine.generate(asked) if type(event).__name__ == "Token"]

    engine = LlamaProcess(small_model, EngineConfig(1024))
    try:
        before = answer()
        child = engine.pid
        found = measured(engine)
        assert found.bare is not None
        assert found.bare.written == 32
        assert found.bare.reading > 0
        assert answer() == before
        assert engine.pid == child
        running = engine.bare(Request((Message(Role.USER, "word " * 500),), 200))
        next(running)
        running.close()
        assert engine.pid is None
    finally:
        engine.close()
