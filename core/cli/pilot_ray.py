"""``touchstone pilot run --ray``: the answers of a run checked by Ray's workers, once all are written."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from core.cli.common import Command
from core.errors import PilotError
from core.offline import hosts_of, loopback
from core.pilot.checking import Begun
from core.pilot.spread import Sent, check_on_ray
from core.pilot.types import RunRow
from core.settings import load_settings
from core.verify.ray_start import LOCAL, require_ready


def ray_options(command: Command) -> Command:
    """``--ray [HOST:PORT]`` and ``--workers``, as ``touchstone check`` has them."""
    workers = click.option(
        "--workers", type=click.IntRange(0, 256), default=0, help="Workers of --ray (0: one a core)."
    )
    ray = click.option(
        "--ray",
        "cluster",
        is_flag=False,
        flag_value=LOCAL,
        metavar="[HOST:PORT]",
        help="Check on Ray when all is written: on this machine, or on the cluster at HOST:PORT.",
    )
    return ray(workers(command))


@dataclass(frozen=True, slots=True)
class OnRay:
    """Checks a run's answers on Ray.

    A Ray of this machine needs a network of its own, in which no model server could be asked: the program
    starts again in one when everything is written, and goes on with the run.
    """

    folder: Path
    address: str
    workers: int
    hosts: tuple[str, ...]

    def __call__(self, begun: Begun, sent: Iterable[Sent]) -> Generator[RunRow, None, None]:
        """The rows in order. Raises PilotError ``run_not_spread`` where the system gives no such network, and
        as ``core.pilot.spread.check_on_ray`` does.
        """
        if self.address == LOCAL and not loopback.alone():
            again = ["pilot", "resume", str(self.folder), "--ray", "--workers", str(self.workers)]
            loopback.restart("core.cli", again)
            raise PilotError("run_not_spread", path=str(self.folder))
        return check_on_ray(begun, sent, self.workers, self.address, self.hosts)


def on_ray(folder: Path, cluster: str | None, workers: int) -> OnRay | None:
    """How a run in this folder is checked; None: here. Raises now, before a question, what would stop Ray."""
    if cluster is None:
        return None
    hosts = hosts_of(load_settings().allowed_hosts)
    require_ready(cluster, hosts)
    return OnRay(folder, cluster, workers, hosts)
