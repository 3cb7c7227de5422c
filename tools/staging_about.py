"""The pictures of models, settings, the network and the guide."""

# Qt and the core are imported late: a spawned child imports this module again.
# ruff: noqa: PLC0415

from __future__ import annotations

from tools.staging_asking import AskingScenes
from tools.staging_base import wait


class AboutScenes(AskingScenes):
    """What the program is made of, and how it is set."""

    def models(self) -> None:
        """Installed models and what the chosen one needs."""
        window = self.window
        window.open_screen(window.models)
        self.until(window.models.details.runner.memory.isVisible)
        self.both("models", window.models)

    def server(self) -> None:
        """Describing a model on a server of the firm, and the model before its host is allowed."""
        from core.settings import Theme
        from desktop.server_backend import ServerWish

        models, backend = self.window.models, self.window.backend
        self.window.open_screen(models)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            models.ask_for_server()
            dialog = models.dialog
            assert dialog is not None
            dialog.fill("https://llm.kestrelmont.example:8443", "Qwen2.5-7B-Instruct")
            wait(150)
            self.grab("server-add", theme.value, dialog)
            dialog.reject()
        entry = backend.add_server(ServerWish("https://llm.kestrelmont.example:8443", "Qwen2.5-7B-Instruct"))
        models.refresh()
        self.until(lambda: entry in models.model.rows)
        models.table.selectRow(models.model.rows.index(entry))
        self.both("server", models)
        backend.remove_server(entry.name)

    def passport(self) -> None:
        """What one model file is made of."""
        from core.settings import Theme

        models = self.window.models
        self.window.open_screen(models)
        self.until(lambda: bool(models.model.rows))
        models.table.selectRow(0)
        for theme in (Theme.DARK, Theme.LIGHT):
            self.dress(theme)
            models.details.show_passport()
            panel = models.details.passport
            self.until(lambda panel=panel: panel.words is not None)
            wait(150)
            self.grab("passport", theme.value, panel)
            panel.accept()

    def settings(self) -> None:
        """The settings."""
        self.both("settings", self.window.settings)

    def thresholds(self) -> None:
        """What other thresholds would have let through."""
        from PySide6.QtWidgets import QScrollArea

        self.once(self.checked)
        settings = self.window.settings
        self.window.open_screen(settings)
        self.until(settings.thresholds.note.isVisible)
        settings.findChild(QScrollArea).ensureWidgetVisible(settings.thresholds, 0, 200)
        self.both("thresholds", settings)

    def about(self) -> None:
        """The network with its figures, and the parts."""
        about = self.window.about
        self.window.open_screen(about)
        self.until(lambda: about._state is not None and bool(about.text.toPlainText()))
        self.both("about", about)

    def help(self) -> None:
        """The guide."""
        help_ = self.window.help
        self.window.open_screen(help_)
        help_.open_page("03-documents.md")
        self.both("help", help_)
