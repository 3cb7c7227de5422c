"""Asks before a document is taken out of the search."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.theme import space
from desktop.widgets.basic import button, column, label, row


class RemoveDialog(QDialog):
    """Says what removing does and what it does not."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Remove from the library")
        self.setWindowTitle(title)
        explain = self.tr(
            "{name} will no longer be searched, and answers from now on are not checked against it. The file "
            "itself stays where it is. Old answers still show what they quoted from it."
        )
        self.ok, cancel = button(look="primary"), button()
        self.ok.setText(self.tr("Remove"))
        self.ok.clicked.connect(self.accept)
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        words = label(explain.format(name=path.name), wrap=True)
        line = row(gap=2)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.ok)
        layout = column(self, margin=6, gap=4)
        layout.addWidget(label(title, "title"))
        layout.addWidget(words)
        layout.addLayout(line)
        width = space(120)
        self.setMinimumWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))
        cancel.setFocus()
