"""Passports in short, kept so that a report on an answer need not read gigabytes: ``passports.json`` beside
the register of models.

An entry holds for as long as the file keeps its size and time of change, as in ``core.llm.catalog``, and the
table of families and this program stay what they are. It is as good as its folder: who can write there can
exchange the model too. ``touchstone model passport`` and pilots always read the file itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core import __version__
from core.llm.catalog import stamp_of
from core.llm.passport import Passport, Reading, examining
from core.llm.passport.families import TABLE
from core.llm.passport.types import Certainty, Declared, Finding
from core.settings import models_folder
from core.types import Language
from core.words import say

FILE = "passports.json"


@dataclass(frozen=True, slots=True)
class Brief:
    """What reports tell of a passport. ``sha256`` is the file's hash as it was when it was examined."""

    sha256: str
    declared: Declared
    findings: tuple[Finding, ...]


def brief_of(passport: Passport) -> Brief:
    """A passport in short."""
    facts = passport.facts
    return Brief(facts.weights.sha256, facts.declared, passport.findings)


def briefing(path: Path) -> Generator[Reading | Brief]:
    """The kept passport of a file, else one taken now; the last thing that comes is the passport in short.

    Raises ModelError as ``core.llm.passport.examining`` does.
    """
    kept = _kept(path)
    if kept is not None:
        yield kept
        return
    for step in examining(path):
        if isinstance(step, Passport):
            found = brief_of(step)
            _keep(path, found)
            yield found
        else:
            yield step


def brief(path: Path) -> Brief:
    """The passport of a file in short; see ``briefing``."""
    *_, found = briefing(path)
    assert isinstance(found, Brief)
    return found


def _kept(path: Path) -> Brief | None:
    """The entry of a file, None where there is none that holds or makes sense."""
    try:
        entry = _stored()[str(path.resolve())]
        return _read(entry["brief"]) if entry["stamp"] == stamp_of(path) else None
    except (OSError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _keep(path: Path, found: Brief) -> None:
    """Write the list beside the old one, then replace it."""
    folder = models_folder()
    beside = folder / f"{FILE}.{os.getpid()}"
    try:
        entries = {name: entry for name, entry in _stored().items() if Path(name).exists()}
        entries[str(path.resolve())] = {"stamp": stamp_of(path), "brief": asdict(found)}
        text = json.dumps({"made_by": _made_by(), "passports": entries}, ensure_ascii=False, indent=1)
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(folder / FILE)
    except OSError:
        return  # a folder that cannot be written (a read-only stick): the next report reads the file again


def _stored() -> dict[str, Any]:
    """The entries by path; none where the list cannot be read or another program or table made it."""
    try:
        stored = json.loads((models_folder() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("made_by") != _made_by():
        return {}
    entries = stored.get("passports")
    return entries if isinstance(entries, dict) else {}


def _read(stored: dict[str, Any]) -> Brief:
    """An entry as it was; raises one of the errors that ``_kept`` expects for anything else."""
    told: dict[str, Any] = {
        name: tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in stored["declared"].items()
    }
    return Brief(str(stored["sha256"]), Declared(**told), tuple(map(_finding, stored["findings"])))


def _finding(stored: dict[str, Any]) -> Finding:
    params = {
        str(name): value if isinstance(value, int | float) else str(value)
        for name, value in stored["params"].items()
    }
    found = Finding(Certainty(stored["certainty"]), str(stored["code"]), params, stored["notable"] is True)
    say(f"passport.finding.{found.code}", Language.EN, params)  # what cannot be told is no entry
    return found


@cache
def _made_by() -> str:
    """This program and its table of families: a finding of another may not be one now."""
    return f"{__version__} {hashlib.sha256(TABLE.read_bytes()).hexdigest()}"
