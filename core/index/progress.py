"""What happens while files are read into the library, as frozen events that both faces consume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.store.documents import StoredDocument


@dataclass(frozen=True, slots=True)
class FileStarted:
    """A file is being looked at; it is number ``index`` (from 1) of ``total``."""

    path: str
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class PassagesIndexed:
    """So many of a file's passages are ready; both 0 while the file is still being read, when this is a sign
    of life, at least every 100 ms.
    """

    path: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file is in the library, with its state; ``UNCHANGED`` when it was there already as it is."""

    document: StoredDocument
    index: int
    total: int


IngestEvent = FileStarted | PassagesIndexed | FileDone
