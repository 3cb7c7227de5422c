"""What is known about the network at this moment, and how: looked up each time, never assumed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.offline import hook, kernel

if TYPE_CHECKING:
    import psutil

_FILTERED = "2"  # /proc/PID/status: seccomp with a filter


@dataclass(frozen=True, slots=True)
class Connection:
    """An open Internet connection or listening port of one of our processes."""

    process: int
    local: str
    remote: str


@dataclass(frozen=True, slots=True)
class Process:
    """One of our processes. ``filtered``: the system says that a filter is on it; None where that cannot be
    asked.
    """

    pid: int
    filtered: bool | None


@dataclass(frozen=True, slots=True)
class NetworkState:
    """``kernel``: native code here was refused a socket just now. ``python``: so was Python code.
    ``refusals``: attempts of Python code before. ``unseen``: processes whose connections the system does
    not show us.
    """

    kernel: bool
    python: bool
    refusals: int
    allowed: tuple[str, ...]
    processes: tuple[Process, ...]
    connections: tuple[Connection, ...]
    unseen: int

    @property
    def closed(self) -> bool:
        """Whether the system itself refuses the network to all our processes, and none is connected."""
        return (
            self.kernel
            and not self.connections
            and not self.unseen
            and all(process.filtered for process in self.processes)
        )


def look() -> NetworkState:
    """Try it in this process, and ask the system about this process and its children."""
    import psutil  # noqa: PLC0415 - the window is painted before anyone looks

    here = psutil.Process()
    family = [here, *here.children(recursive=True)]
    connections: list[Connection] = []
    unseen = 0
    for process in family:
        try:
            connections += _connections(process)
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:
            unseen += 1
    return NetworkState(
        kernel=kernel.refused_here(),
        python=hook.refused_here(),
        refusals=hook.refusals(),
        allowed=hook.allowed(),
        processes=tuple(Process(process.pid, _filtered(process.pid)) for process in family),
        connections=tuple(connections),
        unseen=unseen,
    )


def _connections(process: psutil.Process) -> list[Connection]:
    return [
        Connection(process.pid, _address(entry.laddr), _address(entry.raddr))
        for entry in process.net_connections(kind="inet")
    ]


def _address(address: object) -> str:
    """``host:port``, "" where there is none."""
    return ":".join(map(str, address)) if isinstance(address, tuple) else ""


def _filtered(pid: int) -> bool | None:
    if sys.platform != "linux":
        return None
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    told = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return told.get("Seccomp") == _FILTERED
