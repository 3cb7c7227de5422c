"""What reading gives: limits going in, pages or a reason coming out."""

from __future__ import annotations

from dataclasses import dataclass

from core.types import DocumentState, Page, Param, Reason

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. Sizes in bytes; ``unpacked`` is that of a zip-based format once inflated,
    ``result`` that of its text with anchors, ``memory`` what the reading process may hold.
    """

    seconds: float = 180.0
    memory: int = 1536 * MIB
    file: int = 256 * MIB
    unpacked: int = 1024 * MIB
    result: int = 128 * MIB


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loader made of a file: its pages, and a reason where something is to be told about them."""

    pages: tuple[Page, ...]
    state: DocumentState = DocumentState.INDEXED
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it was read. ``sha256`` is empty where the bytes could not be read at all; ``reason`` may
    stand beside ``INDEXED`` and then names what was left out.
    """

    sha256: str
    size: int
    format: str
    state: DocumentState
    reason: Reason | None
    pages: tuple[Page, ...]


class Unreadable(Exception):  # noqa: N818 - a state of a file, not an error of ours
    """Raised by loaders: there is nothing to index, and why."""

    def __init__(self, state: DocumentState, code: str, **params: Param) -> None:
        self.loaded = Loaded((), state, Reason(code, params))
        super().__init__(code)


def broken(code: str, **params: Param) -> Unreadable:
    """The file is damaged, or is not what it says it is."""
    return Unreadable(DocumentState.BROKEN, code, **params)


def with_text(pages: tuple[Page, ...], reason: Reason | None = None) -> Loaded:
    """Pages as a loader made them, without those that hold no text; EMPTY when none is left."""
    kept = tuple(page for page in pages if page.text.strip())
    if not kept:
        return Loaded((), DocumentState.EMPTY, reason or Reason("file_no_text"))
    return Loaded(kept, DocumentState.INDEXED, reason)
