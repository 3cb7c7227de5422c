"""How long the window ever fails to react while the real core works behind it.

    python -m bench.window [--model NAME] [--platform offscreen|xcb] [--short]

A 10 ms timer on the main thread notes the time between its ticks in each phase: idle, the sample library
being read, a first answer (model load, generation, check), a second one, a supplied letter, every screen
opened in turn, scrolling and filtering a long history and many documents, and the long history beside a
worker that does nothing but compute in Python. ``bench.start`` measures the start. The worst gap is the
longest the window would not have reacted to a click; ``own`` is how much of the main thread's computing fell
between two ticks at most. The idle phase shows what the machine itself adds: other work on it lengthens every
gap, but not the computing.
"""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.home import own_home

LIMIT = 300.0  # seconds that a phase may take
LONG = 10_000  # rows of the long history
MANY = 5_000  # documents


@dataclass
class Gaps:
    """Milliseconds between ticks, by phase: of the clock, and of the main thread's computing."""

    phase: str = ""
    last: float = 0.0
    computed: float = 0.0
    seen: dict[str, list[float]] = field(default_factory=dict)
    own: dict[str, float] = field(default_factory=dict)

    def begin(self, phase: str) -> None:
        self.phase = phase
        self.seen.setdefault(phase, [])
        self.own.setdefault(phase, 0.0)
        self.skip()

    def skip(self) -> None:
        """What was done since the last tick is the bench's own work."""
        self.last, self.computed = time.perf_counter(), time.thread_time()

    def tick(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        if self.phase:
            self.seen[self.phase].append(1000 * (now - self.last))
            self.own[self.phase] = max(self.own[self.phase], 1000 * (computed - self.computed))
        self.last, self.computed = now, computed


def main() -> None:
    """Run all phases and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="", help="an installed model (default: the one for English)")
    parser.add_argument("--platform", default="offscreen", help="Qt platform: offscreen or xcb")
    parser.add_argument("--short", action="store_true", help="one answer, no worker in pure Python, no Stop")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    with tempfile.TemporaryDirectory() as folder:
        own_home(Path(folder) / "home", options.model)
        bench = Bench(Path(folder), options.model)
        bench.run(short=options.short)
        bench.report()


class Bench:
    """One window over the real core, and a timer that ticks beside everything it does."""

    def __init__(self, folder: Path, model: str) -> None:
        from PySide6.QtCore import Qt, QTimer

        from core.settings import Settings, Speech
        from desktop.app import Desktop, application
        from desktop.core_backend import CoreBackend

        self.app = application([])
        self.desktop = Desktop(
            self.app, CoreBackend(folder / "library", Settings(language=Speech.EN, model=model))
        )
        self.window = self.desktop.window
        self.desktop.show()
        self.app.processEvents()
        self.gaps = Gaps()
        self.took: dict[str, float] = {}
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.gaps.tick)
        self.timer.start(10)

    def phase(self, name: str, begin: Callable[[], object], over: Callable[[], bool]) -> None:
        """Measure from ``begin`` until ``over``."""
        self.gaps.begin(name)
        started = time.perf_counter()
        begin()
        while not over():
            if time.perf_counter() - started > LIMIT:
                sys.exit(f"{name} did not end within {LIMIT:.0f} s")
            wait(20)
        self.took[name] = time.perf_counter() - started
        self.gaps.phase = ""
        if self.desktop.errors.dialog is not None:
            sys.exit(self.desktop.errors.dialog.message.text())

    def run(self, *, short: bool) -> None:
        """All phases."""
        from core.sample import SAMPLE, sample_files, sample_questions
        from core.types import Language

        window, ask, check = self.window, self.window.ask, self.window.check
        questions = sample_questions(Language.EN)
        self.phase("start", lambda: None, lambda: bool(window._model and window._readiness))
        self.phase("idle", lambda: wait(2000), lambda: True)
        window.open_screen(window.documents)
        files = list(sample_files(Language.EN))
        self.phase("ingest", lambda: window.documents.add(files), lambda: not window.documents.running)
        window.open_screen(ask)
        self.phase("first answer", lambda: ask.ask(questions[0]), lambda: not ask.result.running)
        if not short:
            self.phase("second answer", lambda: ask.ask(questions[1]), lambda: not ask.result.running)
        window.open_screen(check)
        check.text.setPlainText((SAMPLE / "letter_en.md").read_text(encoding="utf-8"))
        self.phase("check a letter", check.start, lambda: not check.result.running)
        self.phase("every screen", self.every_screen, lambda: True)
        rows = self.long_rows()
        self.phase("long history", lambda: self.scroll(rows), lambda: True)
        self.phase("many documents", self.scroll_documents, lambda: True)
        if not short:
            self.phase("beside Python", lambda: self.scroll_beside_python(rows), lambda: True)
        if not short:
            self.stop(questions[2])
        window.close()

    def every_screen(self) -> None:
        """Each screen of the rail, twice: the first time is the slower one."""
        for _ in range(2):
            for screen in self.window._screens:
                self.window.open_screen(screen.view)
                wait(150)

    def scroll_beside_python(self, rows: tuple[Any, ...]) -> None:
        """The long history again, while a worker never lets go of the interpreter by itself."""
        from desktop.jobs import Job

        job = Job(computing)
        job.start()
        self.scroll(rows)
        job.cancel()

    def long_rows(self) -> tuple[Any, ...]:
        """Many answers, made of the first of the library; the window reads them in a job of its own."""
        row = self.window.backend.answers()[0]
        return tuple(replace(row, risk=number / LONG) for number in range(LONG))

    def scroll(self, rows: tuple[Any, ...]) -> None:
        """Fill the history with many rows and page through it."""
        view = self.window.history
        self.window.open_screen(view)
        wait(200)
        self.gaps.skip()
        view._listed(rows)
        page_through(view.table.verticalScrollBar())
        self.filter(view.filter.words, view.table)

    def scroll_documents(self) -> None:
        """The same with many documents in the library."""
        view = self.window.documents
        first = view.backend.files()[0]
        self.window.open_screen(view)
        wait(200)
        rows = tuple(
            replace(first, document=replace(first.document, path=f"/documents/{number:05}.pdf"))
            for number in range(MANY)
        )
        self.gaps.skip()
        view._listed(rows)
        page_through(view.table.verticalScrollBar())
        self.filter(view.filter, view.table)

    def filter(self, box: Any, table: Any) -> None:
        """Type a word into the box above a list, sort the list, and empty the box again."""
        for text in ("0", "00", "004", "0042", ""):
            box.setText(text)
            wait(20)
        table.sortByColumn(0, table.horizontalHeader().sortIndicatorOrder())
        wait(20)

    def stop(self, question: str) -> None:
        """How long Stop takes while an answer is being written."""
        ask = self.window.ask
        self.window.open_screen(ask)
        self.gaps.begin("stop")
        ask.ask(question)
        deadline = time.perf_counter() + LIMIT
        while not ask.result.text.toPlainText() and time.perf_counter() < deadline:
            wait(10)
        started = time.perf_counter()
        ask.result.stop()
        while ask.result.running:
            wait(2)
        self.took["stop"] = time.perf_counter() - started

    def report(self) -> None:
        """Print what was measured and where."""
        import PySide6

        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
        print(
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, model {self.window._model}"
        )
        heads = ("seconds", "ticks", "median ms", "p99 ms", "worst ms", "own ms")
        print(f"{'phase':16} " + " ".join(f"{head:>9}" for head in heads))
        for phase, seen in self.gaps.seen.items():
            ordered = sorted(seen) or [0.0]
            middle, high = (
                ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.99)
            )
            seconds = self.took.get(phase, 0.0)
            figures = f"{seconds:9.2f} {len(seen):9} {middle:9.1f} {high:9.1f} {ordered[-1]:9.1f}"
            print(f"{phase:16} {figures} {self.gaps.own[phase]:9.1f}")
        worst = max(max(seen, default=0.0) for phase, seen in self.gaps.seen.items() if phase != "idle")
        own = max(self.gaps.own.values())
        print(f"worst pause {worst:.0f} ms, most computing of the main thread between two ticks {own:.0f} ms")


def computing() -> Iterator[object]:
    """Python code and nothing else, for as long as it is wanted."""
    while True:
        yield sum(number * number for number in range(20_000))


def page_through(bar: Any) -> None:
    """From the top to the bottom in fifty steps."""
    for step in range(50):
        bar.setValue(bar.maximum() * step // 50)
        wait(20)


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)


if __name__ == "__main__":
    main()
