"""The real window over the real core, brought to each screen in turn and pictured there."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools.staging_about import AboutScenes
from tools.staging_pilot import PilotScenes
from tools.staging_review import ReviewScenes
from tools.staging_trust import TrustScenes

if TYPE_CHECKING:
    from desktop.app import Desktop

COMPANY = "Kestrelmont"


class Stage(AboutScenes, ReviewScenes, PilotScenes, TrustScenes):
    """Takes the pictures that are wanted; what must have happened before one is done when it is needed."""

    def __init__(self, home: Path, out: Path, size: tuple[int, int], scenes: Sequence[str]) -> None:
        from core.offline import go_offline
        from desktop.app import application

        self.home, self.out, self.size, self.scenes = home, out, size, scenes
        self.guide: Path | None = None
        self.app = application([])
        go_offline()
        self.desktops: list[Desktop] = []
        self.done: set[str] = set()

    def shoot(self, language: str) -> None:
        """The pictures in one language."""
        self.open(language)
        for name in self.scenes:
            getattr(self, name.replace("-", "_"))()
        self.window.close()

    def open(self, language: str) -> None:
        """A window in this language over an empty library."""
        from core.sample import sample_files
        from core.settings import Settings, Speech, Theme, save_settings
        from core.types import Language
        from desktop.app import Desktop
        from desktop.core_backend import CoreBackend

        self.folder = self.home / "Documents" / COMPANY
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for path in sample_files(Language(language)):
            shutil.copyfile(path, self.folder / path.name)
        settings = Settings(language=Speech(language), theme=Theme.LIGHT, reviewer="Ada Marsh")
        save_settings(settings)
        self.library = self.home / "Touchstone" / f"library-{language}"
        desktop = Desktop(self.app, CoreBackend(self.library, settings))
        self.desktops.append(desktop)
        self.window, self.errors, self.language = desktop.window, desktop.errors, language
        self.done.clear()
        self.window.resize(*self.size)
        desktop.show()
        self.until(lambda: self.window._model is not None and self.window._readiness is not None)

    def close(self) -> None:
        """Let the windows go before Qt does."""
        import shiboken6

        for desktop in self.desktops:
            shiboken6.delete(desktop.window)
