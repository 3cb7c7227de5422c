"""Asks for a model on a server inside the firm: its address, the model's name there, and perhaps a key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.server_backend import ServerWish
from desktop.theme import space
from desktop.widgets.basic import Choice, button, captioned, column, label, notice, row

_NONE, _TYPED, _VARIABLE = range(3)  # where a key comes from


class ServerDialog(QDialog):
    """Nothing is sent when it is accepted; a key that is typed goes into the system's keyring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A model on a server in your firm"))
        self.url, self.model, self.secret = QLineEdit(), QLineEdit(), QLineEdit()
        self.key, self.ca = Choice(), QLineEdit()
        self.url.setPlaceholderText("https://llm.firm.example:8443")
        self.key.addItems(
            [
                self.tr("The server wants no key"),
                self.tr("Typed here, kept in the system's keyring"),
                self.tr("In an environment variable"),
            ]
        )
        self.ok, cancel = button("add", "primary"), button()
        self.ok.setText(self.tr("Add the server"))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        explain = self.tr(
            "llama.cpp's server, vLLM, or anything else that speaks the OpenAI protocol. It writes answers; "
            "they are checked on this computer all the same."
        )
        layout = column(self, margin=6, gap=2)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        layout.addSpacing(space(1))
        self._add_fields(layout)
        layout.addSpacing(space(1))
        layout.addWidget(self._warning())
        buttons = row(gap=2)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        layout.addSpacing(space(1))
        layout.addLayout(buttons)
        width = max(space(150), layout.minimumSize().width())
        self.setMinimumWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))
        self.url.setFocus()
        self._look()

    @property
    def wish(self) -> ServerWish:
        """What was typed."""
        secret, at, ca = self.secret.text().strip(), self.key.currentIndex(), self.ca.text().strip()
        return ServerWish(
            self.url.text().strip(),
            self.model.text().strip(),
            key=secret if at == _TYPED else "",
            key_variable=secret if at == _VARIABLE else "",
            ca=Path(ca) if ca else None,
        )

    def fill(self, url: str, model: str) -> None:
        """Type what is needed, as a person would."""
        self.url.setText(url)
        self.model.setText(model)

    def _add_fields(self, layout: QVBoxLayout) -> None:
        named = (
            (self.tr("Address"), self.url),
            (self.tr("The model's name on that server"), self.model),
            (self.tr("Key"), self.key),
        )
        for words, field in named:
            layout.addLayout(captioned(words, field, gap=3))
        layout.addWidget(self.secret)
        words = self.tr("File of the firm's own certificate authority (PEM), where it has one")
        caption = label(words, "strong", wrap=True)
        caption.setBuddy(self.ca)
        self.ca.setAccessibleName(words)
        layout.addWidget(caption)
        layout.addLayout(self._ca_line())
        for line in (self.url, self.model, self.secret):
            line.textChanged.connect(self._look)
        self.key.currentIndexChanged.connect(self._key_chosen)
        self._key_chosen()

    def _ca_line(self) -> QLayout:
        choose = button("folder")
        choose.setText(self.tr("Choose…"))
        choose.clicked.connect(self._choose)
        line = row(gap=2)
        line.addWidget(self.ca, 1)
        line.addWidget(choose)
        return line

    def _warning(self) -> QWidget:
        warning = notice()
        words = self.tr(
            "Questions and the passages found for them leave this computer once a question is asked of this "
            "model. Adding it sends nothing: its host must be allowed first, and no model on a server is "
            "ever chosen by itself."
        )
        column(warning, margin=3).addWidget(label(words, wrap=True))
        return warning

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the file of the authority"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Certificates (*.pem *.crt *.cer)"))
        dialog.fileSelected.connect(self.ca.setText)
        dialog.open()

    @Slot()
    def _key_chosen(self) -> None:
        at = self.key.currentIndex()
        typed = at == _TYPED
        name = self.tr("The key") if typed else self.tr("Name of the variable")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password if typed else QLineEdit.EchoMode.Normal)
        self.secret.setPlaceholderText(name if at != _NONE else "")
        self.secret.setAccessibleName(name)
        self.secret.setVisible(at != _NONE)
        self.secret.clear()
        if (layout := self.layout()) is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self._look()

    @Slot()
    def _look(self) -> None:
        wish = self.wish
        keyed = self.key.currentIndex() == _NONE or bool(wish.key or wish.key_variable)
        self.ok.setEnabled(bool(wish.url and wish.model) and keyed)
