"""The real small model in a child process, and what happens when that process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from core.errors import EngineError, ModelError
from core.llm import process as process_module
from core.llm.engine import (
    EngineConfig,
    EngineEvent,
    Generated,
    Heartbeat,
    Message,
    Request,
    Role,
    StopReason,
    Token,
)
from core.llm.local import LlamaLocal
from core.llm.process import LlamaProcess, _obituary
from core.types import Language
from core.words import say_error

pytestmark = pytest.mark.model
CONFIG = EngineConfig(context_tokens=2048, threads=1)
CAPITAL = Request((Message(Role.USER, "What is the capital of France? A few words."),), max_tokens=24)
LONG = Request((Message(Role.USER, "The fee is 7 euros. " * 200),), max_tokens=24)
ENDLESS = Request((Message(Role.USER, "Count from 1 to 1000."),), max_tokens=900)


@pytest.fixture(scope="module")
def engine(small_model: Path) -> Iterator[LlamaProcess]:
    """One for all tests: whatever one of them does to its child, the next finds a working engine."""
    process = LlamaProcess(small_model, CONFIG)
    yield process
    process.close()


def run(engine: LlamaProcess | LlamaLocal, request: Request) -> tuple[str, Generated]:
    *events, last = engine.generate(request)
    assert isinstance(last, Generated)
    return "".join(event.text for event in events if isinstance(event, Token)), last


def first_token(events: Iterator[EngineEvent]) -> Token:
    return next(event for event in events if isinstance(event, Token))


def pid_of(engine: LlamaProcess) -> int:
    assert engine.pid is not None
    return engine.pid


def test_the_child_answers_as_this_process_does(engine: LlamaProcess, small_model: Path) -> None:
    """Two processes, the same tokens with the same probabilities."""
    here = LlamaLocal(small_model, CONFIG)
    local = [event for event in here.generate(CAPITAL) if isinstance(event, Token)]
    child = [event for event in engine.generate(CAPITAL) if isinstance(event, Token)]
    assert child == local
    assert "".join(token.text for token in child).strip()
    assert engine.facts() == here.facts()
    assert engine.count_tokens(CAPITAL.messages) == here.count_tokens(CAPITAL.messages)
    here.close()


def test_stop_inside_a_long_prompt(engine: LlamaProcess) -> None:
    """The child heeds the stop inside native code: it lives on and answers the next question."""
    engine.facts()
    before = engine.pid
    events = engine.generate(LONG)
    assert isinstance(next(events), Heartbeat)
    engine.stop()
    *rest, last = events
    assert isinstance(last, Generated)
    assert (last.reason, last.answer_tokens) == (StopReason.STOPPED, 0)
    assert all(isinstance(event, Heartbeat) for event in rest)
    assert run(engine, CAPITAL)[1].reason is StopReason.END
    assert engine.pid == before


def test_stop_inside_an_answer_and_before_the_first_look(engine: LlamaProcess) -> None:
    events = engine.generate(ENDLESS)
    first_token(events)
    engine.stop()
    assert list(events)[-1].reason is StopReason.STOPPED  # type: ignore[union-attr]
    unseen = engine.generate(ENDLESS)
    engine.stop()
    assert list(unseen)[-1].reason is StopReason.STOPPED  # type: ignore[union-attr]


def test_a_child_that_does_not_heed_a_stop_is_killed(engine: LlamaProcess) -> None:
    """A frozen child stands for one that hangs in native code."""
    events = engine.generate(ENDLESS)
    first_token(events)
    frozen = psutil.Process(pid_of(engine))
    frozen.suspend()
    engine.stop()
    assert list(events)[-1].reason is StopReason.STOPPED  # type: ignore[union-attr]
    assert engine.pid is None
    assert run(engine, CAPITAL)[1].reason is StopReason.END
    assert not frozen.is_running()


def test_heartbeats_come_while_a_child_is_silent(engine: LlamaProcess) -> None:
    events = engine.generate(ENDLESS)
    first_token(events)
    child = psutil.Process(pid_of(engine))
    child.suspend()
    seen = [next(events) for _ in range(60)]
    assert isinstance(seen[-1], Heartbeat)
    child.resume()
    events.close()


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGKILL, "engine_killed"), (signal.SIGSEGV, "engine_crashed")]
)
def test_a_dead_child_is_told_in_words_and_replaced(
    engine: LlamaProcess, sent: signal.Signals, code: str
) -> None:
    events = engine.generate(ENDLESS)
    first_token(events)
    os.kill(pid_of(engine), sent)
    with pytest.raises(EngineError) as caught:
        list(events)
    assert caught.value.code == code
    assert caught.value.params["signal"] == sent.name
    assert sent.name in say_error(caught.value, Language.EN)
    assert sent.name in say_error(caught.value, Language.ZH)
    if sent is signal.SIGSEGV:
        assert "Segmentation fault" in str(caught.value.params["log"])
    assert engine.pid is None
    assert run(engine, CAPITAL)[1].reason is StopReason.END


def test_a_child_that_died_idle_is_replaced(engine: LlamaProcess) -> None:
    engine.facts()
    child = psutil.Process(pid_of(engine))
    child.kill()
    psutil.wait_procs([child], timeout=10)
    assert run(engine, CAPITAL)[1].reason is StopReason.END


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (-4, "engine_illegal"),
        (-6, "engine_crashed"),
        (-15, "engine_killed"),
        (3, "engine_exited"),
        (None, "engine_exited"),
    ],
)
def test_every_way_to_die_has_words(status: int | None, code: str) -> None:
    error = _obituary(status, "the last line")
    assert error.code == code
    assert error.params["log"] == "the last line"
    for language in Language:
        assert say_error(error, language)


def test_a_corrupt_model_is_an_error_and_no_crash(small_model: Path, tmp_path: Path) -> None:
    corrupt = tmp_path / "corrupt.gguf"
    with small_model.open("rb") as file:
        data = bytearray(file.read(2_000_000))
    data[400:420] = b"\xff" * 20
    corrupt.write_bytes(data)
    engine = LlamaProcess(corrupt, CONFIG)
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            list(engine.generate(CAPITAL))
        assert caught.value.code in ("model_damaged", "model_truncated")
    assert engine.pid is None
    engine.close()


def test_a_request_that_fails_leaves_the_child_alive(engine: LlamaProcess) -> None:
    engine.facts()
    before = engine.pid
    with pytest.raises(EngineError) as caught:
        list(engine.generate(Request((Message(Role.USER, "word " * 3000),))))
    assert caught.value.code == "prompt_too_long"
    assert run(engine, CAPITAL)[1].reason is StopReason.END
    assert engine.pid == before


def test_one_at_a_time(engine: LlamaProcess) -> None:
    events = engine.generate(ENDLESS)
    next(events)
    for second in (
        lambda: engine.generate(CAPITAL),
        lambda: engine.count_tokens(CAPITAL.messages),
        engine.facts,
    ):
        with pytest.raises(EngineError) as caught:
            second()
        assert caught.value.code == "engine_busy"
    events.close()
    assert run(engine, CAPITAL)[1].reason is StopReason.END


def test_closing_ends_the_child_and_leaves_nothing_behind(
    small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine = LlamaProcess(small_model, CONFIG)
    assert engine.pid is None
    engine.facts()
    child = psutil.Process(pid_of(engine))
    engine.close()
    assert not child.is_running()
    assert list(tmp_path.glob("touchstone-*")) == []
    with pytest.raises(EngineError) as caught:
        engine.facts()
    assert caught.value.code == "engine_closed"
    engine.close()


def test_loading_can_be_watched_and_stopped(small_model: Path) -> None:
    engine = LlamaProcess(small_model, CONFIG)
    beats = engine.load()
    assert next(beats) == Heartbeat(0.0)
    assert all(beat == Heartbeat(0.0) for beat in beats)
    assert psutil.pid_exists(pid_of(engine))
    assert list(engine.load()) == []
    engine._end()
    waiting = engine.load()
    next(waiting)
    engine.stop()
    with pytest.raises(EngineError) as caught:
        list(waiting)
    assert caught.value.code == "engine_stopped"
    assert engine.pid is None
    assert run(engine, CAPITAL)[1].reason is StopReason.END
    engine.close()


def test_close_does_not_wait_for_a_generation_that_nobody_iterates(
    small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "EXIT_WAIT", 0.1)
    engine = LlamaProcess(small_model, CONFIG)
    events = engine.generate(ENDLESS)
    first_token(events)
    child = psutil.Process(pid_of(engine))
    engine.close()
    with suppress(EngineError):  # it may have stopped before it was killed
        assert list(events)[-1].reason is StopReason.STOPPED  # type: ignore[union-attr]
    assert not child.is_running()
    assert engine.pid is None


PARENT = """
import sys
from pathlib import Path
from core.llm.engine import EngineConfig, Message, Request, Role, Token
from core.llm.process import LlamaProcess

if __name__ == "__main__":
    engine = LlamaProcess(Path(sys.argv[1]), EngineConfig(context_tokens=2048, threads=1))
    print(engine.count_tokens((Message(Role.USER, "Hi."),)), engine.pid, flush=True)
    if sys.argv[2] == "busy":
        for event in engine.generate(Request((Message(Role.USER, "Count from 1 to 1000."),), 900)):
            if isinstance(event, Token):
                print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_child_does_not_outlive_its_parent(small_model: Path, tmp_path: Path, state: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(script), str(small_model), state],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline().split()[1]))
        if state == "busy":
            parent.stdout.readline()
        parent.kill()
        parent.wait()
        until = time.monotonic() + 30
        while child.is_running() and child.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
            time.sleep(0.05)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_the_parent_never_loads_llama_cpp() -> None:
    """A crash in native code must not be able to reach the program: only the child imports it."""
    code = (
        "import sys, core.llm.process, core.llm.catalog, core.llm.estimate;"
        "assert 'llama_cpp' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
