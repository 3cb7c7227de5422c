"""Builds the objects, hands them in, and runs the event loop."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from core import __version__
from core.errors import CoreError
from core.offline import go_offline, hosts_of
from core.settings import Settings, default_library, load_settings
from core.types import Language
from core.words import spoken
from desktop import crash, icons, theme
from desktop.backend import Backend
from desktop.errors import Errors
from desktop.i18n import Translators
from desktop.late_backend import LateBackend
from desktop.window import MainWindow


class Desktop(QObject):
    """The application: language, theme and window follow the settings."""

    def __init__(self, app: QApplication, backend: Backend) -> None:
        super().__init__()
        self._app = app
        self.backend = backend
        self.translators = Translators(app)
        self.errors = Errors(self._language, self._settings)
        chinese = self._speak(backend.settings)
        theme.prepare(app, backend.settings.theme, backend.settings.text_scale, chinese=chinese)
        self.window = MainWindow(backend, self.errors)
        self._dress(backend.settings)
        self.errors.parent_window = self.window
        self.window.settings_changed.connect(self.follow)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def show(self) -> None:
        """Show the window, then look what is there; nothing is loaded before the window is visible."""
        self.window.painted.connect(self.window.look_around, Qt.ConnectionType.QueuedConnection)
        self.window.show()

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Language, theme and text size at run time."""
        self._dress(settings)

    @Slot()
    def _scheme_changed(self) -> None:
        self._dress(self.backend.settings)

    def _dress(self, settings: Settings) -> None:
        theme.apply(self._app, settings.theme, settings.text_scale, chinese=self._speak(settings))

    def _speak(self, settings: Settings) -> bool:
        """Speak the language of the settings; whether it is Chinese."""
        language = spoken(settings.language)
        if self.translators.language is not language or not self.translators.spoken:
            self.translators.speak(language)
        return language is Language.ZH

    def _language(self) -> Language:
        return spoken(self.backend.settings.language)

    def _settings(self) -> Settings:
        return self.backend.settings


def application(argv: Sequence[str]) -> QApplication:
    """The QApplication with our name, style and icon."""
    app = QApplication(["touchstone", *argv])
    app.setApplicationName("Touchstone")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("touchstone")
    app.setStyle("Fusion")
    app.setWindowIcon(icons.logo())
    return app


def run(argv: Sequence[str]) -> int:
    """Open the window and return the exit code."""
    parser = argparse.ArgumentParser(prog="touchstone-desktop", description="Touchstone's window.")
    parser.add_argument("--library", type=Path, default=None, help="folder of the library")
    options = parser.parse_args(argv)
    app = application([])
    log, left = crash.watch_native()
    settings, problem = _load_settings()
    go_offline(hosts_of(settings.allowed_hosts))  # Qt has its display by now, which may be another machine's
    backend = LateBackend(options.library or default_library(), settings)
    desktop = Desktop(app, cast(Backend, backend))
    desktop.errors.install()
    desktop.show()
    if problem is not None:
        desktop.errors.show(problem)
    if left:
        desktop.errors.show_left(left)
    code = app.exec()
    log.close()
    return code


def _load_settings() -> tuple[Settings, CoreError | None]:
    """The settings, or the defaults with the error that says why they are not the user's."""
    try:
        return load_settings(), None
    except CoreError as error:
        return Settings(), error
