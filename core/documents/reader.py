"""Files into pages, safely: parsed in a child process, under limits of time, memory and size.

A bad file never raises; its state says what it is and the reason why.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from core.documents import wire
from core.documents.child import Work
from core.documents.content import MIB, FileContent, Limits, Loaded
from core.documents.detect import format_by_name
from core.documents.parse import parse_file
from core.documents.worker import Failure, Refused, Worker
from core.errors import DocumentError
from core.types import DocumentState, Reason

__all__ = ["FileContent", "Limits", "Reader", "discover", "hash_file", "read"]

_DEFAULT = Limits()
_LEFT_OUT = {"thumbs.db", "desktop.ini", "$recycle.bin", "__macosx"}
_TEMPORARY = ("~$", ".~", "~wrl", ".")


class Reader:
    """Reads many files with one child process; a context manager.

    ``work`` is there for tests: what the child runs in place of the real parsers.
    """

    def __init__(self, limits: Limits = _DEFAULT, work: Work = parse_file) -> None:
        self._limits = limits
        self._worker = Worker(work, limits)

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> FileContent:
        """Read one file; never raises for a bad one."""
        for content in self.steps(path):
            if content is not None:
                return content
        raise AssertionError("the last step is the content")

    def steps(self, path: Path) -> Generator[FileContent | None, None, None]:
        """Like ``read``, yielding None at least every 100 ms while the child works; the last item is the
        content. Closing the iterator stops the reading.
        """
        suffix = path.suffix.lower()
        try:
            size, sha256 = _measure(path)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            yield _content("", 0, suffix, _told(DocumentState.BROKEN, "file_unreadable", detail=detail))
            return
        loaded = self._before_parsing(size)
        if loaded is not None:
            yield _content(sha256, size, suffix, loaded)
            return
        for answer in self._worker.ask(str(path), sha256, self._limits):
            yield None if answer is None else self._finished(answer, sha256, size, suffix)

    def close(self) -> None:
        """End the child process."""
        self._worker.close()

    def _before_parsing(self, size: int) -> Loaded | None:
        if size == 0:
            return _told(DocumentState.EMPTY, "file_zero_bytes")
        if size > self._limits.file:
            return _told(DocumentState.TOO_LARGE, "file_too_large", limit=self._limits.file // MIB)
        return None

    def _finished(self, answer: bytes | Refused, sha256: str, size: int, suffix: str) -> FileContent:
        if isinstance(answer, Refused):
            return _content(sha256, size, suffix, self._refused(answer))
        try:
            format_name, loaded = wire.unpack(answer)
        except (ValueError, TypeError, KeyError, IndexError):
            return _content(sha256, size, suffix, _told(DocumentState.BROKEN, "file_crashed", detail="wire"))
        return FileContent(sha256, size, format_name, loaded.state, loaded.reason, loaded.pages)

    def _refused(self, refused: Refused) -> Loaded:
        match refused.failure:
            case Failure.TIMED_OUT:
                return _told(DocumentState.BROKEN, "file_timed_out", seconds=round(self._limits.seconds))
            case Failure.OUT_OF_MEMORY:
                return _told(
                    DocumentState.BROKEN, "file_out_of_memory", limit=max(1, self._limits.memory // MIB)
                )
            case Failure.CRASHED:
                return _told(DocumentState.BROKEN, "file_crashed", detail=refused.detail)
            case Failure.FAILED:
                return _told(DocumentState.BROKEN, "file_parser_failed", detail=refused.detail)
            case Failure.TOO_LARGE:
                limit = max(1, self._limits.result // MIB)
                return _told(DocumentState.TOO_LARGE, "file_too_much_text", limit=limit)


def read(path: Path, limits: Limits = _DEFAULT) -> FileContent:
    """Read one file in a child process of its own; for many files keep a ``Reader``."""
    with Reader(limits) as reader:
        return reader.read(path)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discover(paths: Sequence[Path]) -> list[Path]:
    """All files of these files and folders, folders recursively, sorted by path, none twice.

    Hidden files and what office programs leave beside an open document stay out, unless named themselves.
    Links to folders are not followed. Raises DocumentError for a path that is not there.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(_below(path))
        elif path.exists():
            found.add(path)
        else:
            raise DocumentError("file_missing", path=str(path))
    return sorted(found)


def _below(folder: Path) -> Iterator[Path]:
    """Files below a folder; a folder that cannot be listed stands for itself, so that it is not missed."""
    closed: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if _wanted(name)]
        yield from (Path(parent, name) for name in names if _wanted(name) and Path(parent, name).is_file())
    yield from closed


def _wanted(name: str) -> bool:
    lower = name.lower()
    return not (lower.startswith(_TEMPORARY) or lower.endswith((".tmp", "~")) or lower in _LEFT_OUT)


def _measure(path: Path) -> tuple[int, str]:
    if not path.is_file():  # opening a pipe or a device would wait for ever
        os.scandir(path).close()
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.stat().st_size, hash_file(path)


def _told(state: DocumentState, code: str, **params: str | int) -> Loaded:
    return Loaded((), state, Reason(code, params))


def _content(sha256: str, size: int, suffix: str, loaded: Loaded) -> FileContent:
    return FileContent(sha256, size, format_by_name(suffix), loaded.state, loaded.reason, loaded.pages)
