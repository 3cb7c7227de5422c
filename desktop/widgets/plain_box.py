"""A box for longer text: what is pasted or dropped into it loses its formatting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class PlainBox(QPlainTextEdit):
    """Plain text in and out; Tab leaves it.

    Signals:
        file_dropped: the path of a file that was dropped or pasted; its name is not typed
    """

    file_dropped = Signal(object)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Flatten what is pasted or dropped; a file is handed on."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(files[0])
        else:
            self.insertPlainText(source.text())

    def replace_all(self, text: str) -> None:
        """Another text, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
