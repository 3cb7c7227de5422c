"""The start: the window's modules load none of the heavy ones, and the late core behaves like the core."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.settings import Settings, Speech, load_settings
from desktop.late import Late
from desktop.late_backend import LateBackend

HEAVY = (
    "numpy", "onnxruntime", "llama_cpp", "sentencepiece", "sqlite_utils", "jinja2", "opencc", "openpyxl",
    "lxml", "cryptography", "argon2", "reportlab", "pypdfium2", "rapidfuzz", "cattrs",
    "psutil", "importlib.metadata", "ssl", "http.client", "core.report.charts", "desktop.core_backend",
)  # fmt: skip


def test_the_window_can_be_built_before_anything_heavy_is_imported() -> None:
    code = f"import sys, desktop.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_late_module_is_imported_when_something_of_it_is_asked_for() -> None:
    late = Late("json.tool")
    sys.modules.pop("json.tool", None)
    assert late.main is not None
    assert "json.tool" in sys.modules
    with pytest.raises(AttributeError):
        _ = late.no_such_thing


def test_what_is_late_is_there_once_the_window_has_been_warmed() -> None:
    code = "import sys, desktop.app; from desktop.late import _names, warm; warm(); "
    code += "from core.words import catalogue; assert catalogue.cache_info().currsize; "
    code += "print(len(_names), [name for name in _names if name not in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, missing = done.stdout.strip().split(" ", 1)
    assert int(count) > 5
    assert missing == "[]"


@pytest.fixture
def late(tmp_path: Path) -> LateBackend:
    return LateBackend(tmp_path / "library", Settings(language=Speech.EN))


def test_before_its_first_call_the_late_core_has_settings_and_nothing_to_stop(late: LateBackend) -> None:
    assert late.settings.language is Speech.EN
    late.stop()
    late.close()
    assert late._core is None


def test_the_first_call_brings_the_core_and_settings_stay_in_step(late: LateBackend) -> None:
    assert late.readiness().documents == 0
    changed = replace(late.settings, passages=9)
    late.apply(changed)
    assert late.settings == late.core().settings == changed == load_settings()
    late.close()


def test_a_name_that_the_core_does_not_have_is_an_error(late: LateBackend) -> None:
    with pytest.raises(AttributeError):
        _ = late.no_such_call
