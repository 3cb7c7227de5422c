"""The system's own refusal, on Linux: a seccomp filter that lets no process open an Internet socket.

It holds for all code of the process, native code included, and for every process that it starts from then on;
nothing can take it back. Refused are ``socket`` for every family but AF_UNIX (windows, input methods, the
keyring) and AF_NETLINK (the kernel itself), ``io_uring`` (which opens sockets past that call) and system
calls of another word size (which number them otherwise). Not covered: a socket that was open before, or that
a program outside hands over.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

_LOAD, _JUMP_EQUAL, _JUMP_FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER, _ARCHITECTURE, _FAMILY = 0, 4, 16  # offsets in struct seccomp_data
_UNIX, _NETLINK = 1, 16
_X32 = 0x40000000  # system calls of the x32 word size count from here
_IO_URING_SETUP = 425
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_PR_SET_NO_NEW_PRIVS = 38
# By machine: the kernel's name of the architecture, and the numbers of socket and seccomp.
_MACHINES = {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def available() -> bool:
    """Whether this system has such a filter."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def refuse() -> bool:
    """Put the filter on all threads of this process; False where the system does not let us."""
    if not available():
        return False
    architecture, socket_number, seccomp_number = _MACHINES[platform.machine()]
    steps = _filter(architecture, socket_number)
    held = ctypes.create_string_buffer(steps)
    program = _Program(len(steps) // 8, ctypes.cast(held, ctypes.c_void_p))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done = system.syscall(seccomp_number, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program))
    return bool(done == 0)


def refused_here() -> bool:
    """Try it: whether native code of this process is refused an Internet socket now. Nothing is sent."""
    if sys.platform == "win32":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    handle = system.socket(2, 2, 0)  # AF_INET, SOCK_DGRAM
    if handle >= 0:
        os.close(handle)
        return False
    return ctypes.get_errno() in (errno.EACCES, errno.EPERM)


def _filter(architecture: int, socket_number: int) -> bytes:
    """The filter's program; a jump counts the steps that it leaves out when the test holds, and else."""
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 0, 8, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_FROM, 6, 0, _X32),
        (_JUMP_EQUAL, 5, 0, _IO_URING_SETUP),
        (_JUMP_EQUAL, 0, 3, socket_number),
        (_LOAD, 0, 0, _FAMILY),
        (_JUMP_EQUAL, 1, 0, _UNIX),
        (_JUMP_EQUAL, 0, 1, _NETLINK),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
