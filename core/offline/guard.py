"""Going offline: what every process of Touchstone does first."""

from __future__ import annotations

from collections.abc import Iterable

from core.offline import hook, kernel


def go_offline(allowed: Iterable[str] = ()) -> None:
    """Refuse the network to this process and to all that it starts, once and for all.

    With ``allowed`` hosts (a model server inside the company) only Python's refusal can hold, since the
    system's filter knows no host names: it is then left to the processes that need no server.
    """
    hosts = tuple(allowed)
    hook.refuse(hosts)
    if not hosts and not kernel.refused_here():
        kernel.refuse()


def hosts_of(text: str) -> tuple[str, ...]:
    """The host names of a setting: separated by commas or spaces."""
    return tuple(text.replace(",", " ").split())
