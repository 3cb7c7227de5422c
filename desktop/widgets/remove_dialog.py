"""Asks before something is taken out: a document of the search, a server of the models."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.theme import space
from desktop.widgets.basic import button, column, label, row


class RemoveDialog(QDialog):
    """For a document: says what removing does and what it does not."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove from the library"))
        explain = self.tr(
            "{name} will no longer be searched, and answers from now on are not checked against it. The file "
            "itself stays where it is. Old answers still show what they quoted from it."
        )
        self.ok = _fill(self, explain.format(name=path.name), self.tr("Remove"), self.tr("Cancel"))


class RemoveServerDialog(QDialog):
    """For a model on a server of the firm."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove the server's model"))
        explain = self.tr(
            "{name} and its key are forgotten here; the server itself is not touched. Answers that it wrote "
            "stay. Its host stays among those that may be asked: take it off in Settings."
        )
        self.ok = _fill(self, explain.format(name=name), self.tr("Remove"), self.tr("Cancel"))


def _fill(dialog: QDialog, explain: str, deed: str, back: str) -> QPushButton:
    """Title, words and the two buttons; returns the one that does it. The other one has the focus."""
    made, cancel = button(look="primary"), button()
    made.setText(deed)
    made.clicked.connect(dialog.accept)
    cancel.setText(back)
    cancel.clicked.connect(dialog.reject)
    line = row(gap=2)
    line.addStretch(1)
    line.addWidget(cancel)
    line.addWidget(made)
    layout = column(dialog, margin=6, gap=4)
    layout.addWidget(label(dialog.windowTitle(), "title"))
    layout.addWidget(label(explain, wrap=True))
    layout.addLayout(line)
    width = space(120)
    dialog.setMinimumWidth(width)
    dialog.resize(width, layout.totalHeightForWidth(width))
    cancel.setFocus()
    return made
