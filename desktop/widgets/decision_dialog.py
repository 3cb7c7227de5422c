"""Asks for the name and the reason of a release or rejection."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.theme import space
from desktop.widgets.basic import button, column, label, row


class DecisionDialog(QDialog):
    """A held answer is decided by a named person with a reason; the button stays closed without both."""

    def __init__(self, *, release: bool, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.release = release
        title = self.tr("Release this answer") if release else self.tr("Reject this answer")
        explain = (
            self.tr(
                "The answer may be used after this. Your name, the time and the reason go into the audit log."
            )
            if release
            else self.tr(
                "The answer stays closed for good. Your name, the time and the reason go into the audit log."
            )
        )
        self.setWindowTitle(title)
        self._who = QLineEdit(who)
        self._reason = QPlainTextEdit()
        self._caveats = QPlainTextEdit()
        for box in (self._reason, self._caveats):
            box.setTabChangesFocus(True)
            box.setFixedHeight(space(20))
        self.ok = button("release" if release else "reject", "primary")
        self.ok.setText(self.tr("Release") if release else self.tr("Reject"))
        self.ok.setDefault(True)
        self._build(title, explain)
        self._who.textChanged.connect(self._look)
        self._reason.textChanged.connect(self._look)
        self._look()
        (self._reason if who else self._who).setFocus()

    @property
    def who(self) -> str:
        """The name as typed."""
        return self._who.text().strip()

    @property
    def reason(self) -> str:
        """The reason as typed."""
        return self._reason.toPlainText().strip()

    @property
    def caveats(self) -> tuple[str, ...]:
        """The caveats as typed, one a line; they go with the released text."""
        lines = (line.strip() for line in self._caveats.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def fill(self, who: str, reason: str, caveats: str = "") -> None:
        """Type what is asked for, as a person would."""
        self._who.setText(who)
        self._reason.setPlainText(reason)
        self._caveats.setPlainText(caveats)

    def _build(self, title: str, explain: str) -> None:
        layout = column(self, margin=6, gap=3)
        layout.addWidget(label(title, "title"))
        layout.addWidget(label(explain, "muted", wrap=True))
        layout.addSpacing(space(1))
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Your name"), self._who),
            (self.tr("Reason"), self._reason),
        ]
        if self.release:
            fields.append((self.tr("Caveats that go with the answer, one a line (optional)"), self._caveats))
        for words, field in fields:
            caption = label(words, "strong")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            layout.addWidget(caption)
            layout.addWidget(field)
        cancel = button()
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.accept)
        line = row(gap=2)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.ok)
        layout.addSpacing(space(2))
        layout.addLayout(line)
        self.setMinimumWidth(space(110))
        self.resize(self.minimumWidth(), layout.totalHeightForWidth(self.minimumWidth()))

    @Slot()
    def _look(self) -> None:
        self.ok.setEnabled(bool(self.who and self.reason))
