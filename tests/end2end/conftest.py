"""The real thing from outside: the command line as a process of its own, with the real small model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    def json(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Home:
    """A home with the small model in it, and the command line that lives there."""

    path: Path

    def command(self, *args: object) -> list[str]:
        return [sys.executable, "-m", "core.cli", *map(str, args)]

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | {"TOUCHSTONE_HOME": str(self.path), "PYTHONIOENCODING": "utf-8"} | more

    def run(self, *args: object, stdin: str = "", **more: str) -> Ran:
        done = subprocess.run(
            self.command(*args),
            input=stdin,
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=self.environment(**more),
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def home(tmp_path: Path, small_model: Path) -> Home:
    """A fresh home; the model file is linked into it, not copied."""
    models = tmp_path / "home" / "models"
    models.mkdir(parents=True)
    os.link(small_model, models / small_model.name) if _same_disk(small_model, models) else os.symlink(
        small_model, models / small_model.name
    )
    return Home(tmp_path / "home")


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file beside the home."""

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put
