"""How fast the engine is, beside bare llama.cpp in the same run; how fast it stops; how long it is silent.

    python -m bench.engine [--model NAME] [--rounds 5]

Bare llama.cpp is the loop of ``core.llm.bare``. Rounds alternate between the two, so that other work on the
machine meets both.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from core.llm import bare, catalog, cpu, gguf, native
from core.llm.engine import EngineConfig, EngineEvent, Generated, Message, Request, Role, Token
from core.llm.estimate import estimate
from core.llm.local import LlamaLocal
from core.llm.process import LlamaProcess
from core.llm.stopflag import StopFlag

CONTEXT = 2048
ANSWER = 48
SENTENCES = 24
STOPS = 20


def request(tag: str, sentences: int = SENTENCES, tokens: int = ANSWER) -> Request:
    """A question whose prompt differs from the first words on, so that no cache helps."""
    fees = " ".join(f"The fee for service {number} is {number * 7} euros." for number in range(sentences))
    return Request((Message(Role.USER, f"{tag}. {fees} Repeat the list."),), tokens)


def alone(path: Path, tokens: list[int], threads: int) -> tuple[float, float]:
    """Tokens a second of bare llama.cpp: reading the prompt, writing the answer."""
    model = native.NativeModel(path, 0)
    try:
        took = bare.timed(model, tokens, ANSWER, threads, StopFlag(), gpu=False)
    finally:
        model.close()
    return took.read / took.reading, took.written / took.writing


def speeds(events: Iterator[EngineEvent]) -> tuple[float, float]:
    """The same two figures of one of our engines."""
    last = None
    for last in events:  # noqa: B007  the last event holds the figures
        pass
    assert isinstance(last, Generated)
    read = last.prompt_tokens - last.cached_tokens
    return read / last.prompt_seconds, last.answer_tokens / last.answer_seconds


def longest_silence(events: Iterator[EngineEvent]) -> float:
    """The longest time between two events, in milliseconds."""
    worst, before = 0.0, time.monotonic()
    for _ in events:
        now = time.monotonic()
        worst, before = max(worst, now - before), now
    return worst * 1000


def stop_times(engine: LlamaProcess) -> tuple[list[float], list[float]]:
    """Milliseconds from stop() to the last event, inside prompts and inside answers."""
    dice = random.Random(7)  # noqa: S311  only to spread the moments of the stop
    reading = [_stop_after(engine, dice.uniform(0.1, 1.0), _anything) for _ in range(STOPS)]
    writing = [_stop_after(engine, dice.uniform(0.0, 0.5), _is_token) for _ in range(STOPS)]
    return reading, writing


def _anything(_event: EngineEvent) -> bool:
    return True


def _is_token(event: EngineEvent) -> bool:
    return isinstance(event, Token)


def _stop_after(engine: LlamaProcess, delay: float, begins: Callable[[EngineEvent], bool]) -> float:
    asked = started = None
    prompt = request(f"stop {delay}", 90) if begins is _anything else request(f"stop {delay}", 2, 400)
    for event in engine.generate(prompt):
        now = time.monotonic()
        if started is None and begins(event):
            started = now
        if started is not None and asked is None and now - started >= delay:
            engine.stop()
            asked = time.monotonic()
    assert asked is not None, "the generation was over before it could be stopped"
    return (time.monotonic() - asked) * 1000


def row(name: str, values: list[float], unit: str) -> None:
    """One line: median, and the range."""
    print(f"  {name:<44}{statistics.median(values):8.1f} {unit}  ({min(values):.1f} to {max(values):.1f})")


def machine(threads: int) -> None:
    """What the figures were measured on."""
    print(f"machine     {platform.platform()}, {psutil.cpu_count(logical=False)} cores, {cpu_name()}")
    print(f"load        {os.getloadavg()[0]:.1f} before the run; {threads} thread(s) for llama.cpp")
    print(f"versions    Python {platform.python_version()}, llama-cpp-python {native.version()}")
    print(f"built for   {cpu.built_for()}")


def cpu_name() -> str:
    """The processor's name where Linux tells it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def compare(path: Path, rounds: int, threads: int) -> None:
    """Reading and writing speed, alternating between bare llama.cpp and ours."""
    config = EngineConfig(CONTEXT, threads, "0")
    local = LlamaLocal(path, config)
    engine = LlamaProcess(path, config)
    engine.facts()
    figures: dict[str, list[tuple[float, float]]] = {
        "bare llama.cpp": [],
        "LlamaLocal": [],
        "LlamaProcess": [],
    }
    for number in range(rounds):
        asked = request(f"round {number}")
        figures["bare llama.cpp"].append(alone(path, local.prompt(asked.messages), threads))
        figures["LlamaLocal"].append(speeds(local.generate(asked)))
        figures["LlamaProcess"].append(speeds(engine.generate(asked)))
    print(f"prompt of {local.count_tokens(request('round 0').messages)} tokens, answer of up to {ANSWER}")
    for name, pairs in figures.items():
        row(f"{name}, reading", [read for read, _ in pairs], "tokens/s")
        row(f"{name}, writing", [written for _, written in pairs], "tokens/s")
    local.close()
    engine.close()


def liveness(path: Path, threads: int) -> None:
    """Silence, stops, kills and restarts of the child."""
    engine = LlamaProcess(path, EngineConfig(CONTEXT, threads, "0"))
    started = time.monotonic()
    engine.facts()
    row("start of the child until it is ready", [(time.monotonic() - started) * 1000], "ms")
    row("longest silence in a generation", [longest_silence(engine.generate(request("silence")))], "ms")
    reading, writing = stop_times(engine)
    row(f"stop inside a prompt ({STOPS} times)", reading, "ms")
    row(f"stop inside an answer ({STOPS} times)", writing, "ms")
    kills = []
    for _ in range(5):
        engine.facts()
        assert engine.pid is not None
        child = psutil.Process(engine.pid)
        before = time.monotonic()
        child.kill()
        child.wait()
        kills.append((time.monotonic() - before) * 1000)
    row("kill of the child (5 times)", kills, "ms")
    engine.close()


def memory(path: Path, threads: int) -> None:
    """The estimate beside the resident memory of a child that has read a prompt."""
    engine = LlamaProcess(path, EngineConfig(4096, threads, "0"))
    for _ in engine.generate(request("memory")):
        pass
    assert engine.pid is not None
    resident = psutil.Process(engine.pid).memory_info().rss
    guess = estimate(gguf.read(path), 4096).total_bytes
    print(
        f"  memory for a context of 4096: estimated {guess >> 20} MiB, resident {resident >> 20} MiB", end=""
    )
    print(f" ({guess / resident - 1:+.1%})")
    engine.close()


def main() -> None:
    """Measure one model and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--model", default=catalog.SMALL)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    found = catalog.find(asked.model)
    threads = cpu.threads(0)
    native.start()
    machine(threads)
    print(f"model       {found.name}, {found.size / 2**20:.0f} MiB, {found.quantization}")
    compare(found.path, asked.rounds, threads)
    liveness(found.path, threads)
    memory(found.path, threads)


if __name__ == "__main__":
    main()
