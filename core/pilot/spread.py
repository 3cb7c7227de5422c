"""A run's answers checked on Ray: by workers of this machine, or of a cluster that has the library too.

An answer is written and kept first; its check is a line of ``core.verify.cluster``. A worker opens the
library at the run's own path and refuses where documents, calibration, weights or versions are not those that
the run began with, so that its rows are those of ``core.pilot.run``, but for when and how fast they were
made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.assistant import Written
from core.pilot.checking import Begun, Checking, kept
from core.pilot.codec import decode, encode
from core.pilot.jobs import Job, row_without
from core.pilot.types import RowStatus, RunRow
from core.store.database import Library
from core.types import Reason
from core.verify import cluster
from core.verify.cluster import Item
from core.verify.model import open_models
from core.verify.ray_start import LOCAL


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer on its way to a worker."""

    model: str
    job: Job
    written: Written


Spread = Callable[[Begun, Iterable[Sent]], Generator[RunRow, None, None]]


def check_on_ray(
    begun: Begun,
    sent: Iterable[Sent],
    workers: int = 0,
    address: str = LOCAL,
    hosts: Collection[str] = (),
) -> Generator[RunRow, None, None]:
    """The rows of the answers, in order. Raises as ``core.verify.cluster.check_on_ray`` does, and as
    ``Checking`` where a worker has not what the run began with.
    """
    lines = ((number, encode(each)) for number, each in enumerate(sent, start=1))
    for line in cluster.spread(lines, CheckRows(begun), workers, address, hosts, block=1):
        yield decode(line, RunRow)


@dataclass(frozen=True, slots=True)
class CheckRows:
    """The work of one run, as it travels."""

    begun: Begun

    def opened(self) -> Rows:
        """Encoders with one thread; the other cores are for other workers."""
        return Rows(self.begun)

    def given_up(self, item: Item) -> str:
        """A failed row; ``touchstone pilot resume --retry`` does it again."""
        sent = decode(item[1], Sent)
        return encode(row_without(sent.model, sent.job, RowStatus.FAILED, Reason("row_worker_died")))


class Rows:
    """What a worker keeps between answers."""

    def __init__(self, begun: Begun) -> None:
        self._begun = begun
        self._models = open_models(threads=1)
        with self._checking():
            pass  # another library or other weights are refused here, before the first row

    @property
    def identity(self) -> str:
        """Nothing: the run itself says what must be the same, and ``Checking`` looks."""
        return ""

    def line(self, item: Item) -> str:
        """The row of one answer."""
        sent = decode(item[1], Sent)
        with self._checking() as checking:
            work = kept(sent.model, sent.job, checking.row(sent.model, sent.job, sent.written))
            while True:
                try:
                    next(work)
                except StopIteration as end:
                    return encode(end.value)

    @contextmanager
    def _checking(self) -> Iterator[Checking]:
        """A connection for each row: Ray does not promise a worker one thread."""
        with Library.open(Path(self._begun.plan.library), create=False) as library:
            yield Checking(self._begun, library, self._models.embedder, self._models.checker)
