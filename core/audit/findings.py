"""What reading the log can find, and how its bodies are read: they may have been edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the log: ``audit.<code>`` in the words, and the number of the record.

    ``answer_id`` is what it is about: an answer, for ``user_differs`` a key, for ``person_differs`` a name.
    """

    code: str
    seq: int
    answer_id: str


def mapped(text: str | None) -> dict[str, Any]:
    """A JSON object; an empty one for anything else, which another check names."""
    try:
        found = json.loads(text) if text is not None else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def listed(body: Mapping[str, Any], name: str) -> list[Any]:
    """A list in a body; an empty one where there is none."""
    found = body.get(name)
    return found if isinstance(found, list) else []
