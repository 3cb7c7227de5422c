"""What every screen has: a backend, the window's errors, and words that follow the language."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from core.types import Language
from core.words import spoken
from desktop.backend import Backend
from desktop.typed import Typed


class View(QWidget):
    """One screen. Subclasses build their layout once and set their words in ``retranslate``.

    Signals:
        failed: a CoreError that the one error dialog shall show
    """

    failed = Signal(object)

    def __init__(self, backend: Backend, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backend = backend

    @property
    def language(self) -> Language:
        """The language that reasons and states are said in."""
        return spoken(self.backend.settings.language)

    def retranslate(self) -> None:
        """Set every word on the screen again."""

    def use_typed(self, typed: Typed) -> None:
        """Keep what is typed into the screen's boxes through a crash, where it has any."""

    def refresh(self) -> None:
        """Called whenever the screen comes into view."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the language at run time."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
