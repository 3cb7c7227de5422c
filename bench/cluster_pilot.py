"""A pilot's answers checked on Ray against one process here: seconds, and whether all rows are the same.

    python -m bench.cluster_pilot --stability 6 --workers 1 2 --json out.json

The library holds the sample's documents in both languages, and the answers are lines of the passages that
were found, so that no model is needed; every supported claim is checked again without its citations. One
process here uses all cores for each row, a worker of Ray one. Needs the extra ``cluster``.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from core.assistant import open_encoders
from core.index import ingest
from core.llm.catalog import InstalledModel
from core.llm.engine import EngineEvent, Request
from core.llm.fake import FakeEngine
from core.pilot.codec import encode
from core.pilot.progress import AnswerKept
from core.pilot.run import Pilot
from core.pilot.sets import read_set
from core.pilot.spread import check_on_ray
from core.pilot.start import Options, start
from core.pilot.store import load_run
from core.pilot.types import RunRow
from core.sample import sample_files, sample_questions
from core.settings import Settings
from core.store.database import Library
from core.types import Language

LINES = 3  # of the passages that an answer repeats
MODEL = InstalledModel("quoting", Path("quoting.gguf"), "0" * 64, 1, None, "-", "-", 4096, 1, ("en", "zh"))


class Quoting(FakeEngine):
    """Answers with the longest lines of its prompt."""

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Write them."""
        lines = sorted(request.messages[-1].content.splitlines(), key=len, reverse=True)
        self.enqueue("\n".join(line[:300] for line in lines[:LINES]))
        return super().generate(request)


def written(folder: Path, stability: int) -> Path:
    """A run all of whose answers wait to be checked."""
    embedder, checker = open_encoders()
    files = [path for language in Language for path in sample_files(language)]
    with Library.open(folder / "library") as library:
        for _ in ingest.add(library, files, embedder):
            pass
    table = folder / "set.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        questions = [each for language in Language for each in sample_questions(language)]
        csv.writer(file).writerows([["question"], *([each] for each in questions)])
    run, options = folder / "run", Options(stability=stability, knockout=True)
    start(run, read_set(table), [MODEL], folder / "library", Settings(), options, embedder, checker)
    pilot = Pilot(
        run, embedder, checker, lambda _model, _config: Quoting(context_tokens=100_000), check_on_ray
    )
    with closing(pilot.work()) as events:
        for event in events:
            if isinstance(event, AnswerKept) and not event.left:
                break
    return run


def checked(run: Path, workers: int) -> tuple[float, list[RunRow]]:
    """Seconds of the command that checks a copy of the run, and its rows; 0 workers: here."""
    copy = run.with_name(f"run-{workers}")
    shutil.copytree(run, copy)
    more = ["--ray", "--workers", str(workers)] if workers else []
    began = time.monotonic()
    command = [sys.executable, "-m", "core.cli", "pilot", "resume", str(copy), *more]
    # What it prints would stand between the rows of this table; its errors are let through.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return time.monotonic() - began, list(load_run(copy).rows)


def same(row: RunRow) -> str:
    """A row without what differs between two runs of anything."""
    timing = replace(row.timing, checking=0.0, joules=None)
    return encode(replace(row, at="", timing=timing))


def main() -> None:
    """Check one run in each way and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stability", type=int, default=6, help="questions that get variants")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    outputs, figures = set(), []
    with tempfile.TemporaryDirectory() as folder:
        run = written(Path(folder), asked.stability)
        for workers in (0, *asked.workers):
            seconds, rows = checked(run, workers)
            spent = sum(row.timing.checking for row in rows)
            done = sum(row.done for row in rows)
            outputs.add("\n".join(map(same, rows)))
            figures.append({"workers": workers, "rows": done, "seconds": seconds, "checking": spent})
            way = f"Ray, {workers} workers" if workers else "one process"
            print(
                f"{way:16} {done} rows in {seconds:6.1f} s, of which the checks took {spent:6.1f} s",
                flush=True,
            )
    print("all rows the same" if len(outputs) == 1 else "ROWS DIFFER")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    sys.exit(len(outputs) != 1)


if __name__ == "__main__":
    main()
