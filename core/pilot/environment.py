"""What a run stands on: versions, machine, calibration, and the documents of the library."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import asdict, astuple
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
from core.store.standings import standings
from core.types import Param, Standing
from core.verify.fusion import CALIBRATION_FILE
from core.verify.policy import Calibration, in_use, verifier_identity

_DECIDING = ("prompt_version", "llama_cpp", "embedder", "checker", "calibration_sha256")


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


def differing(then: Environment, now: Environment) -> tuple[str, ...]:
    """What differs of all that answers and verdicts hang on: rows from before and after do not compare."""
    return tuple(name for name in _DECIDING if getattr(then, name) != getattr(now, name))


def policy_in_use(library: Library, checker: Checker | None) -> tuple[Calibration, bool]:
    """The library's own calibration or the shipped one, as ``core.verify.policy.in_use`` has it."""
    return in_use(library, verifier_identity(checker.identity if checker else None))


def cpu_name(source: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name where Linux tells it, else what Python knows."""
    if sys.platform == "linux" and source.exists():
        for line in source.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def documents_digest(library: Library) -> str:
    """One hash over path, content and standing of all current documents: equal libraries, equal hash."""
    stand = standings(library)
    held = sorted(
        (document.path, document.sha256, astuple(stand.get(document.path, Standing())))
        for document in list_documents(library)
    )
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
