"""Asks a reviewer for the passphrase that opens the own signing key."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from core.offline import hosts_of
from desktop.theme import space
from desktop.widgets.basic import button, captioned, column, label, row


class PassphraseDialog(QDialog):
    """Name and passphrase; what is typed is never shown and kept nowhere."""

    def __init__(
        self,
        who: str,
        parent: QWidget | None = None,
        *,
        carried: bool = False,
        hosts: str | None = None,
    ) -> None:
        """``carried``: the key lies in a review file, and only signing needs it. ``hosts``: an
        administrator lets just these be asked; the key is closed again after it.
        """
        super().__init__(parent)
        deed = hosts is not None
        title = self.tr("For an administrator") if deed else self.tr("Unlock your signing key")
        self.setWindowTitle(title)
        self._who, self._secret = QLineEdit(who), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.ok = button("done", "primary")
        self.ok.setText(self.tr("Confirm") if deed else self.tr("Unlock"))
        self.ok.setDefault(True)
        cancel = button()
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.accept)
        explain = self.tr(
            "Two persons stand behind each answer here: one asks, another reviews. Only a reviewer reads "
            "what is held, and signs the decision. Your key stays open for a quarter of an hour."
        )
        if carried:
            explain = self.tr(
                "Your key came with the review file, locked by your passphrase. It signs your decisions here "
                "and stays open for a quarter of an hour."
            )
        if deed:
            explain = self.tr(
                "This library has users, so an administrator says which servers of the firm may be sent its "
                "questions and passages. The log records who did. The key is not kept open."
            )
        layout = column(self, margin=6, gap=3)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        if deed:
            self.hosts = label(self._hosts_words(hosts or ""), wrap=True, selectable=True)
            layout.addWidget(self.hosts)
        for words, field in ((self.tr("Your name"), self._who), (self.tr("Passphrase"), self._secret)):
            layout.addLayout(captioned(words, field, gap=3))
            field.textChanged.connect(self._look)
        buttons = row(gap=2)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        layout.addSpacing(space(1))
        layout.addLayout(buttons)
        self.setMinimumWidth(space(110))
        self.resize(space(110), layout.totalHeightForWidth(space(110)))
        (self._secret if who else self._who).setFocus()
        self._look()

    def _hosts_words(self, hosts: str) -> str:
        """All of them: the settings may name more than the one that was asked for."""
        if not hosts_of(hosts):
            return self.tr("Afterwards no server may be asked.")
        return self.tr("Afterwards these may be asked, and no others: {hosts}").format(hosts=hosts)

    @property
    def who(self) -> str:
        """The name as typed."""
        return self._who.text().strip()

    @property
    def passphrase(self) -> str:
        """The passphrase as typed."""
        return self._secret.text()

    def fill(self, who: str, passphrase: str) -> None:
        """Type what is asked for, as a person would."""
        self._who.setText(who)
        self._secret.setText(passphrase)

    @Slot()
    def _look(self) -> None:
        self.ok.setEnabled(bool(self.who and self.passphrase))
