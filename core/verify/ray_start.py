"""Starting Ray so that it tells nobody and hears nobody: no reporting of usage, no dashboard, no metrics.

On this machine it runs in a network of its own (``core.offline.loopback``).
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from core.errors import VerifierError

LOCAL = "local"
_STORE = 200 * 2**20  # bytes of shared memory; what does not fit goes to Ray's temporary folder
_CONNECT_SECONDS = 10.0
_NEEDED = ("ray", "pandas", "pyarrow")
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_enable_metrics_collection": "0",
    "RAY_enable_open_telemetry": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_DISABLE_IMPORT_WARNING": "1",
}


def require_ray() -> None:
    """Raise VerifierError ``ray_missing`` where the extra ``cluster`` is not installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise VerifierError("ray_missing", what=", ".join(missing))


def require_ready(address: str = LOCAL, hosts: Collection[str] = ()) -> None:
    """Find out before hours of other work what would stop Ray; raises as ``check_on_ray`` does."""
    require_ray()
    if address != LOCAL:
        _require_reachable(address, hosts)


def _require_reachable(address: str, hosts: Collection[str]) -> None:
    """Ray itself would knock at a cluster that is not there for minutes."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]").lower()
    if host not in {each.lower() for each in hosts}:
        raise VerifierError("ray_not_allowed", host=host or address)
    try:
        socket.create_connection((host, int(port)), _CONNECT_SECONDS).close()
    except (OSError, ValueError, OverflowError) as error:
        raise VerifierError("ray_failed", detail=f"{address}: {error}"[:300]) from error


@contextmanager
def started(workers: int, address: str = LOCAL) -> Iterator[Any]:
    """Ray, joined or started for so many workers, and left or ended afterwards; yields the module ``ray``.

    A Ray started here keeps its files in a folder that only the user can read and that is removed.
    """
    os.environ.update(QUIET)  # read when Ray is imported
    if address == LOCAL:
        # Ray's own token would lie in the user's home for all to read; that of a cluster its owner gives.
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    ray = importlib.import_module("ray")
    folder = tempfile.mkdtemp(prefix="touchstone-ray-")  # short: sockets lie below it, and their paths are
    asked: dict[str, Any] = {"address": address}
    if address == LOCAL:
        asked = {
            "address": LOCAL,
            "num_cpus": workers + 1,  # one for Ray Data's own small tasks
            "include_dashboard": False,
            "object_store_memory": _STORE,
            "_temp_dir": folder,
            "_node_ip_address": "127.0.0.1",
        }
    with redirect_stdout(
        sys.stderr
    ):  # Ray tells of dead workers there, in the middle of the rows and at its end
        try:
            _join(ray, asked)
            yield ray
        except (ConnectionError, TimeoutError, RuntimeError) as error:
            raise VerifierError("ray_failed", detail=str(error)[:300]) from error
        finally:
            ray.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


def _join(ray: Any, asked: dict[str, Any]) -> None:
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **asked)
    except Exception as error:  # Ray raises nothing narrower where the machine is too busy for its start
        raise VerifierError("ray_failed", detail=str(error)[:300]) from error
