"""The crash report: what a maintainer needs to know, gathered on this machine and never sent by itself.

It names versions, settings and the traceback, never a question, an answer or a document.
"""

from __future__ import annotations

import faulthandler
import platform
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import PySide6
from PySide6.QtCore import qVersion

from core import __version__
from core.offline import NetworkState
from core.settings import Settings, home
from desktop.backend import Readiness

_PARTS = ("llama-cpp-python", "onnxruntime", "sqlite-utils", "pypdfium2", "numpy")
_PRIVATE = {"reviewer", "allowed_hosts"}


def folder() -> Path:
    """Where reports are kept."""
    return home() / "reports"


def report(trace: str, settings: Settings | None) -> str:
    """The whole report. A section that cannot be gathered says so and does not lose the others."""
    sections: list[tuple[str, Callable[[], str]]] = [
        ("Versions", versions),
        ("Settings", lambda: _settings(settings)),
        ("What happened", lambda: trace),
    ]
    return _written(sections)


def diagnostics(settings: Settings, readiness: Readiness | None, network: NetworkState | None) -> str:
    """What helps to find a fault that is no crash, in the same form as a report."""
    sections: list[tuple[str, Callable[[], str]]] = [
        ("Versions", versions),
        ("Settings", lambda: _settings(settings)),
        ("Library", lambda: _counts(readiness)),
        ("Network", lambda: _network(network)),
    ]
    return _written(sections)


def versions() -> str:
    """Touchstone, Python, Qt, the parts that matter, and the platform."""
    from importlib import metadata  # noqa: PLC0415 - nobody asks before the window is painted

    lines = [
        f"Touchstone {__version__}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()} (PySide6 {PySide6.__version__})",
        *(f"{name} {metadata.version(name)}" for name in _PARTS),
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    return "\n".join(lines)


def save(text: str) -> Path:
    """Write a report beside the settings and return where. Raises OSError when the disk does not take it."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def watch_native() -> tuple[TextIO, str]:
    """Log native crashes of this run to a file; return it (keep it open) with what the last run left."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / "native.log"
    left = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    log = path.open("w", encoding="utf-8")
    faulthandler.enable(log)
    return log, left


def _written(sections: list[tuple[str, Callable[[], str]]]) -> str:
    return (
        "\n\n".join(f"{title}\n{'-' * len(title)}\n{_gather(section)}" for title, section in sections) + "\n"
    )


def _counts(readiness: Readiness | None) -> str:
    if readiness is None:
        return "not read"
    found = f"documents {readiness.documents}, passages {readiness.passages}"
    return f"{found}, checker installed {readiness.checker}"


def _network(state: NetworkState | None) -> str:
    if state is None:
        return "not looked at"
    filtered = sum(bool(process.filtered) for process in state.processes)
    return (
        f"refused to native code {state.kernel}, to Python code {state.python}, attempts {state.refusals}\n"
        f"processes {len(state.processes)}, filtered {filtered}, not seen {state.unseen}\n"
        f"connections {len(state.connections)}, allowed servers {len(state.allowed)}"
    )


def _settings(settings: Settings | None) -> str:
    if settings is None:
        return "not loaded"
    shown = (f.name for f in fields(Settings) if f.name not in _PRIVATE)
    return "\n".join(f"{name} = {getattr(settings, name)!r}" for name in shown)


def _gather(section: Callable[[], str]) -> str:
    try:
        return section()
    except Exception as error:
        return f"could not be gathered: {error!r} ({sys.exc_info()[0]})"
