"""How fast files become passages, format by format.

    python -m bench.ingest [FOLDER ...] [--rounds 3]

Without a folder the sample documents are read. Each round reads every file in one child process, as adding
documents does; the median of the rounds is told, the start of the child process apart. ``cpu s`` is the
processor time of the child, which other work on the machine does not stretch; pages and files a second are
by the clock. Words and vectors are measured by ``bench.retrieval``.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

from core.documents.chunk import chunk
from core.documents.fold import fold
from core.documents.reader import FileContent, Reader, discover
from core.settings import RESOURCES
from core.types import DocumentState

PARSERS = ("pypdfium2", "lxml", "openpyxl", "python-pptx", "selectolax", "charset-normalizer", "opencc")


@dataclass(slots=True)
class Tally:
    """What the files of one format took, a list entry a round."""

    files: int = 0
    ready: int = 0
    pages: int = 0
    letters: int = 0
    passages: int = 0
    reading: list[float] = field(default_factory=list)
    cutting: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[RESOURCES / "sample"])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    tell_machine()
    paths = discover(given.folders)
    rounds = [one_round(paths) for _ in range(max(1, given.rounds))]
    tell(rounds)
    tell_start()


def tell_machine() -> None:
    memory = psutil.virtual_memory().total / 2**30
    print(f"machine: {platform.platform()}, {os.cpu_count()} cores, {memory:.0f} GiB")
    print(f"load over the last minute: {psutil.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PARSERS))


def one_round(paths: list[Path]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    fold("warm the table")
    with Reader() as reader:
        reader.read(paths[0])  # starts the child and loads one parser
        for path in paths:
            busy, started = child_seconds(), time.perf_counter()
            content = reader.read(path)
            read = time.perf_counter()
            tally = tallies[content.format]
            tally.reading.append(read - started)
            tally.processor.append(child_seconds() - busy)
            add(tally, content, sum(len(chunk(page)) for page in content.pages))
            tally.cutting.append(time.perf_counter() - read)
    return tallies


def child_seconds() -> float:
    """Processor seconds of all children so far."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return sum(spent.user + spent.system for spent in times)


def add(tally: Tally, content: FileContent, passages: int) -> None:
    tally.files += 1
    tally.ready += content.state is DocumentState.INDEXED
    tally.pages += len(content.pages)
    tally.letters += sum(len(page.text) for page in content.pages)
    tally.passages += passages


def tell(rounds: list[dict[str, Tally]]) -> None:
    head = (
        "format",
        "files",
        "ready",
        "pages",
        "characters",
        "passages",
        "read s",
        "cpu s",
        "cut s",
        "pages/s",
        "files/s",
    )
    print("\n" + " ".join(f"{name:>10}" for name in head))
    for name in sorted(rounds[0]):
        row(name, [one[name] for one in rounds])
    row("all", [total(one) for one in rounds])


def total(one: dict[str, Tally]) -> Tally:
    whole = Tally()
    for tally in one.values():
        for name in ("files", "ready", "pages", "letters", "passages", "reading", "cutting", "processor"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
    return whole


def row(name: str, tallies: list[Tally]) -> None:
    reading = median(sum(tally.reading) for tally in tallies)
    cutting = median(sum(tally.cutting) for tally in tallies)
    processor = median(sum(tally.processor) for tally in tallies)
    first = tallies[0]
    counts = (first.files, first.ready, first.pages, first.letters, first.passages)
    seconds = f"{reading:>10.2f} {processor:>10.2f} {cutting:>10.2f}"
    speeds = f"{first.pages / reading:>10.1f} {first.files / reading:>10.1f}"
    print(f"{name:>10} " + " ".join(f"{count:>10}" for count in counts) + f" {seconds} {speeds}")


def tell_start() -> None:
    """A process of its own for one file, as for a single file given on the command line."""
    path = discover([RESOURCES / "sample"])[0]
    times = []
    for _ in range(3):
        started = time.perf_counter()
        with Reader() as reader:
            reader.read(path)
        times.append(time.perf_counter() - started)
    print(f"\nstarting the child process and reading one small file ({path.name}): {median(times):.2f} s")


if __name__ == "__main__":
    main()
