"""``touchstone desktop``: starts the window as a program of its own; the core never imports it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from core.cli.common import library_option
from core.errors import CoreError


@click.command()
@library_option
def desktop(library_folder: Path) -> None:
    """Open the window."""
    sys.exit(subprocess.call([*_program(), "--library", str(library_folder)]))  # noqa: S603 - our own program


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("touchstone-desktop" + Path(sys.executable).suffix)
        if beside.exists():
            return [str(beside)]
    elif find_spec("PySide6") is not None:
        return [sys.executable, "-m", "desktop"]
    raise CoreError("desktop_missing")
