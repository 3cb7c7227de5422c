"""Many answers on Ray: the rows of ``check_lines``, the same to the letter, by workers here or on a cluster.

An actor a worker holds the verifier; Ray starts a killed one again and gives it its rows anew. On this
machine Ray runs in a network of its own (``core.offline.loopback``). To a cluster questions, contexts and
answers travel over the firm's network: its host must be allowed. Ray's reporting of usage, its dashboard and
its metrics are off.
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
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import islice
from typing import Any

from core import __version__
from core.errors import CoreError, VerifierError
from core.offline import go_offline, loopback
from core.settings import Settings
from core.verify.batch import Scorer, given_up, numbered

LOCAL = "local"
_ROWS = 16  # of a block: what a killed worker loses and does again
_TRIES = 3  # of a row whose worker died: more than that is no accident
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


def check_on_ray(
    lines: Iterable[str],
    settings: Settings,
    workers: int = 0,
    address: str = LOCAL,
    hosts: Collection[str] = (),
) -> Iterator[str]:
    """As ``check_lines``, on Ray: local, or the cluster at ``address`` (``host:port``), an allowed host.

    Raises VerifierError ``ray_missing``, ``ray_network`` where this machine cannot close a local Ray in,
    ``ray_not_allowed``, ``ray_failed``, and as ``check_lines`` does.
    """
    require_ray()
    if address == LOCAL and not loopback.alone():
        raise VerifierError("ray_network")
    if address != LOCAL:
        _require_reachable(address, hosts)
    identity = Scorer(settings, threads=1).identity  # damaged files fail here, before anything is started
    workers = workers or os.cpu_count() or 1
    reachable = loopback.HOSTS if address == LOCAL else (*loopback.HOSTS, *hosts)
    with started(workers, address) as ray:
        try:
            yield from _checked(ray, lines, settings, workers, (f"{__version__} {identity}", reachable))
        except ray.exceptions.RayError as error:
            raise _told(error) from error


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
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **asked)
            yield ray
        except (ConnectionError, TimeoutError, RuntimeError) as error:
            raise VerifierError("ray_failed", detail=str(error)[:300]) from error
        finally:
            ray.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


class Attempts:
    """Counts how often each row was begun and not ended: Ray gives a dead worker's rows to another for ever,
    and a row that kills every worker must become a row with a reason. One for all workers.
    """

    def __init__(self) -> None:
        self._begun: Counter[int] = Counter()

    def begin(self, number: int, ended: int | None) -> int:
        """Note that a row begins, and that the worker's row before it has ended; returns which try it is."""
        if ended is not None:
            del self._begun[ended]
        self._begun[number] += 1
        return self._begun[number]


class Worker:
    """What an actor keeps between its blocks of rows: the models, opened once."""

    def __init__(self, settings: Settings, expected: str, reachable: Collection[str], attempts: Any) -> None:
        go_offline(reachable)
        self._scorer = Scorer(settings, threads=1)
        found = f"{__version__} {self._scorer.identity}"
        self._ray, self._attempts = importlib.import_module("ray"), attempts
        if found != expected:
            raise VerifierError("ray_version", found=found, expected=expected)

    def __call__(self, block: Any) -> Any:
        """Lines of output for a table of numbered lines."""
        import pyarrow  # noqa: PLC0415 - of the extra

        numbers, lines, done = block["number"].to_pylist(), block["line"].to_pylist(), []
        for ended, number, line in zip([None, *numbers], numbers, lines, strict=False):
            tries = self._ray.get(self._attempts.begin.remote(number, ended))
            done.append(self._scorer.line((number, line)) if tries <= _TRIES else given_up(number))
        return pyarrow.table({"line": done})


def _checked(
    ray: Any, lines: Iterable[str], settings: Settings, workers: int, known: tuple[str, Collection[str]]
) -> Iterator[str]:
    """The rows in order, as they are done."""
    data = importlib.import_module("ray.data")
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = context.print_on_execution_start = False
    blocks = [ray.put(table) for table in _tables(lines)]
    if not blocks:
        return
    expected, reachable = known
    attempts = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(Attempts).remote()
    results = data.from_arrow_refs(blocks).map_batches(
        Worker,
        fn_constructor_args=(settings, expected, tuple(reachable), attempts),
        batch_size=None,
        batch_format="pyarrow",
        compute=data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )
    for done in results.iter_batches(batch_size=None, batch_format="pyarrow"):
        yield from done["line"].to_pylist()


def _tables(lines: Iterable[str]) -> Iterator[Any]:
    pyarrow = importlib.import_module("pyarrow")
    rows = numbered(lines)
    while block := list(islice(rows, _ROWS)):
        yield pyarrow.table({"number": [number for number, _ in block], "line": [line for _, line in block]})


def _told(error: Exception) -> CoreError:
    """Our own error from inside an actor, else what Ray says in its last line."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, CoreError):
        return cause
    said = str(error).strip().splitlines() or [type(error).__name__]
    return VerifierError("ray_failed", detail=said[-1][:300])
