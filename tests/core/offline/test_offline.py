"""The refusal is put on in processes of their own: it can never be taken off again."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.offline import hosts_of, kernel

LINUX = pytest.mark.skipif(not kernel.available(), reason="only Linux has a filter for system calls")


def told(code: str, **environment: str) -> object:
    """What a fresh interpreter prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def port() -> Iterator[int]:
    """A port of this machine that anyone may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


TRY = """
import ctypes, json, socket, sys
from core.offline import go_offline, hook, kernel
def attempt(work):
    try:
        work()
        return "went through"
    except OSError as error:
        return type(error).__name__
"""


def test_python_code_is_refused_a_connection_a_name_and_a_port(port: int) -> None:
    code = f"""{TRY}
hook.refuse(())
print(json.dumps([
    attempt(lambda: socket.create_connection(("127.0.0.1", {port}))),
    attempt(lambda: socket.getaddrinfo("example.invalid", 80)),
    attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port}))),
    attempt(lambda: socket.socket().bind(("127.0.0.1", 0))),
    hook.refused_here(), hook.refusals()]))"""
    assert told(code) == ["NetworkRefusedError"] * 4 + [True, 4]


def test_the_same_goes_through_without_the_refusal(port: int) -> None:
    code = f"""{TRY}
print(json.dumps([attempt(lambda: socket.create_connection(("127.0.0.1", {port}))), kernel.refused_here(),
    hook.refused_here()]))"""
    assert told(code) == ["went through", False, False]


def test_a_host_on_the_list_is_reached_and_no_other(port: int) -> None:
    code = f"""{TRY}
go_offline(["localhost"])
print(json.dumps([
    attempt(lambda: socket.create_connection(("localhost", {port}))),
    attempt(lambda: socket.create_connection(("127.0.0.2", {port}))),
    attempt(lambda: socket.getaddrinfo("example.invalid", 80))]))"""
    assert told(code) == ["went through", "NetworkRefusedError", "NetworkRefusedError"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets here")
def test_local_sockets_stay_open(tmp_path: Path) -> None:
    code = f"""{TRY}
go_offline()
server = socket.socket(socket.AF_UNIX); server.bind({str(tmp_path / "x")!r}); server.listen()
client = socket.socket(socket.AF_UNIX)
print(json.dumps([attempt(lambda: client.connect({str(tmp_path / "x")!r})), attempt(socket.socketpair)]))"""
    assert told(code) == ["went through"] * 2


@LINUX
def test_native_code_is_refused_in_every_thread_and_in_children() -> None:
    code = f"""{TRY}
import subprocess, threading
system = ctypes.CDLL(None, use_errno=True)
here = threading.Event(); later = []
thread = threading.Thread(target=lambda: (here.wait(), later.append(system.socket(2, 1, 0))))
thread.start()
go_offline()
here.set(); thread.join()
child = subprocess.run([sys.executable, "-c",
    "import ctypes; print([ctypes.CDLL(None).socket(family, 1, 0) for family in (2, 10)])"],
    capture_output=True, text=True)
print(json.dumps([later, [system.socket(family, 1, 0) for family in (2, 10, 17, 40)],
    kernel.refused_here(), child.stdout.strip()]))"""
    assert told(code) == [[-1], [-1, -1, -1, -1], True, "[-1, -1]"]


@LINUX
def test_what_is_looked_up_is_what_is_so() -> None:
    code = f"""{TRY}
from core.offline import look
import subprocess, time
before = socket.create_server(("127.0.0.1", 0))
go_offline()
child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
first = look(); before.close(); second = look()
child.communicate(b"")
print(json.dumps([first.closed, len(first.connections), second.closed, len(second.processes),
    [process.filtered for process in second.processes], second.python, second.refusals]))"""
    assert told(code) == [False, 1, True, 2, [True, True], True, 0]


@LINUX
@pytest.mark.skipif(sys.maxsize < 2**32, reason="made for 64-bit systems")
def test_the_ways_around_the_filter_are_closed_too() -> None:
    """``io_uring_setup``, and on x86-64 the call ``socket`` by its number in the x32 word size."""
    code = f"""{TRY}
import errno, platform
go_offline()
system = ctypes.CDLL(None, use_errno=True)
numbers = [425] + ([0x40000000 + 41] if platform.machine() == "x86_64" else [])
print(json.dumps([(system.syscall(number, 2, 1, 0), ctypes.get_errno()) for number in numbers]))"""
    assert all(tuple(answer) == (-1, 13) for answer in told(code))  # type: ignore[attr-defined]


def test_hosts_are_read_from_a_line() -> None:
    assert hosts_of(" llm.firm.example, 10.0.0.5 ") == ("llm.firm.example", "10.0.0.5")
    assert hosts_of("") == ()


def test_this_process_is_not_offline_by_accident() -> None:
    assert not kernel.refused_here()
