"""placeholder"""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.backend import Backend, Readiness
from desktop.views.base import View
from desktop.widgets.basic import column, label


class SettingsView(View):
    """The screen."""

    changed = Signal()
    first_question = Signal(str)
    settings_wanted = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        column(self, margin=6).addWidget(label("settings", "display"))

    def ask(self, question: str) -> None:
        """x"""

    def show_readiness(self, readiness: Readiness) -> None:
        """x"""
