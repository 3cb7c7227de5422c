"""What a person has typed and not yet sent survives a crash: it is kept on disk and offered back.

Every process keeps one small file of its own. Whoever finds the file of a process that is gone takes its
texts over; a window that is closed in the ordinary way leaves none behind.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from core.errors import SettingsError
from core.settings import home
from desktop.jobs import call
from desktop.late import Late

if TYPE_CHECKING:
    import psutil
else:
    psutil = Late("psutil")

PAUSE = 400  # milliseconds without a key before the texts are written
Box = QLineEdit | QPlainTextEdit


def folder() -> Path:
    """Where the texts are kept."""
    return home() / "typed"


@dataclass(frozen=True, slots=True)
class _Watched:
    name: str
    box: Box

    def text(self) -> str:
        box = self.box
        return box.text() if isinstance(box, QLineEdit) else box.toPlainText()


class Typed(QObject):
    """Keeps the texts of the boxes it watches.

    Signals:
        failed: the SettingsError that says why texts cannot be kept; once, then nothing is tried again
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = folder() / f"{os.getpid()}-{_started(os.getpid())}.json"
        self._watched: dict[str, _Watched] = {}
        self._left: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self._changed = self._writing = self._broken = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._write)

    def find_left(self) -> None:
        """Take over what processes that are gone have left."""
        for path in sorted(folder().glob("*.json")):
            if path != self._path and not _runs(path.stem):
                self._left |= _read(path)
                path.unlink(missing_ok=True)
        if self._left:
            self._touch()

    def left(self, name: str) -> str:
        """What was typed into a box before a crash; empty when there is nothing."""
        return self._left.get(name, "")

    def settle(self, name: str) -> None:
        """The text that was left has been put back or is not wanted."""
        if self._left.pop(name, None) is not None:
            self._touch()

    def watch(self, name: str, box: Box) -> None:
        """Keep what is typed into a box, under a name that it will have at the next start too."""
        self._watched[name] = _Watched(name, box)
        box.textChanged.connect(self._touch)

    def sent(self, name: str) -> None:
        """What a box holds now has been taken up and is in the history: only another text is kept."""
        if name in self._watched:
            self._sent[name] = self._watched[name].text()
            self._touch()

    def forget(self, name: str) -> None:
        """A box is done with: what it holds has been sent, or was given up."""
        if self._watched.pop(name, None) is not None:
            self._touch()

    def close(self) -> None:
        """The window is closed in the ordinary way: keep only what was left before and not settled."""
        self._watched.clear()
        self._timer.stop()
        self._broken = True  # nothing is written after this
        if self._left:
            _store(self._path, self._left)
        else:
            self._path.unlink(missing_ok=True)

    @Slot()
    def _touch(self) -> None:
        self._changed = True
        if not self._broken:
            self._timer.start()

    @Slot()
    def _write(self) -> None:
        if self._writing or self._broken:
            return  # what is being written now is followed by another write
        self._writing, self._changed = True, False
        texts = self._texts()
        job = call(lambda: _store(self._path, texts))
        job.failed.connect(self._failed)
        job.finished.connect(self._written)
        job.start()

    def _texts(self) -> dict[str, str]:
        # A box that went with its dialog, or with a window that was not closed, must not be asked any more.
        self._watched = {name: each for name, each in self._watched.items() if shiboken6.isValid(each.box)}
        typed = {name: each.text() for name, each in self._watched.items()}
        return self._left | {
            name: text for name, text in typed.items() if text.strip() and text != self._sent.get(name)
        }

    @Slot()
    def _written(self) -> None:
        self._writing = False
        if self._changed and not self._broken:
            self._timer.start()

    @Slot(object)
    def _failed(self, error: SettingsError) -> None:
        self._broken = True
        self.failed.emit(error)


def _store(path: Path, texts: Mapping[str, str]) -> None:
    """Replace the file in one step, readable by its owner only. Raises SettingsError when it cannot be."""
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not texts:
            path.unlink(missing_ok=True)
            return
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise SettingsError(
            "typed_not_kept", folder=str(path.parent), problem=error.strerror or "?"
        ) from error


def _read(path: Path) -> dict[str, str]:
    """The texts of a file; none where it is not one of ours."""
    try:
        stored = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError):
        return {}
    pairs = stored.items() if isinstance(stored, dict) else ()
    return {name: text for name, text in pairs if isinstance(text, str)}


def _runs(stem: str) -> bool:
    """Whether the process that a file is named after still runs (a number alone may be used again)."""
    number, _, started = stem.partition("-")
    return number.isdigit() and _started(int(number)) == started


def _started(process: int) -> str:
    try:
        return str(int(psutil.Process(process).create_time()))
    except (psutil.NoSuchProcess, psutil.AccessDenied, OverflowError):
        return "gone"
