"""The whole job where there is no network at all, and what the system says about our processes meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from core.offline import kernel

LEAVE = "# Leave\n\nEvery employee has 28 days of leave a year. Five of them may be taken over.\n"
UNSHARE = ["unshare", "--map-root-user", "--net"]


def no_namespace() -> str:
    """Why a namespace without a network cannot be made here; "" where it can."""
    if shutil.which(UNSHARE[0]) is None:
        return "there is no program `unshare` here"
    done = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True, check=False)
    return f"this user may not make a network namespace: {done.stderr.strip()}" if done.returncode else ""


@pytest.fixture
def alone(home, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """The home, with every command run in a namespace that has no network, not even a loopback."""
    reason = no_namespace()
    if reason:
        pytest.skip(reason)
    inside = type(home).command
    monkeypatch.setattr(type(home), "command", lambda self, *args: UNSHARE + inside(self, *args))
    return home


def test_the_namespace_has_no_network(alone) -> None:
    code = (
        "import os; print(sorted(os.listdir('/sys/class/net')), open('/proc/net/route').read().count('\\n'))"
    )
    done = subprocess.run([*UNSHARE, sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] in ("0", "1")  # no route but the table's head


@pytest.mark.model
def test_reading_asking_checking_and_exporting_need_no_network(
    alone, tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    library = tmp_path / "library"
    assert alone.run("add", write("leave.md", LEAVE), "--library", library).code == 0
    asked = alone.run("ask", "How many days of leave are there?", "--library", library, "--json")
    assert asked.code in (0, 3), asked.err
    assert asked.json()[-1]["answer"].strip()
    wrong = alone.run("check", write("claim.md", "There are 44 days of leave."), "--library", library)
    assert wrong.code == 3, wrong.err
    assert alone.run("audit", "verify", "--library", library).code == 0


@pytest.mark.model
@pytest.mark.skipif(not kernel.available(), reason="only Linux has a filter for system calls")
def test_every_process_of_a_running_answer_carries_the_filter_and_no_connection(
    home, tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    library = tmp_path / "library"
    home.run("add", write("leave.md", LEAVE), "--library", library)
    running = subprocess.Popen(
        home.command("ask", "How many days of leave are there?", "--library", library),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=home.environment(),
    )
    seen: dict[int, tuple[bool, int]] = {}
    tick = threading.Event()
    while running.poll() is None:
        for process in children_of(running.pid):
            note(process, seen)
        tick.wait(0.05)
    assert running.returncode in (0, 3)
    assert seen, "the engine was never seen"
    assert all(filtered and not connections for filtered, connections in seen.values()), seen


def children_of(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def note(process: psutil.Process, seen: dict[int, tuple[bool, int]]) -> None:
    """What the system says of a process: whether a filter is on it, and its Internet connections."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        seen[process.pid] = ("\nSeccomp:\t2\n" in status, len(process.net_connections(kind="inet")))
    except (psutil.Error, OSError):
        return  # it has ended meanwhile
