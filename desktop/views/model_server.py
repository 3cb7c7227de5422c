"""A model on a server of the firm: what is known of it; allowing its host, trying it, removing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from core.errors import CoreError
from core.offline import hosts_of
from desktop.backend import Backend
from desktop.jobs import Job, start_call
from desktop.late import Late
from desktop.server_backend import HostState
from desktop.text import number_words
from desktop.views.base import View
from desktop.widgets.allow_hosts import AllowHosts
from desktop.widgets.basic import button, column, label, notice
from desktop.widgets.facts import Facts
from desktop.widgets.flow import Flow
from desktop.widgets.remove_dialog import RemoveServerDialog

if TYPE_CHECKING:
    from core.llm import engine
    from core.llm.engine import EngineFacts, Heartbeat
    from core.llm.servers import ServerModel
else:
    engine = Late("core.llm.engine")


class ServerPanel(View):
    """One model at a time.

    Signals:
        settings_wanted: new Settings with other allowed hosts
        changed: the entry is gone, or its host is allowed now
    """

    settings_wanted = Signal(object)
    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.model: ServerModel | None = None
        self.dialog: RemoveServerDialog | None = None
        self._state = HostState.REFUSED
        self._job: Job | None = None
        self._found: EngineFacts | None = None
        self.hosts = AllowHosts(backend, self)
        self.hosts.allowed.connect(self._allowed)
        self.hosts.failed.connect(self.failed)
        self._build()
        self.retranslate()

    def show_server(self, model: ServerModel | None, state: HostState) -> None:
        """Another model was selected, or its host may be asked now."""
        if model != self.model:
            self._found = None
            self._cancel()
        self.model, self._state = model, state
        self._show()

    @Slot()
    def ask_to_allow(self) -> None:
        """Add its host to those that may be asked."""
        if self.model is not None:
            known = hosts_of(self.backend.settings.allowed_hosts)
            others = [host for host in known if host.lower() != self.model.host.lower()]
            self.hosts.ask(", ".join([*others, self.model.host]))

    @Slot()
    def try_it(self) -> None:
        """Ask the server whether it runs the model; no question is sent."""
        model = self.model
        if model is None or self._job is not None:
            return
        self._found = None
        self._job = Job(lambda: self._tried(model))
        self._job.yielded.connect(self._there)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._ended)
        self._job.start()
        self._show()

    @Slot()
    def ask_to_remove(self) -> None:
        """Forget the entry, once that is confirmed."""
        if self.model is not None:
            self.dialog = RemoveServerDialog(self.model.name, self)
            self.dialog.accepted.connect(self._remove)
            self.dialog.open()

    def retranslate(self) -> None:
        """Set every word again."""
        self.allow.setText(self.tr("Allow this host…"))
        self.attempt.setText(self.tr("Try the connection"))
        self.remove.setText(self.tr("Remove…"))
        self._show()

    def _build(self) -> None:
        self._warning, self.warning = notice(), label(wrap=True)
        self.allow, self.attempt, self.remove = button("release"), button("restart"), button("clear")
        self.allow.clicked.connect(self.ask_to_allow)
        self.attempt.clicked.connect(self.try_it)
        self.remove.clicked.connect(self.ask_to_remove)
        inside = column(self._warning, margin=3, gap=2)
        inside.addWidget(self.warning)
        self._facts, self.found = Facts(), label(kind="caption", wrap=True)
        deeds = Flow()
        deeds.add(self.allow, self.attempt, self.remove)
        layout = column(self, gap=3)
        for part in (self._warning, deeds, self.found, self._facts):
            layout.addWidget(part)

    @property
    def facts(self) -> dict[str, str]:
        """The pairs that are shown."""
        return dict(self._facts.pairs)

    def _tried(self, model: ServerModel) -> Iterator[Heartbeat | EngineFacts]:
        yield from self.backend.try_server(model)

    def _show(self) -> None:
        model, state = self.model, self._state
        if model is None:
            return
        self._facts.show_pairs(self._pairs(model))
        self.warning.setText(self._warning_words(model))
        self._warning.setVisible(bool(self.warning.text()))
        self.allow.setVisible(state in (HostState.REFUSED, HostState.NOT_PERMITTED))
        self.attempt.setVisible(state is HostState.OPEN)
        self.attempt.setEnabled(self._job is None)
        self.found.setText(self._found_words())
        self.found.setVisible(bool(self.found.text()))

    def _warning_words(self, model: ServerModel) -> str:
        if self._state is HostState.REFUSED:
            words = self.tr("{host} is not among the servers that may be asked: nothing is sent there.")
        elif self._state is HostState.NOT_PERMITTED:
            words = self.tr("No administrator of this library has allowed {host}: nothing is sent there.")
        elif self._state is HostState.NEXT_START:
            words = self.tr("{host} is allowed from the next start: close Touchstone and start it again.")
        else:
            return ""
        return words.format(host=model.host)

    def _found_words(self) -> str:
        if self._job is not None:
            return self.tr("Asking the server")
        if self._found is None:
            return ""
        words = self.tr("The server is there and runs the model. Up to {count} tokens are used.")
        return words.format(count=number_words(self._found.context_tokens))

    def _pairs(self, model: ServerModel) -> list[tuple[str, str]]:
        """What is known of a model that runs elsewhere, and that its file is not."""
        key = self.tr("in the system's keyring") if model.keyring else model.key_variable
        secure = self.tr("yes, trusted by the firm's own authority") if model.ca else self.tr("yes")
        allowed = {
            HostState.REFUSED: self.tr("no: nothing is sent there"),
            HostState.NOT_PERMITTED: self.tr("not by an administrator of this library"),
            HostState.NEXT_START: self.tr("from the next start"),
            HostState.OPEN: self.tr("yes"),
        }
        return [
            (self.tr("Runs on"), self.tr("a server in your firm")),
            (self.tr("Server"), model.url),
            (self.tr("Name there"), model.model),
            (self.tr("Encrypted"), secure if model.tls else self.tr("no")),
            (self.tr("Key"), key or self.tr("none")),
            (self.tr("Host allowed"), allowed[self._state]),
            (self.tr("SHA-256"), self.tr("not known: a server's file cannot be hashed from here")),
        ]

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _there(self, found: Heartbeat | EngineFacts) -> None:
        if isinstance(found, engine.EngineFacts) and self._job is not None and not self._job.cancelled:
            self._found = found

    @Slot()
    def _ended(self) -> None:
        self._job = None
        self._show()

    @Slot(str)
    def _allowed(self, hosts: str) -> None:
        self.settings_wanted.emit(replace(self.backend.settings, allowed_hosts=hosts))
        self.changed.emit()

    @Slot()
    def _remove(self) -> None:
        model = self.model
        if model is not None:
            start_call(lambda: self._removed_name(model.name), self._removed, self._not_removed)

    def _removed_name(self, name: str) -> str:
        self.backend.remove_server(name)
        return name

    @Slot(object)
    def _removed(self, name: str) -> None:
        if self.backend.settings.model == name:
            self.settings_wanted.emit(replace(self.backend.settings, model=""))
        self.changed.emit()

    @Slot(object)
    def _not_removed(self, error: CoreError) -> None:
        self.failed.emit(error)
        self.changed.emit()
