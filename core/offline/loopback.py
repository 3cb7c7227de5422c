"""A process that sees no network but its own loopback: for programs that must talk to themselves over TCP.

Ray's processes listen on every interface and connect to each other, so the filter of ``kernel`` would stop
them. On Linux the system can give a process a network of its own in which there is nothing else: whatever it
starts lives there too, native code included, and cannot get out. Run as ``python -m core.offline.loopback
MODULE ARGUMENT…``: it closes itself in, then becomes that module.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import socket
import struct
import sys

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP_AND_RUNNING = 0x1 | 0x40
_TRIED = "TOUCHSTONE_LOOPBACK"
_NAME = "lo"
HOSTS = ("127.0.0.1", "::1", "::", "localhost")


def alone() -> bool:
    """Whether this process sees no interface but the loopback."""
    return {name for _, name in socket.if_nameindex()} == {_NAME}


def restart(module: str, arguments: list[str]) -> None:
    """Become the module once more in a network of its own; returns where the system does not let us.

    The process must not have the filter of ``kernel`` on, which would go along.
    """
    if sys.platform != "linux" or os.environ.get(_TRIED):
        return
    os.environ[_TRIED] = "1"
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "core.offline.loopback", module, *arguments])  # noqa: S606


def enter() -> bool:
    """Close this process in; False where the system does not let us. It must not have started threads."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_USER | _NEW_NET) != 0:
        return False
    try:
        _write("setgroups", "deny")
        _write("uid_map", f"{user} {user} 1")
        _write("gid_map", f"{group} {group} 1")
        _bring_up()
    except OSError:
        return False
    return alone()


def _write(name: str, text: str) -> None:
    with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
        file.write(text)


def _bring_up() -> None:
    import fcntl  # noqa: PLC0415 - not on Windows

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        fcntl.ioctl(handle, _SET_FLAGS, struct.pack("16sh14x", _NAME.encode(), _UP_AND_RUNNING))


if __name__ == "__main__":
    enter()  # where it fails, the module finds out with alone() and says so
    module, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
