"""A pilot whose checking is spread: answers are kept first, and the rows are those of a run on one machine.

What needs Ray is skipped without the extra ``cluster``, and where the system gives a process no network of
its own. Ray runs in processes of the command line, as it must start in such a network.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from core.assistant import open_encoders
from core.cli import touchstone
from core.errors import PilotError, VerifierError
from core.index import ingest
from core.llm.catalog import InstalledModel
from core.llm.fake import FakeEngine
from core.pilot.checking import Begun
from core.pilot.codec import decode, encode
from core.pilot.progress import AnswerKept, RowDone
from core.pilot.run import Pilot
from core.pilot.sets import read_set
from core.pilot.spread import CheckRows, Sent
from core.pilot.start import Options, start
from core.pilot.store import load_run
from core.pilot.types import RowStatus, RunRow
from core.settings import Settings
from core.store.database import Library
from core.store.pilot_run import RunStore

POLICY = """# Travel policy

## 3 Hotels

A hotel in Europe may cost up to 130 euros a night. Breakfast is paid in addition.

## 4 Claims

An expense claim is submitted within 30 days of the return from the trip.
"""
QUESTIONS = """question,expected,must refuse
Within at most how many days is an expense claim submitted?,Within 30 days of the return.,
How much may a hotel in Europe cost?,Up to 130 euros a night.,
What is the name of the office dog?,,yes
"""
ANSWERS = (
    "An expense claim is submitted within 30 days of the return from the trip.",
    "A hotel in Europe may cost up to 150 euros a night.",
    "The documents do not say.",
)
SCRIPT = (*ANSWERS, *[ANSWERS[0]] * 12)  # for the questions, then for every variant that is asked
ENTERS = "import sys; from core.offline import loopback; sys.exit(not loopback.enter())"


def _without() -> str:
    missing = [name for name in ("ray", "pandas", "pyarrow") if importlib.util.find_spec(name) is None]
    if missing:
        return f"the optional extra cluster is not installed: {', '.join(missing)}"
    entered = sys.platform == "linux" and not subprocess.call([sys.executable, "-c", ENTERS])
    return "" if entered else "this system gives a process no network of its own"


WITHOUT = _without()
on_ray = pytest.mark.skipif(bool(WITHOUT), reason=WITHOUT or "-")

encoders = cache(open_encoders)
Begin = Callable[..., Path]
Elsewhere = Callable[[Begun, Iterable[Sent]], Generator[RunRow, None, None]]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Begins a run of a scripted model under the shipped encoders."""
    (tmp_path / "travel-policy.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "set.csv").write_text(QUESTIONS, encoding="utf-8")
    embedder, checker = encoders()
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [tmp_path / "travel-policy.md"], embedder))
    model = InstalledModel("a", tmp_path / "a.gguf", "0" * 64, 1, None, "llama", "Q4_1", 512, 1, ("en",))

    def run(name: str = "run", stability: int = 1) -> Path:
        options = Options(stability=stability, knockout=True)
        asked = read_set(tmp_path / "set.csv")
        start(tmp_path / name, asked, [model], tmp_path / "library", Settings(), options, embedder, checker)
        return tmp_path / name

    return run


def pilot(folder: Path, *script: str, spread: Elsewhere | None = None) -> Pilot:
    return Pilot(folder, *encoders(), lambda *_: FakeEngine(*script), spread)


def elsewhere(begun: Begun, sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
    """A worker's own code, with all that travels as it travels."""
    work = CheckRows(begun).opened()
    for number, each in enumerate(sent, start=1):
        yield decode(work.line((number, encode(each))), RunRow)


def same(row: RunRow) -> str:
    """A row without what differs between two runs of anything: when, how fast, at what price."""
    timing = replace(row.timing, reading=0.0, writing=0.0, checking=0.0, joules=None)
    return encode(replace(row, at="", timing=timing))


def rows(folder: Path) -> list[str]:
    return [same(row) for row in load_run(folder).rows]


def test_rows_checked_elsewhere_are_those_of_one_machine(begin: Begin, tmp_path: Path) -> None:
    here, there = begin("here"), begin("there")
    list(pilot(here, *SCRIPT).work())
    events = list(pilot(there, *SCRIPT, spread=elsewhere).work())
    assert rows(here) == rows(there)
    assert len(rows(here)) > 6, "questions and variants"
    assert [type(event) for event in events if isinstance(event, AnswerKept | RowDone)].index(RowDone) > 0
    done = [row for row in load_run(there).rows if row.done]
    assert all(row.timing.checking > 0 and row.timing.joules is None for row in done)


def test_a_pause_keeps_what_is_written_and_nothing_is_written_twice(begin: Begin) -> None:
    folder = begin(stability=0)
    events = pilot(folder, *ANSWERS[:2], spread=elsewhere).work()
    kept: list[AnswerKept] = []
    for event in events:
        if isinstance(event, AnswerKept):
            kept.append(event)
            if len(kept) == 2:
                break
    events.close()
    assert [event.left for event in kept] == [2, 1]
    assert not load_run(folder).rows
    list(pilot(folder, ANSWERS[2], spread=elsewhere).work())  # a script of one: a second question would fail
    assert [row.answer for row in load_run(folder).rows] == list(ANSWERS)


def test_a_run_that_was_to_be_spread_may_be_checked_here(begin: Begin) -> None:
    def nowhere(begun: Begun, sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
        raise VerifierError("ray_failed", detail="gone")
        yield

    here, folder = begin("here", stability=0), begin(stability=0)
    list(pilot(here, *ANSWERS).work())
    with pytest.raises(VerifierError, match="ray_failed"):
        list(pilot(folder, *ANSWERS, spread=nowhere).work())
    assert not load_run(folder).rows
    list(pilot(folder).work())  # no answer in the script: no model is asked
    assert rows(folder) == rows(here)


def test_a_worker_with_another_library_refuses(begin: Begin, tmp_path: Path) -> None:
    folder = begin(stability=0)
    (tmp_path / "other.md").write_text("# Dogs\n\nThe office dog is called Rex.\n", encoding="utf-8")

    def later(begun: Begun, sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
        with Library.open(tmp_path / "library") as library:
            list(ingest.add(library, [tmp_path / "other.md"], None))
        yield from elsewhere(begun, sent)

    with pytest.raises(PilotError, match="run_documents"):
        list(pilot(folder, *ANSWERS, spread=later).work())
    assert not load_run(folder).rows


def test_an_answer_that_kills_its_workers_is_a_row_with_a_reason(begin: Begin) -> None:
    def deadly(begun: Begun, sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
        for number, each in enumerate(sent, start=1):
            yield decode(CheckRows(begun).given_up((number, encode(each))), RunRow)

    folder = begin(stability=0)
    list(pilot(folder, *ANSWERS, spread=deadly).work())
    found = load_run(folder).rows
    assert [(row.question, row.status) for row in found] == [(n, RowStatus.FAILED) for n in (1, 2, 3)]
    assert {row.reason.code for row in found if row.reason} == {"row_worker_died"}
    with RunStore.open(folder) as store:
        assert store.drop(RowStatus.FAILED.value) == 3
    list(pilot(folder).work())  # the answers are still kept: only their check is done again
    assert all(row.done for row in load_run(folder).rows)


def test_without_the_extra_no_question_is_asked(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(VerifierError, match="ray_missing"):
        CliRunner().invoke(touchstone, ["pilot", "resume", str(folder), "--ray"], catch_exceptions=False)
    assert not load_run(folder).rows


def test_a_cluster_that_is_not_allowed_is_told_before_the_first_question(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin()
    monkeypatch.setattr("core.verify.ray_start.require_ray", lambda: None)
    command = ["pilot", "resume", str(folder), "--ray=head.firm.example:6379"]
    with pytest.raises(VerifierError, match="ray_not_allowed"):
        CliRunner().invoke(touchstone, command, catch_exceptions=False)
    assert not load_run(folder).rows


def test_where_no_network_can_be_closed_off_the_run_says_how_to_go_on(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin(stability=0)
    with pytest.raises(VerifierError):
        list(pilot(folder, *ANSWERS, spread=_broken).work())
    monkeypatch.setattr("core.verify.ray_start.require_ray", lambda: None)
    monkeypatch.setattr("core.offline.loopback.alone", lambda: False)
    monkeypatch.setattr("core.offline.loopback.restart", lambda *_: None)
    with pytest.raises(PilotError, match="run_not_spread"):
        CliRunner().invoke(touchstone, ["pilot", "resume", str(folder), "--ray"], catch_exceptions=False)
    with RunStore.open(folder) as store:
        assert len(store.written()) == 3


def _broken(_begun: Begun, _sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
    raise VerifierError("ray_failed", detail="-")
    yield


@on_ray
def test_on_ray_a_killed_worker_and_a_killed_run_lose_nothing(begin: Begin, tmp_path: Path) -> None:
    folder = begin()
    with pytest.raises(VerifierError):
        list(pilot(folder, *SCRIPT, spread=_broken).work())
    shutil.copytree(folder, tmp_path / "here")
    list(pilot(tmp_path / "here").work())
    command = [sys.executable, "-m", "core.cli", "pilot", "resume", str(folder), "--ray", "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as job:
        victim = _worker(job.pid)
        os.kill(victim, signal.SIGKILL)
        _, said = job.communicate(timeout=240)
    assert job.returncode == 0, said
    assert not psutil.pid_exists(victim)
    assert rows(folder) == rows(tmp_path / "here")


def _worker(pid: int) -> int:
    """An actor that holds the verifier, once one is at work."""
    until = time.monotonic() + 200
    while time.monotonic() < until:
        for child in psutil.Process(pid).children(recursive=True):
            try:
                if child.cmdline()[0].startswith("ray::MapWorker(MapBatches(Worker)).submit"):
                    return child.pid
            except (psutil.Error, IndexError):
                continue
        time.sleep(0.02)
    pytest.fail("no actor has begun to work")
