"""What a run stands on: versions, machine, calibration, and the documents of the library."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from core import __version__
from core.assistant.prompt import PROMPT_VERSION
from core.documents.reader import hash_file
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.pilot.types import Environment
from core.settings import Settings
from core.store.database import Library
from core.store.documents import list_documents
from core.types import Param
from core.verify.fusion import CALIBRATION_FILE


def environment(embedder: Embedder | None, checker: Checker | None) -> Environment:
    """This machine and these versions."""
    return Environment(
        touchstone=__version__,
        prompt_version=PROMPT_VERSION,
        python=platform.python_version(),
        platform=platform.platform(),
        cpu=cpu_name(),
        llama_cpp=version("llama-cpp-python"),
        onnxruntime=version("onnxruntime"),
        embedder=embedder.identity if embedder else "",
        checker=checker.identity if checker else None,
        calibration_sha256=hash_file(CALIBRATION_FILE),
    )


def cpu_name(source: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name where Linux tells it, else what Python knows."""
    if sys.platform == "linux" and source.exists():
        for line in source.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def documents_digest(library: Library) -> str:
    """One hash over the paths and contents of all current documents: equal libraries, equal hash."""
    held = sorted((document.path, document.sha256) for document in list_documents(library))
    return hashlib.sha256(json.dumps(held, ensure_ascii=True).encode("ascii")).hexdigest()


def settings_record(settings: Settings) -> dict[str, Param | bool]:
    """Every setting that a run keeps: all but the reviewer's name."""
    return {name: value for name, value in asdict(settings).items() if name != "reviewer"}


def settings_of(record: dict[str, Param | bool]) -> Settings:
    """The settings that ``settings_record`` kept. Raises SettingsError for one that is not known here."""
    settings = Settings()
    for name, value in record.items():
        settings = settings.with_text(name, str(value))
    return settings
