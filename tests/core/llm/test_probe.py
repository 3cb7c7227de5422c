from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection

import pytest

from core.errors import EngineError
from core.llm import gpu, probe
from core.llm.offload import Kind


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_last", None)


def test_the_child_sees_what_this_process_would_see() -> None:
    there, here = probe.hardware(), gpu.hardware()
    assert there.supports_gpu == here.supports_gpu
    names = [(device.name, device.kind, device.total) for device in there.devices]
    assert names == [(device.name, device.kind, device.total) for device in here.devices]
    assert any(device.kind is Kind.CPU for device in there.devices)


def test_asking_loads_no_llama_cpp_here() -> None:
    code = "import sys; from core.llm import probe; probe.hardware(); print('llama_cpp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_answer_is_kept_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    first = probe.hardware()
    monkeypatch.setattr(probe, "_ask", lambda: pytest.fail("asked again"))
    assert probe.hardware() is first


def dies(_pipe: Connection) -> None:
    os.abort()


def hangs(_pipe: Connection) -> None:
    time.sleep(60)


@pytest.mark.parametrize(("work", "detail"), [(dies, "exit -6"), (hangs, "1 s")])
@pytest.mark.skipif(sys.platform == "win32", reason="exit codes are another thing there")
def test_a_driver_that_crashes_or_hangs_is_an_error_in_words(
    work: object, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_answer", work)
    monkeypatch.setattr(probe, "_PATIENCE", 1.0 if work is hangs else 30.0)
    with pytest.raises(EngineError) as caught:
        probe.hardware()
    assert (caught.value.code, caught.value.params) == ("engine_probe_failed", {"detail": detail})
