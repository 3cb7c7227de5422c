"""Python's own refusal, on every system: an audit hook that stops a socket before it is used.

It sees what Python code does through the module ``socket``, on which all Python network code stands. Native
code that calls the system itself it does not see; ``kernel`` does. A hook can never be removed, so it is put
on once and reads the list of allowed hosts each time.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterable
from typing import Any

_WITH_ADDRESS = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_WITH_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


class NetworkRefusedError(PermissionError):
    """Something in this process wanted to use the network. Code that expects networks to fail copes."""


class _Here(threading.local):
    """What one thread is doing: while it looks up an allowed name, the others are watched as ever."""

    resolving = False


class _Hook:
    """The one hook of the process."""

    def __init__(self) -> None:
        self.installed = False
        self.refusals = 0
        self.allowed: frozenset[str] = frozenset()
        self._known: dict[str, frozenset[str]] = {}
        self._here = _Here()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not event.startswith("socket.") or self._here.resolving:
            return
        if event in _WITH_ADDRESS:
            address = arguments[1]
            if isinstance(address, tuple) and not self._may(str(address[0])):
                self._refuse(event)
        elif event in _WITH_NAME and not self._may(_text(arguments[0])):
            self._refuse(event)

    def _refuse(self, event: str) -> None:
        self.refusals += 1
        raise NetworkRefusedError(f"Touchstone is offline: {event} refused")

    def _may(self, host: str) -> bool:
        return host.lower() in self.allowed or any(host in self._addresses(name) for name in self.allowed)

    def _addresses(self, name: str) -> frozenset[str]:
        """What an allowed name stands for: a connection is made to the address that it was resolved to."""
        if name not in self._known:
            self._here.resolving = True
            try:
                found = socket.getaddrinfo(name, None)
            except OSError:
                return frozenset()  # asked again the next time: the name server may be back by then
            finally:
                self._here.resolving = False
            self._known[name] = frozenset(str(entry[4][0]) for entry in found)
        return self._known[name]


_hook = _Hook()


def refuse(allowed: Iterable[str]) -> None:
    """Refuse every address but those of these hosts; a later call replaces the list."""
    _hook.allowed = frozenset(host.lower() for host in allowed)
    if not _hook.installed:
        sys.addaudithook(_hook)
        _hook.installed = True


def refused_here() -> bool:
    """Whether Python code of this process is refused a connection now (to an address that nobody has)."""
    if not _hook.installed:
        return False
    counted = _hook.refusals
    try:
        sys.audit("socket.connect", None, ("192.0.2.1", 9))
    except NetworkRefusedError:
        return True
    finally:
        _hook.refusals = counted  # our own trial is no attempt
    return False


def refusals() -> int:
    """How often Python code of this process has wanted to use the network and was refused."""
    return _hook.refusals


def allowed() -> tuple[str, ...]:
    """The hosts that may be reached."""
    return tuple(sorted(_hook.allowed))


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
