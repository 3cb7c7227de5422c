"""The model that is selected: how it runs here or where else it runs, what is known of it, choosing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.backend import Backend
from desktop.late import Late
from desktop.models.models import file_of
from desktop.server_backend import HostState
from desktop.text import parameters_words, size_words
from desktop.views.base import View
from desktop.views.model_runner import ModelRunner
from desktop.views.model_server import ServerPanel
from desktop.widgets.basic import button, card, column, label, rule
from desktop.widgets.facts import Facts
from desktop.widgets.scroller import Scroller

if TYPE_CHECKING:
    from core.llm import servers
    from core.llm.catalog import InstalledModel
    from core.llm.choice import AnyModel
    from desktop.widgets import passport_panel
else:
    servers = Late("core.llm.servers")
    passport_panel = Late("desktop.widgets.passport_panel")


class ModelDetails(View):
    """One model at a time; nothing is shown without one.

    Signals:
        settings_wanted: new Settings that choose another model, or change how one is run
        changed: another model answers, a server's entry is gone, or its host is allowed now
    """

    settings_wanted = Signal(object)
    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.model: AnyModel | None = None
        self._in_use = False
        self._build()
        self.retranslate()

    def show_model(self, model: AnyModel | None, *, in_use: bool, state: HostState) -> None:
        """Another model was selected; ``state`` is that of its host where it runs on a server."""
        self.model, self._in_use = model, in_use
        self._show()
        here = file_of(model)
        for part in (self.runner, self._rule, self.facts, self.passport_button):
            part.setVisible(here is not None)
        self.server.setVisible(isinstance(model, servers.ServerModel))
        self.runner.show_model(here)
        self.server.show_server(model if isinstance(model, servers.ServerModel) else None, state)

    @Slot()
    def use(self) -> None:
        """Let the model answer from now on."""
        if self.model is not None:
            self.settings_wanted.emit(replace(self.backend.settings, model=self.model.name))
            self.changed.emit()

    @Slot()
    def show_passport(self) -> None:
        """Examine the model's file and show what it is made of."""
        if (model := file_of(self.model)) is not None:
            self.passport = passport_panel.PassportPanel(
                model.name, lambda: self.backend.passport(model), self.language, self
            )
            self.passport.open()

    def retranslate(self) -> None:
        """Set every word again."""
        self.passport_button.setText(self.tr("Passport…"))
        self._show()

    def _build(self) -> None:
        self.name = label(kind="title", wrap=True, selectable=True)
        self.runner, self.server = ModelRunner(self.backend), ServerPanel(self.backend)
        for part in (self.runner, self.server):
            part.failed.connect(self.failed)
            part.settings_wanted.connect(self.settings_wanted)
        self.server.changed.connect(self.changed)
        self.facts, self._rule = Facts(), rule()
        self.choose, self.passport_button = button("done", "primary"), button("info")
        self.choose.clicked.connect(self.use)
        self.passport_button.clicked.connect(self.show_passport)
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, gap=4)
        for shown in (self.runner, self._rule, self.facts, self.server):
            inside.addWidget(shown)
        inside.addStretch(1)
        area = Scroller(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = card()
        column(self).addWidget(frame)
        layout = column(frame, margin=5, gap=3)
        layout.addWidget(self.name)
        layout.addWidget(area, 1)
        layout.addWidget(self.passport_button)
        layout.addWidget(self.choose)
        self.hide()

    def _show(self) -> None:
        model = self.model
        self.setVisible(model is not None)
        self.choose.setText(self.tr("In use") if self._in_use else self.tr("Use this model"))
        if model is None:
            return
        self.choose.setEnabled(not self._in_use)
        self.name.setText(model.name)
        if (here := file_of(model)) is not None:
            self.facts.show_pairs(self._pairs(here))

    def _pairs(self, model: InstalledModel) -> list[tuple[str, str]]:
        return [
            (self.tr("Licence"), model.license or self.tr("not stated in the file")),
            (self.tr("Architecture"), model.architecture),
            (self.tr("Parameters"), parameters_words(model.parameters)),
            (self.tr("Precision"), model.quantization),
            (self.tr("Context"), self.tr("%Ln token(s)", "", model.context_length)),
            (self.tr("Languages"), ", ".join(model.languages) or self.tr("not stated in the file")),
            (self.tr("File"), f"{model.path.name} ({size_words(model.size)})"),
            (self.tr("SHA-256"), f"{model.sha256[:16]}…"),
        ]
