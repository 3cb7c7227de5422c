"""Bulk checking on Ray against the processes of this machine: answers a second; what a killed worker costs.

    python -m bench.cluster --rows 240 --workers 1 2 --kill --json out.json

Every way checks the same file, made here (English and Chinese, claims right and wrong, a bad line), and all
outputs must be the same to the byte. The first row's time holds the start (Ray's processes, the models), so
the rate is that of the rows after it. Needs the extra ``cluster``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

EN = (
    (
        "The pump KP-{number} has a warranty of {years} years from delivery. Repairs are made by a partner.",
        "Goods may be returned within {days} days. The buyer pays for shipping. The price is {price} euros.",
    ),
    "The warranty of KP-{number} lasts {wrong} years. Goods may be returned within {days} days. "
    "The seller pays for shipping. It costs {price} euros.",
)
ZH = (
    (
        "水泵 KP-{number} 自交货之日起保修 {years} 年。维修须由授权的服务商完成。",
        "货物可在 {days} 天内退回。运费由买方承担。单价为 {price} 欧元，不含增值税。",
    ),
    "KP-{number} 保修 {wrong} 年。可在 {days} 天内退货。运费由卖方承担。单价 {price} 欧元。",
)
ACTOR = "ray::MapWorker(MapBatches(Worker)).submit"


@dataclass(frozen=True, slots=True)
class Timed:
    """One run: ``first`` and ``whole`` seconds from the command to the first and the last row.

    ``cpu`` seconds are those of all its processes together, which tell more than the clock where others
    hold the cores too. Of Ray they are a lower bound: its servers do not wait for all their children.
    """

    way: str
    workers: int
    rows: int
    first: float
    whole: float
    cpu: float
    killed: int = 0

    @property
    def rate(self) -> float:
        """Rows a second once the first is there."""
        return (self.rows - 1) / max(1e-9, self.whole - self.first)


def made(count: int) -> list[str]:
    """Lines of the batch format with four claims each."""
    lines = []
    for number in range(count):
        years = number % 5 + 1
        values = {"number": number, "years": years, "wrong": years + (number % 3 == 0)}
        values |= {"days": number % 30 + 10, "price": 100 + number}
        context, answer = ZH if number % 2 else EN
        context = [text.format(**values) for text in context]
        answer = answer.format(**values)
        row = {"id": f"r{number}", "question": None, "context": context, "answer": answer, "lang": None}
        lines.append(json.dumps(row, ensure_ascii=False))
    lines[min(3, count - 1)] = "{bad"
    return lines


def run(source: Path, out: Path, rows: int, workers: int, *, ray: bool, kill: bool = False) -> Timed:
    """One run of the command line in processes of its own."""
    command = [sys.executable, "-m", "core.cli", "check", "--jsonl", str(source), "--workers", str(workers)]
    command += ["--ray"] if ray else []
    began, spent = time.monotonic(), cpu_of_children()
    first, killed = 0.0, 0
    with (
        out.open("w", encoding="utf-8") as sink,
        subprocess.Popen(  # noqa: S603 - our own command line
            command, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        ) as job,
    ):
        assert job.stdout is not None
        for line in job.stdout:
            first = first or time.monotonic() - began
            sink.write(line)
            if kill and not killed:
                killed = kill_one(job.pid)
    if job.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {job.returncode}")
    way = "Ray" if ray else "processes"
    whole = time.monotonic() - began
    return Timed(way, workers, rows, first, whole, cpu_of_children() - spent, killed)


def cpu_of_children() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kill_one(pid: int) -> int:
    """Kill an actor that is at work."""
    for child in psutil.Process(pid).children(recursive=True):
        if (child.cmdline() or [""])[0].startswith(ACTOR):
            os.kill(child.pid, signal.SIGKILL)
            return 1
    return 0


def main() -> None:
    """Run every way and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=240)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--no-ray", action="store_true", help="the processes of this machine only")
    options.add_argument("--kill", action="store_true", help="once more on Ray, killing a worker")
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    found: list[Timed] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("\n".join(made(asked.rows)) + "\n", encoding="utf-8")
        outputs: dict[str, str] = {}
        plan = [
            (workers, ray, False)
            for workers in asked.workers
            for ray in ((False,) if asked.no_ray else (False, True))
        ]
        for workers, ray, kill in [*plan, *([(max(asked.workers), True, True)] if asked.kill else [])]:
            out = Path(folder) / "out.jsonl"
            found.append(run(source, out, asked.rows, workers, ray=ray, kill=kill))
            text = out.read_text(encoding="utf-8")
            outputs.setdefault(text, hashlib.sha256(text.encode("utf-8")).hexdigest()[:8])
            done = found[-1]
            print(
                f"{done.way:10} workers {workers}  first row {done.first:6.1f} s  whole {done.whole:6.1f} s  "
                f"{done.rate:6.2f} rows/s  {done.cpu / done.rows:.3f} CPU s/row  killed {done.killed}  "
                f"output {outputs[text]}",
                flush=True,
            )
    print("all outputs the same to the byte" if len(outputs) == 1 else "OUTPUTS DIFFER")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) | {"rate": each.rate} for each in found], indent=2))
    sys.exit(len(outputs) != 1)


if __name__ == "__main__":
    main()
