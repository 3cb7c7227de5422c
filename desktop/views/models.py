"""Models: what is installed, what each would take, adding a file, choosing the one that answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QStackedWidget

from core.errors import CoreError
from core.words import say_error
from desktop.backend import Backend
from desktop.jobs import Job, start_call
from desktop.late import Late
from desktop.models.models import ModelsModel
from desktop.server_backend import HostState, ServerWish
from desktop.theme import space
from desktop.views.base import View
from desktop.views.model_details import ModelDetails
from desktop.widgets.basic import button, card, column, label, notice, row
from desktop.widgets.empty import Empty
from desktop.widgets.run_progress import RunProgress
from desktop.widgets.server_dialog import ServerDialog
from desktop.widgets.table import Table

if TYPE_CHECKING:
    from core.llm import catalog, servers
    from core.llm.catalog import Adding, BrokenModel, InstalledModel
    from core.llm.choice import AnyModel
    from core.llm.servers import ServerModel

    Scan = tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]
    Found = tuple[Scan, tuple[ServerModel, ...], Mapping[str, HostState], str | None]
else:
    catalog, servers = Late("core.llm.catalog"), Late("core.llm.servers")


class ModelsView(View):
    """The installed models.

    Signals:
        settings_wanted: new Settings that choose another model
        changed: a model was added or removed, or may answer now
    """

    settings_wanted = Signal(object)
    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._job: Job | None = None
        self.dialog: ServerDialog | None = None
        self._states: Mapping[str, HostState] = {}
        self._select = ""  # the name of a row to select once it is listed
        self._broken: tuple[BrokenModel, ...] = ()
        self._looked = False
        self.model = ModelsModel(self)
        self._build()
        self.retranslate()

    def refresh(self) -> None:
        """Look into the model folders again."""
        start_call(self._look, self._listed, self.failed)

    def _look(self) -> Found:
        on_servers = self.backend.servers()
        states = self.backend.host_states({each.host for each in on_servers}) if on_servers else {}
        return self.backend.models(), on_servers, states, self.backend.model_in_use()

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

    def add_server(self, wish: ServerWish) -> None:
        """Remember a model on a server of the firm."""
        start_call(lambda: self.backend.add_server(wish), self._server_added, self._server_refused)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("Models"))
        self._explain.setText(
            self.tr(
                "Model files (GGUF) that can answer on this computer, and models on servers in your firm."
            )
        )
        self._add.setText(self.tr("Add a model file…"))
        self._add_server.setText(self.tr("Add a server…"))
        self.table.setAccessibleName(self.tr("Installed models"))
        self._say_empty()
        self._show_broken()
        self.model.retranslate()

    def _build(self) -> None:
        self._title, self._explain = label(kind="display"), label(kind="muted")
        self._add, self._add_server = button("add", "primary"), button("add")
        self._add.clicked.connect(self._choose)
        self._add_server.clicked.connect(self.ask_for_server)
        head = row(gap=2)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._explain)
        head.addLayout(words, 1)
        head.addWidget(self._add_server)
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
        self.details = ModelDetails(self.backend)
        self.details.failed.connect(self.failed)
        self.details.settings_wanted.connect(self.settings_wanted)
        self.details.changed.connect(self._changed)
        line = row(gap=4)
        line.addWidget(self._pages, 5)
        line.addWidget(self.details, 3)
        return line

    @Slot()
    def ask_for_server(self) -> None:
        """Ask for a model on a server of the firm."""
        self.dialog = ServerDialog(self)
        self.dialog.accepted.connect(self._server_described)
        self.dialog.finished.connect(self._dialog_closed)
        self.dialog.open()

    @Slot()
    def _server_described(self) -> None:
        if self.dialog is not None:
            self.add_server(self.dialog.wish)

    @Slot(object)
    def _server_added(self, entry: ServerModel) -> None:
        self._drop_dialog()
        self._select = entry.name
        self._changed()

    @Slot(object)
    def _server_refused(self, error: CoreError) -> None:
        """What was typed comes back with the reason why it was not taken."""
        if self.dialog is not None:
            self.dialog.open()
        self.failed.emit(error)

    @Slot(int)
    def _dialog_closed(self, outcome: int) -> None:
        if outcome == QDialog.DialogCode.Rejected:
            self._drop_dialog()

    def _drop_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot()
    def _changed(self) -> None:
        """Another model may be listed, or answer, than before."""
        self.refresh()
        self.changed.emit()

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
        (usable, self._broken), on_servers, self._states, in_use = found
        self._looked = True
        self._say_empty()
        shown = self.details.model.name if self.details.model is not None else ""
        self.model.in_use = in_use or ""
        self.model.set_rows((*usable, *on_servers))
        self._pages.setCurrentIndex(1 if self.model.rows else 0)
        self._show_broken()
        names = [model.name for model in self.model.rows]
        wanted, self._select = self._select, ""
        for name in (wanted, shown, in_use):
            if name in names:
                self.table.selectRow(names.index(name))
                break

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
    def _picked(self, model: AnyModel | None) -> None:
        states = self._states
        host = model.host if isinstance(model, servers.ServerModel) else ""
        in_use = model is not None and model.name == self.model.in_use
        self.details.show_model(model, in_use=in_use, state=states.get(host, HostState.REFUSED))
