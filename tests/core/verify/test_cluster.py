"""Bulk checking on Ray: the rows of a local run to the letter, whatever becomes of the workers.

Skipped without the extra ``cluster``, and where the system gives a process no network of its own. Each test
runs the command line in processes of its own, as Ray must start in a network of its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from click.testing import CliRunner

from core.cli import _ray_hosts
from core.cli.check import check
from core.errors import VerifierError
from core.settings import Settings
from core.verify import cluster, ray_start
from core.verify.batch import check_lines

ENTERS = "import sys; from core.offline import loopback; sys.exit(not loopback.enter())"


def _enters() -> bool:
    return subprocess.run([sys.executable, "-c", ENTERS], check=False).returncode == 0


def _without() -> str:
    missing = [name for name in ("ray", "pandas", "pyarrow") if importlib.util.find_spec(name) is None]
    if missing:
        return f"the optional extra cluster is not installed: {', '.join(missing)}"
    entered = sys.platform == "linux" and _enters()
    return "" if entered else "this system gives a process no network of its own"


WITHOUT = _without()
on_ray = pytest.mark.skipif(bool(WITHOUT), reason=WITHOUT or "-")


def rows(count: int) -> list[str]:
    """Lines of the batch format, some of them bad."""
    lines = []
    for number in range(count):
        context = f"The warranty of the pump KP-{number} lasts {number % 5 + 1} years from delivery."
        answer = f"The warranty of the pump KP-{number} lasts {number % 5 + 1 + (number % 3 == 0)} years."
        row = {"id": f"r{number}", "question": None, "context": [context], "answer": answer, "lang": "en"}
        lines.append(json.dumps(row))
    lines[3], lines[5] = "{bad", json.dumps({"id": 5})
    lines.insert(4, "")
    return lines


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(rows(40)) + "\n", encoding="utf-8")
    return path


def expected(source: Path) -> list[str]:
    with source.open(encoding="utf-8") as lines:
        return list(check_lines(lines, Settings(), workers=1))


def test_without_the_extra_a_person_is_told_how_to_install_it(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(VerifierError) as caught:
        CliRunner().invoke(check, ["--jsonl", str(source), "--ray"], catch_exceptions=False)
    assert (caught.value.code, caught.value.params["what"]) == ("ray_missing", "ray, pandas, pyarrow")


def test_ray_is_for_batches(source: Path) -> None:
    told = CliRunner().invoke(check, [str(source), "--ray"])
    assert (told.exit_code, "--jsonl" in told.output) == (2, True)


def test_only_a_command_that_asks_for_ray_opens_the_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for words, opened in (
        (["check", "--jsonl", "in", "--ray"], True),
        (["check", "--jsonl", "in", "--ray=head:6379"], True),
        (["check", "--jsonl", "in"], False),
        (["pilot", "run", "set.csv", "-m", "a", "--ray"], True),
        (["pilot", "resume", "run", "--ray=head:6379"], True),
        (["ask", "--ray"], False),
    ):
        monkeypatch.setattr(sys, "argv", ["touchstone", *words])
        assert bool(_ray_hosts()) == opened, words


def test_a_local_ray_never_listens_to_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.verify.ray_start.require_ray", lambda: None)
    monkeypatch.setattr("core.offline.loopback.alone", lambda: False)
    with pytest.raises(VerifierError, match="ray_network"):
        next(cluster.check_on_ray([], Settings()))


def test_a_cluster_that_is_not_allowed_is_never_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.verify.ray_start.require_ray", lambda: None)
    with pytest.raises(VerifierError, match="ray_not_allowed"):
        next(cluster.check_on_ray([], Settings(), address="head.firm.example:6379", hosts=["other"]))


@pytest.mark.parametrize("address", ["127.0.0.1:9", "127.0.0.1:0x", "127.0.0.1:99999"])
def test_a_cluster_that_is_not_there_is_told_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.verify.ray_start.require_ray", lambda: None)
    with pytest.raises(VerifierError, match="ray_failed"):
        next(cluster.check_on_ray([], Settings(), address=address, hosts=["127.0.0.1"]))


def test_a_ray_that_does_not_start_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_asked: object) -> None:
        raise Exception("The current node timed out during startup.")  # as Ray does

    ray, real, ended = (
        SimpleNamespace(init=init, shutdown=lambda: ended.append(1)),
        importlib.import_module,
        [],
    )
    monkeypatch.setattr(importlib, "import_module", lambda name: ray if name == "ray" else real(name))
    for name in (*ray_start.QUIET, "RAY_AUTH_MODE", "RAY_AUTH_TOKEN"):
        monkeypatch.setenv(name, "")  # put back afterwards
    with pytest.raises(VerifierError, match="ray_failed"), ray_start.started(1):
        pytest.fail("it does not run")
    assert ended, "what has begun is ended"


def test_a_row_that_kills_its_workers_is_counted_and_others_are_not() -> None:
    attempts = cluster.Attempts()
    tries = [attempts.begin(number, ended) for _ in range(4) for ended, number in ((None, 1), (1, 2))]
    assert tries == [1, 1, 1, 2, 1, 3, 1, 4]


@on_ray
def test_rows_are_those_of_a_local_run_even_when_a_worker_is_killed(source: Path) -> None:
    arguments = [sys.executable, "-m", "core.cli", "check", "--jsonl", str(source), "--workers", "2", "--ray"]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as job:
        victim = next(_workers(job.pid))
        os.kill(victim, signal.SIGKILL)
        out, said = job.communicate(timeout=240)
    assert job.returncode == 0, said
    assert not psutil.pid_exists(victim)
    assert out.splitlines() == expected(source)


def _workers(pid: int) -> Iterator[int]:
    """Actors that hold the verifier, once they are at work."""
    until = time.monotonic() + 200
    while time.monotonic() < until:
        for child in psutil.Process(pid).children(recursive=True):
            try:
                if child.cmdline()[0].startswith("ray::MapWorker(MapBatches(Worker)).submit"):
                    yield child.pid
            except (psutil.Error, IndexError):
                continue
        time.sleep(0.05)
    pytest.fail("no actor has begun to work")


PROBE = """
import json, socket
import psutil
from core.offline import go_offline, loopback
from core.verify import ray_start

go_offline(loopback.HOSTS)
with ray_start.started(1) as ray:
    from ray._common.usage import usage_lib
    from ray._private import worker
    node = worker._global_node
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    native = [each for each in family if each.name() in ("gcs_server", "raylet")]

    @ray.remote
    def out():
        import errno
        try:  # a worker without our hook: the system itself has no way out for it
            socket.create_connection(("192.0.2.1", 9), 2)
        except OSError as error:
            return errno.errorcode[error.errno]

    state = {
        "alone": loopback.alone(),
        "usage": usage_lib.usage_stats_enabled(),
        "dashboard": node.address_info["webui_url"],
        "metrics_port": node.address_info["metrics_export_port"],
        "metrics": [each.environ()["RAY_enable_metrics_collection"] for each in native],
        "out": ray.get(out.remote()),
        "servers": sorted(each.name() for each in native),
    }
print(json.dumps(state))
"""


@on_ray
def test_usage_dashboard_and_metrics_are_off_and_there_is_no_way_out(tmp_path: Path) -> None:
    (tmp_path / "ray_probe.py").write_text(PROBE, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), str(Path(cluster.__file__).parents[2])])
    arguments = [sys.executable, "-m", "core.offline.loopback", "ray_probe"]
    environment = os.environ | {"PYTHONPATH": paths, "HOME": str(tmp_path)}
    told = subprocess.run(
        arguments, check=False, capture_output=True, text=True, env=environment, timeout=200
    )
    assert told.returncode == 0, told.stderr
    state = json.loads(told.stdout.splitlines()[-1])
    assert state["servers"] == ["gcs_server", "raylet"], "the probe looks at a Ray that runs"
    assert state["alone"], "whatever listens, listens on the loopback only"
    assert (state["usage"], state["dashboard"]) == (False, "")
    assert (state["metrics_port"], state["metrics"]) == (-1, ["0", "0"])
    assert state["out"] == "ENETUNREACH"
    assert not (tmp_path / ".ray").exists(), "no token is left where others can read it"
