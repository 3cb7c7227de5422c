"""No network: refuses it in this process and its children, and tells how that is known."""

from core.offline.guard import go_offline, hosts_of
from core.offline.hook import NetworkRefusedError
from core.offline.hook import allowed as reachable
from core.offline.look import Connection, NetworkState, Process, look

__all__ = [
    "Connection",
    "NetworkRefusedError",
    "NetworkState",
    "Process",
    "go_offline",
    "hosts_of",
    "look",
    "reachable",
]
