"""A home folder of a bench's own: what it writes (keys of libraries, typed texts) never meets the user's."""

from __future__ import annotations

import os
from pathlib import Path

from tools.screenshots import installed, link


def own_home(folder: Path, model: str) -> None:
    """Move this process and its children there, with the models installed for the user (or one, by name)."""
    found = [path for path in installed() if model in ("", path.stem)]
    models = folder / "models"
    models.mkdir(parents=True)
    for path in found:
        link(path, models / path.name)
    os.environ["TOUCHSTONE_HOME"] = str(folder)
