"""Whether memory grows while the window answers question after question.

    python -m bench.memory [--questions 500] [--real 12] [--model NAME] [--write]

The window's own backend answers through the window: search, prompt, verifier, gate, audit log, evidence on
the screen are the real ones. In the first part the words are scripted (a model would need hours), in the
second an installed model writes them in its child process. Memory of the program and of the processes that
it started is taken ten times in each part: resident (RSS) and the program's own (USS, what would be free if
it ended). The slope is a line fitted through the last two thirds of the questions: before them caches fill.
``--write`` puts the figures into ``bench/results/memory.md``.
"""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import gc
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.home import own_home

if TYPE_CHECKING:
    from core.llm.engine import Engine

RESULTS = Path(__file__).parent / "results" / "memory.md"
LIMIT = 300.0  # seconds for one answer
SAMPLES = 10
MIB = 2**20
# What the scripted model says to questions of the sample, right and wrong, one or two claims each.
SAID = (
    (0, "Expense claims must be submitted within 30 days of the return."),
    (0, "An expense claim must be submitted within 60 days. Receipts are needed for every claim."),
    (4, "The KT-110-F temperature probe costs £58 in the price list 2025."),
    (6, "Kestrelmont grants 14 weeks of parental leave."),
    (1, "A hotel may cost up to £160 a night in London. Breakfast is included."),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory after so many questions; bytes, ``children`` are the processes that the program started."""

    questions: int
    rss: int
    uss: int
    children: int
    objects: int
    widgets: int


def main() -> None:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--real", type=int, default=12, help="questions that a model answers")
    parser.add_argument("--model", default="", help="an installed model (default: the one for English)")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        own_home(Path(folder) / "home", options.model)
        bench = Bench(Path(folder), options.model)
        scripted = list(bench.part(options.questions, scripted=True))
        real = list(bench.part(options.real, scripted=False)) if options.real else []
        bench.window.close()
    text = report(scripted, real, bench.name)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # the figures are there; how Qt ends is not what is measured


class Bench:
    """One window over the real core, whose words can be scripted."""

    def __init__(self, folder: Path, model: str) -> None:
        from core.llm.fake import FakeEngine
        from core.sample import sample_files, sample_questions
        from core.settings import Settings, Speech
        from core.types import Language
        from desktop.app import Desktop, application
        from desktop.core_backend import CoreBackend

        self.fake, self.scripted = FakeEngine(), True
        bench = self

        class Scripted(CoreBackend):
            """The words may be scripted."""

            def _open_engine(self, question: str) -> Engine:
                return bench.fake if bench.scripted else super()._open_engine(question)

        self.app = application([])
        backend = Scripted(folder / "library", Settings(language=Speech.EN, model=model))
        self.desktop = Desktop(self.app, backend)
        self.window = self.desktop.window
        self.desktop.show()
        self.until(lambda: bool(self.window._model and self.window._readiness))
        self.name = self.window._model or ""
        self.questions = sample_questions(Language.EN)
        self.window.documents.add(list(sample_files(Language.EN)))
        self.until(lambda: not self.window.documents.running)
        self.window.open_screen(self.window.ask)

    def part(self, count: int, *, scripted: bool) -> Iterator[Sample]:
        """So many questions; a sample before the first and after each tenth of them."""
        self.scripted = scripted
        self.window.ask._switch(True)  # the earlier questions are listed too
        yield self.sample(0)
        for number in range(count):
            at, words = SAID[number % len(SAID)]
            if scripted:
                self.fake.enqueue(words)
            self.ask(self.questions[at])
            self.fake.history.clear()  # it keeps every prompt, for tests
            if (number + 1) % max(1, count // SAMPLES) == 0:
                yield self.sample(number + 1)

    def ask(self, question: str) -> None:
        """One question, until its evidence stands beside the answer, claim by claim."""
        result = self.window.ask.result
        self.window.ask.ask(question)
        self.until(lambda: not result.running)
        for _ in result.text.claims[1:]:
            result.text.step(1)
            wait(5)

    def sample(self, questions: int) -> Sample:
        """Memory now, when nothing runs and what is unreachable is gone."""
        from PySide6.QtCore import QCoreApplication, QEvent

        from desktop.jobs import _running

        self.until(lambda: not _running)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        here = psutil.Process()
        told = here.memory_full_info()
        children = sum(child.memory_info().rss for child in here.children(recursive=True))
        print(f"{questions} questions, {told.rss // MIB} MiB", file=sys.stderr)
        widgets = len(self.app.allWidgets())
        return Sample(questions, told.rss, told.uss, children, len(gc.get_objects()), widgets)

    def until(self, holds: object) -> None:
        """Let the event loop run until something holds."""
        assert callable(holds)
        started = time.monotonic()
        while not holds():
            if self.desktop.errors.dialog is not None:
                sys.exit(self.desktop.errors.dialog.message.text())
            if time.monotonic() - started > LIMIT:
                sys.exit("an answer did not end in time")
            wait(5)


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line with the least squares."""
    count = len(points)
    x, y = (sum(point[axis] for point in points) / count for axis in (0, 1))
    spread = sum((point[0] - x) ** 2 for point in points)
    return sum((point[0] - x) * (point[1] - y) for point in points) / spread if spread else 0.0


def report(scripted: Sequence[Sample], real: Sequence[Sample], model: str) -> str:
    """All figures, with the machine and the versions."""
    import PySide6

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    asked = f"--questions {scripted[-1].questions} --real {real[-1].questions if real else 0}"
    lines = [
        "# Memory over many questions",
        "",
        f"`python -m bench.memory {asked}`",
        "",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}.",
        "",
        *table("Scripted words; search, verifier, gate, audit log and window are real", scripted),
    ]
    if real:
        lines += ["", *table(f"Words of {model} in its child process", real)]
    return "\n".join(lines) + "\n"


def table(title: str, samples: Sequence[Sample]) -> Iterable[str]:
    """One part."""
    yield f"## {title}"
    yield ""
    yield "| questions | RSS MiB | USS MiB | children MiB | Python objects | widgets |"
    yield "|---:|---:|---:|---:|---:|---:|"
    for at in samples:
        figures = (at.rss / MIB, at.uss / MIB, at.children / MIB)
        told = " | ".join(f"{each:.1f}" for each in figures)
        yield f"| {at.questions} | {told} | {at.objects} | {at.widgets} |"
    late = [each for each in samples if each.questions >= samples[-1].questions / 3]
    uss, children = (
        slope([(each.questions, getattr(each, name) / 1024) for each in late]) for name in ("uss", "children")
    )
    objects = slope([(each.questions, each.objects) for each in late])
    yield ""
    yield (
        f"Over the last two thirds: {uss:+.1f} KiB USS, {children:+.1f} KiB of the children and "
        f"{objects:+.1f} Python objects a question."
    )


if __name__ == "__main__":
    main()
