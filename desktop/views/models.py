"""Models: what is installed, what each would take, adding a file, choosing the one that answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QLayout, QStackedWidget, QWidget

from core.offline import hosts_of
from core.words import say_error
from desktop.backend import Backend
from desktop.jobs import Job, start_call
from desktop.late import Late
from desktop.models.models import ModelsModel, file_of
from desktop.text import parameters_words, size_words
from desktop.theme import space
from desktop.views.base import View
from desktop.views.model_runner import ModelRunner
from desktop.widgets.basic import button, card, column, label, notice, row, rule
from desktop.widgets.empty import Empty
from desktop.widgets.facts import Facts
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.scroller import Scroller
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.llm import catalog, servers
    from core.llm.catalog import Adding, BrokenModel, InstalledModel
    from core.llm.servers import ServerModel
    from desktop.widgets import passport_panel

    Scan = tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]
    Found = tuple[Scan, tuple[ServerModel, ...], str | None]
else:
    catalog = Late("core.llm.catalog")
    servers = Late("core.llm.servers")
    passport_panel = Late("desktop.widgets.passport_panel")


class ModelsView(View):
    """The installed models.

    Signals:
        settings_wanted: new Settings that choose another model
        changed: a model has been added
    """

    settings_wanted = Signal(object)
    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._job: Job | None = None
        self._picked_model: InstalledModel | ServerModel | None = None
        self._broken: tuple[BrokenModel, ...] = ()
        self._looked = False
        self.model = ModelsModel(self)
        self._build()
        self.retranslate()

    def refresh(self) -> None:
        """Look into the model folders again."""
        start_call(self._look, self._listed, self.failed)

    def _look(self) -> Found:
        return self.backend.models(), self.backend.servers(), self.backend.model_in_use()

    def add(self, path: Path) -> None:
        """Check and install a model file."""
        if self._job is not None:
            return
        self._add.setEnabled(False)
        self.progress.show()
        self.progress.begin(self.tr("Checking {name}").format(name=path.name))
        self._name = path.name
        self._job = Job(lambda: self.backend.add_model(path))
        self._job.yielded.connect(self._event)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)
        self._job.start()

    @Slot()
    def use(self) -> None:
        """Let the selected model answer from now on."""
        if self._picked_model is not None:
            self.settings_wanted.emit(replace(self.backend.settings, model=self._picked_model.name))
            self.refresh()

    @Slot()
    def show_passport(self) -> None:
        """Examine the selected model's file and show what it is made of."""
        if (model := file_of(self._picked_model)) is not None:
            self.passport = passport_panel.PassportPanel(
                model.name, lambda: self.backend.passport(model), self.language, self
            )
            self.passport.open()

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Models"))
        self._explain.setText(self.tr("Model files (GGUF) that can answer on this computer."))
        self._add.setText(self.tr("Add a model file…"))
        self._use.setText(self.tr("Use this model"))
        self._passport.setText(self.tr("Passport…"))
        self.table.setAccessibleName(self.tr("Installed models"))
        self._say_empty()
        self._show_broken()
        self.model.retranslate()
        self._show_details()

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted")
        self._add = button("add", "primary")
        self._add.clicked.connect(self._choose)
        head = row(gap=2)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        head.addLayout(words, 1)
        head.addWidget(self._add)
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self._stop)
        self.progress.hide()
        self._warning = notice()
        self._warning_words = label(wrap=True)
        column(self._warning, margin=3).addWidget(self._warning_words)
        self._warning.hide()
        layout = column(self, margin=6, gap=3)
        layout.addLayout(head)
        layout.addSpacing(space(1))
        layout.addWidget(self._warning)
        layout.addWidget(self.progress)
        layout.addLayout(self._build_middle(), 1)

    def _build_middle(self) -> QLayout:
        self.table = Table(
            self.model,
            ModelsModel.NAME,
            {
                ModelsModel.SIZE: 23,
                ModelsModel.QUANTIZATION: 21,
                ModelsModel.CONTEXT: 19,
                ModelsModel.LANGUAGES: 22,
            },
        )
        self.table.picked.connect(self._picked)
        self._empty = Empty("models")
        empty_card = card()
        column(empty_card).addWidget(self._empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty_card)
        self._pages.addWidget(self.table)
        self._details = self._build_details()
        line = row(gap=4)
        line.addWidget(self._pages, 5)
        line.addWidget(self._details, 3)
        return line

    def _build_details(self) -> QFrame:
        frame = card()
        self._name_label = label(kind="title", wrap=True, selectable=True)
        self.runner = ModelRunner(self.backend)
        self.runner.failed.connect(self.failed)
        self.runner.settings_wanted.connect(self.settings_wanted)
        self._facts, self._rule = Facts(), rule()
        self._use = button("done", "primary")
        self._use.clicked.connect(self.use)
        self._passport = button("info")
        self._passport.clicked.connect(self.show_passport)
        layout = column(frame, margin=5, gap=3)
        layout.addWidget(self._name_label)
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, gap=4)
        inside.addWidget(self.runner)
        inside.addWidget(self._rule)
        inside.addWidget(self._facts)
        inside.addStretch(1)
        area = Scroller(page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(area, 1)
        layout.addWidget(self._passport)
        layout.addWidget(self._use)
        frame.hide()
        return frame

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a model file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Model files (*.gguf)"))
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.add(Path(name))

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _event(self, event: Adding | InstalledModel) -> None:
        if isinstance(event, catalog.Adding):
            words = self.tr("Checking {name}").format(name=self._name)
            self.progress.show_count(words, event.done * 1000 // max(1, event.total), 1000)

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.end()
        self.progress.hide()
        self._add.setEnabled(True)
        self.refresh()
        self.changed.emit()

    @Slot(object)
    def _listed(self, found: Found) -> None:
        (usable, self._broken), on_servers, in_use = found
        self._looked = True
        self._say_empty()
        self.model.in_use = in_use or ""
        self.model.set_rows((*usable, *on_servers))
        self._pages.setCurrentIndex(1 if self.model.rows else 0)
        self._show_broken()
        at = next((i for i, model in enumerate(self.model.rows) if model.name == in_use), None)
        if at is not None:
            self.table.selectRow(at)

    def _say_empty(self) -> None:
        if not self._looked:
            self._empty.say(
                self.tr("Looking through the model files"),
                self.tr("A file that is new here is read once from beginning to end to know it by its hash."),
            )
            return
        self._empty.say(
            self.tr("No model installed"),
            self.tr(
                "Add a model file (GGUF) from this computer or a USB stick. It is checked and copied, "
                "never fetched."
            ),
        )

    def _show_broken(self) -> None:
        lines = [say_error(broken.error, self.language) for broken in self._broken]
        self._warning_words.setText("\n".join(lines))
        self._warning.setVisible(bool(lines))

    @Slot(object)
    def _picked(self, model: InstalledModel | ServerModel | None) -> None:
        self._picked_model = model
        self._show_details()
        here = file_of(model)
        self.runner.setVisible(here is not None)
        self._rule.setVisible(here is not None)
        self._passport.setVisible(here is not None)
        self.runner.show_model(here)

    def _show_details(self) -> None:
        model = self._picked_model
        self._details.setVisible(model is not None)
        if model is None:
            return
        in_use = model.name == self.model.in_use
        self._use.setEnabled(not in_use)
        self._use.setText(self.tr("In use") if in_use else self.tr("Use this model"))
        self._name_label.setText(model.name)
        if isinstance(model, servers.ServerModel):
            self._facts.show_pairs(self._server_facts(model))
        else:
            self._facts.show_pairs(self._file_facts(model))

    def _server_facts(self, model: ServerModel) -> list[tuple[str, str]]:
        """What is known of a model that runs elsewhere, and that its file is not."""
        allowed = model.host.lower() in hosts_of(self.backend.settings.allowed_hosts.lower())
        key = self.tr("in the system's keyring") if model.keyring else model.key_variable
        secure = self.tr("yes, trusted by the firm's own authority") if model.ca else self.tr("yes")
        return [
            (self.tr("Runs on"), self.tr("a server in your firm")),
            (self.tr("Server"), model.url),
            (self.tr("Name there"), model.model),
            (self.tr("Encrypted"), secure if model.tls else self.tr("no")),
            (self.tr("Key"), key or self.tr("none")),
            (self.tr("Host allowed"), self.tr("yes") if allowed else self.tr("no: nothing is sent there")),
            (self.tr("SHA-256"), self.tr("not known: a server's file cannot be hashed from here")),
        ]

    def _file_facts(self, model: InstalledModel) -> list[tuple[str, str]]:
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
