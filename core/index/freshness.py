"""Whether the files that were read still are as they were then."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.store.documents import StoredDocument


class Freshness(StrEnum):
    """What became of a file since it was read."""

    AS_READ = "as_read"
    CHANGED = "changed"
    MISSING = "missing"


def freshness(document: StoredDocument) -> Freshness:
    """Compare the file with what was read: its size, and its hash where it was written to since then.

    A file that cannot be looked at counts as missing: nobody could open it either.
    """
    from core.documents.reader import hash_file  # noqa: PLC0415 - whoever lists documents need not read any

    path = Path(document.path)
    try:
        told = path.stat()
        if not document.sha256:
            return Freshness.AS_READ  # it could not be read then: its state says so
        if told.st_size != document.size:
            return Freshness.CHANGED
        if told.st_mtime <= datetime.fromisoformat(document.added_at).timestamp():
            return Freshness.AS_READ
        return Freshness.AS_READ if hash_file(path) == document.sha256 else Freshness.CHANGED
    except OSError:
        return Freshness.MISSING


def folders_of(documents: Iterable[StoredDocument]) -> tuple[Path, ...]:
    """The folders that hold these documents, without those that lie inside another of them."""
    held = sorted({Path(document.path).parent for document in documents})
    return tuple(path for path in held if not _inside(path, held))


def _inside(path: Path, folders: Sequence[Path]) -> bool:
    return any(other != path and path.is_relative_to(other) for other in folders if os.fspath(other) != "/")
