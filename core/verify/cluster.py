"""Many answers on Ray: what one process here would write, to the letter, by workers here or on a cluster.

An actor a worker holds the verifier; lines go in and come out in order (``Work``). Ray starts a killed worker
again and gives it its lines anew. To a cluster questions, contexts and answers travel over the firm's
network: its host must be allowed.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from core import __version__
from core.errors import CoreError, VerifierError
from core.offline import go_offline, loopback
from core.settings import Settings
from core.verify.batch import Scorer, given_up, numbered
from core.verify.ray_start import LOCAL, require_ready, started

_ROWS = 16  # of a block where a line takes a fraction of a second: what a killed worker does again
_TRIES = 3  # of a row whose worker died: more than that is no accident

Item = tuple[int, str]  # a line's number, and the line


class Opened(Protocol):
    """What a worker keeps between lines."""

    @property
    def identity(self) -> str:
        """Names everything that the results hang on: two machines that agree on it work alike."""
        ...

    def line(self, item: Item) -> str:
        """One line of output for one of input."""
        ...


class Work(Protocol):
    """What is done to each line. It travels to the workers as it is."""

    def opened(self) -> Opened:
        """The models, opened once a worker."""
        ...

    def given_up(self, item: Item) -> str:
        """The line of output for one whose worker died each time that it was tried."""
        ...


@dataclass(frozen=True, slots=True)
class CheckLines:
    """The work of ``check_lines``."""

    settings: Settings

    def opened(self) -> Scorer:
        """The verifier; its one thread leaves the other cores to other workers."""
        return Scorer(self.settings, threads=1)

    def given_up(self, item: Item) -> str:
        """A line that says so."""
        return given_up(item[0])


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
    yield from spread(numbered(lines), CheckLines(settings), workers, address, hosts)


def spread(
    items: Iterable[Item],
    work: Work,
    workers: int = 0,
    address: str = LOCAL,
    hosts: Collection[str] = (),
    block: int = _ROWS,
) -> Iterator[str]:
    """The work on all items by so many workers (0: one a core), in order; a worker takes a ``block`` of items
    at a time. Raises as ``check_on_ray`` does.
    """
    require_ready(address, hosts)
    if address == LOCAL and not loopback.alone():
        raise VerifierError("ray_network")
    identity = work.opened().identity  # damaged files fail here, before anything is started
    workers = workers or os.cpu_count() or 1
    reachable = loopback.HOSTS if address == LOCAL else (*loopback.HOSTS, *hosts)
    with started(workers, address) as ray:
        try:
            blocks = [ray.put(table) for table in _tables(items, block)]
            yield from _worked(ray, blocks, work, workers, (f"{__version__} {identity}", reachable))
        except ray.exceptions.RayError as error:
            raise _told(error) from error


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

    def __init__(self, work: Work, expected: str, reachable: Collection[str], attempts: Any) -> None:
        go_offline(reachable)
        self._work, self._opened = work, work.opened()
        found = f"{__version__} {self._opened.identity}"
        self._ray, self._attempts = importlib.import_module("ray"), attempts
        if found != expected:
            raise VerifierError("ray_version", found=found, expected=expected)

    def __call__(self, block: Any) -> Any:
        """Lines of output for a table of numbered lines."""
        import pyarrow  # noqa: PLC0415 - of the extra

        numbers, lines, done = block["number"].to_pylist(), block["line"].to_pylist(), []
        for ended, number, line in zip([None, *numbers], numbers, lines, strict=False):
            tries = self._ray.get(self._attempts.begin.remote(number, ended))
            item = (number, line)
            done.append(self._opened.line(item) if tries <= _TRIES else self._work.given_up(item))
        return pyarrow.table({"line": done})


def _worked(
    ray: Any, blocks: list[Any], work: Work, workers: int, known: tuple[str, Collection[str]]
) -> Iterator[str]:
    """The lines of output in order, as they are done."""
    data = importlib.import_module("ray.data")
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = context.print_on_execution_start = False
    if not blocks:
        return
    expected, reachable = known
    attempts = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(Attempts).remote()
    results = data.from_arrow_refs(blocks).map_batches(
        Worker,
        fn_constructor_args=(work, expected, tuple(reachable), attempts),
        batch_size=None,
        batch_format="pyarrow",
        compute=data.ActorPoolStrategy(size=min(workers, len(blocks))),
        num_cpus=1,
    )
    for done in results.iter_batches(batch_size=None, batch_format="pyarrow"):
        yield from done["line"].to_pylist()


def _tables(items: Iterable[Item], size: int) -> Iterator[Any]:
    pyarrow = importlib.import_module("pyarrow")
    rows = iter(items)
    while block := list(islice(rows, size)):
        yield pyarrow.table({"number": [number for number, _ in block], "line": [line for _, line in block]})


def _told(error: Exception) -> CoreError:
    """Our own error from inside an actor, else what Ray says in its last line."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, CoreError):
        return cause
    said = str(error).strip().splitlines() or [type(error).__name__]
    return VerifierError("ray_failed", detail=said[-1][:300])
