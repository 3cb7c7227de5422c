"""What every scene of the pictures needs: the window over a library, waiting, and the pictures themselves."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from core.settings import Theme
    from desktop.errors import Errors
    from desktop.views.ask import AskView
    from desktop.views.base import View
    from desktop.views.check import CheckView
    from desktop.widgets.evidence_card import EvidenceCard
    from desktop.window import MainWindow

LIMIT = 600.0  # seconds for one answer
IN_GUIDE = (
    *("welcome", "check", "documents", "preview", "retrieval", "models", "about", "labelling", "calibration"),
)


class Scenes:
    """A window in one language, brought to a screen and pictured in both themes."""

    home: Path
    out: Path
    folder: Path
    library: Path
    guide: Path | None
    language: str
    window: MainWindow
    errors: Errors
    done: set[str]

    def once(self, prepare: Callable[[], None]) -> None:
        """Do what later pictures need, in this language the first time only."""
        if prepare.__name__ not in self.done:
            self.done.add(prepare.__name__)
            prepare()

    def questions(self) -> tuple[str, ...]:
        """The questions of the sample."""
        from core.sample import sample_questions
        from core.types import Language

        return sample_questions(Language(self.language))

    def pages(self, view: AskView | CheckView) -> None:
        """Wait for the pictures of pages beside an answer."""
        self.drawn(view.result.evidence.cards)

    def drawn(self, cards: Sequence[EvidenceCard]) -> None:
        """Wait for the pictures of pages on cards."""
        previews = [card.preview for card in cards if not card.preview.isHidden()]
        self.until(lambda: all(preview.shown for preview in previews))

    def both(self, name: str, view: View) -> None:
        """A screen in both themes."""
        from core.settings import Theme

        self.window.open_screen(view)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            wait(150)
            self.snap(name, theme.value)

    def dress(self, theme: Theme) -> None:
        """Put a theme on the window."""
        self.window.apply_settings(replace(self.window.backend.settings, theme=theme))

    def snap(self, name: str, theme: str) -> None:
        """The window as it is."""
        wait(100)
        picture = self.grab(name, theme, self.window)
        if self.guide is not None and theme == "light" and name in IN_GUIDE:
            picture.save(str(self.guide / f"{name}-{self.language}.png"))

    def grab(self, name: str, theme: str, widget: QWidget) -> QPixmap:
        """One picture."""
        path = self.out / f"{name}-{self.language}-{theme}.png"
        picture = widget.grab()
        picture.save(str(path))
        print(path.name, file=sys.stderr)
        return picture

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the event loop run until something holds."""
        started = time.monotonic()
        while not holds():
            if self.errors.dialog is not None:
                sys.exit(self.errors.dialog.message.text())
            if time.monotonic() - started > LIMIT:
                sys.exit("the window did not come to where the picture is taken")
            wait(30)


def wait(milliseconds: int) -> None:
    """Let the event loop run."""
    from PySide6.QtTest import QTest

    QTest.qWait(milliseconds)
