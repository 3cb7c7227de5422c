"""Under four eyes only a reviewer reads what is held: asks for the passphrase where no key is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.backend import Backend
from desktop.jobs import start_call
from desktop.widgets.passphrase_dialog import PassphraseDialog


class Unlock(QObject):
    """Opens a reviewer's key.

    Signals:
        opened: the name of the reviewer whose key is open
        failed: the CoreError that kept it closed
    """

    opened = Signal(str)
    failed = Signal(object)

    def __init__(self, backend: Backend, over: QWidget, *, carried: bool = False) -> None:
        super().__init__(over)
        self.backend = backend
        self.dialog: PassphraseDialog | None = None
        self._over, self._carried = over, carried

    def ask(self) -> None:
        """Say ``opened`` at once where a key is open, else after the passphrase."""
        start_call(lambda: (self.backend.unlocked(),), self._known, self.failed)

    @Slot(object)
    def _known(self, known: tuple[str | None]) -> None:
        if known[0] is not None:
            self.opened.emit(known[0])
            return
        self.dialog = PassphraseDialog(self.backend.settings.reviewer, self._over, carried=self._carried)
        self.dialog.accepted.connect(self._accepted)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _accepted(self) -> None:
        if self.dialog is not None:
            who, secret = self.dialog.who, self.dialog.passphrase
            start_call(lambda: self.backend.unlock(who, secret), self._unlocked, self.failed)

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _unlocked(self, who: str) -> None:
        self.opened.emit(who)
