"""Says which hosts inside the firm may be asked; in a library with users that takes an administrator."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.widgets.passphrase_dialog import PassphraseDialog


class AllowHosts(QObject):
    """One request at a time.

    Signals:
        allowed: the hosts as they were asked for, recorded now
        dropped: nothing was changed
        failed: the CoreError that kept it from being changed
    """

    allowed = Signal(str)
    dropped = Signal()
    failed = Signal(object)

    def __init__(self, backend: Backend, over: QWidget) -> None:
        super().__init__(over)
        self.backend = backend
        self.dialog: PassphraseDialog | None = None
        self._over, self._hosts, self._busy = over, "", False

    def ask(self, hosts: str) -> None:
        """Let these hosts be asked, after the passphrase where one is needed."""
        if self._busy:
            return  # a field says that it was edited again when the dialog takes the focus from it
        self._busy, self._hosts = True, hosts
        start_call(lambda: (self.backend.hosts_need_administrator(),), self._known, self._refused)

    @Slot(object)
    def _known(self, needed: tuple[bool]) -> None:
        if not needed[0]:
            self._allow("", "")
            return
        self.dialog = PassphraseDialog(self.backend.settings.reviewer, self._over, hosts=self._hosts)
        self.dialog.accepted.connect(self._confirmed)
        self.dialog.rejected.connect(self._drop)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _allow(self, who: str, passphrase: str) -> None:
        hosts = self._hosts
        start_call(lambda: self.backend.allow_hosts(hosts, who, passphrase), self._done, self._refused)

    @Slot()
    def _confirmed(self) -> None:
        if self.dialog is not None:
            self._allow(self.dialog.who, self.dialog.passphrase)

    @Slot()
    def _drop(self) -> None:
        self._busy = False
        self.dropped.emit()

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _done(self, hosts: str) -> None:
        self._busy = False
        self.allowed.emit(hosts)

    @Slot(object)
    def _refused(self, error: CoreError) -> None:
        self._drop()
        self.failed.emit(error)
