"""What changed around the answers: settings, policy, models. Each is noted in every library that sees it.

Settings and models belong to the user, the log to a library. So a change is recorded at once in the library
at hand, and noticed in any other one before its next answer, however the change was made.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from core.settings import Settings
from core.store import answers, audit_log
from core.store.chain import RecordKind, append
from core.store.database import FILE_NAME, Library
from core.types import ModelInfo

_UNRECORDED = "general"  # how the window looks, and the user's name


def note_settings(library: Library, settings: Settings) -> bool:
    """Record the settings where they differ from the last ones that this log knows; True if so.

    Four eyes, once asked for, become the library's own policy: another user's settings do not undo it.
    """
    with library.writing():
        begins = settings.four_eyes and not answers.own_four_eyes(library)
        if begins:  # also where an administrator had lifted it since the settings were noted
            answers.set_four_eyes(library, True)
        values, before = _recorded(settings), _last_settings(library)
        if before == values and not begins:
            return False
        changed = {
            name: [before[name], value] for name, value in values.items() if before.get(name, value) != value
        }
        of_policy = begins or changed.keys() & _policy_names()
        kind = RecordKind.POLICY if of_policy else RecordKind.SETTINGS
        append(library, kind, {"settings": values, "changed": changed})
    return True


def note_model(library: Library, model: ModelInfo) -> bool:
    """Record the model that is about to answer where another one answered before; True if so."""
    used = {"action": "used", **model.record()}
    with library.writing():
        bodies = (json.loads(record.body) for record in audit_log.newest(library, (RecordKind.MODEL,)))
        last = next((body for body in bodies if body.get("action") == "used"), None)
        if last is not None and {key: last.get(key) for key in used} == used:
            return False
        append(library, RecordKind.MODEL, used)
    return True


def record_model_change(folder: Path, action: str, model: ModelInfo) -> bool:
    """Record that a model was ``added`` or ``removed``, in the library of this folder if there is one."""
    if not (folder / FILE_NAME).exists():
        return False
    with Library.open(folder, create=False) as library:
        append(library, RecordKind.MODEL, {"action": action, **model.record()})
    return True


def record_settings_change(folder: Path, settings: Settings) -> bool:
    """Record settings that were just saved, in the library of this folder if there is one."""
    if not (folder / FILE_NAME).exists():
        return False
    with Library.open(folder, create=False) as library:
        return note_settings(library, settings)


def asks_for_four_eyes(folder: Path) -> bool:
    """Whether there is a library in this folder whose own policy is four eyes."""
    if not (folder / FILE_NAME).exists():
        return False
    with Library.open(folder, create=False) as library:
        return answers.own_four_eyes(library)


def _recorded(settings: Settings) -> dict[str, Any]:
    names = [f.name for f in fields(Settings) if f.metadata["section"] != _UNRECORDED]
    return {name: getattr(settings, name) for name in names}


def _last_settings(library: Library) -> dict[str, Any]:
    """The settings as last recorded; a record of a policy need not hold any."""
    for record in audit_log.newest(library, (RecordKind.SETTINGS, RecordKind.POLICY)):
        found = json.loads(record.body).get("settings")
        if isinstance(found, dict):
            return found
    return {}


def _policy_names() -> set[str]:
    return {f.name for f in fields(Settings) if f.metadata["section"] == "policy"}
