"""Errors reach people here: the one error dialog, and the hooks that bring a bug to it.

What a person can act on (CoreError) is said in words with what to do. Anything else is a bug: it is saved
as a crash report, shown, and never sent anywhere by itself.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLayout, QPlainTextEdit, QWidget

from core.errors import CoreError
from core.settings import Settings
from core.types import Language
from core.words import say_error
from desktop import crash, icons
from desktop.theme import colors, space
from desktop.widgets.basic import button, column, label, row


class ErrorDialog(QDialog):
    """What happened, what to do, and details that can be copied."""

    def __init__(self, title: str, message: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.details = details
        self._layout = layout = column(self, margin=6, gap=4)
        layout.addLayout(self._head(title, message))
        self._box = self._details_box(details)
        layout.addWidget(self._box)
        layout.addLayout(self._buttons())
        self._close.setFocus()
        self.setMinimumWidth(space(130))
        self._fit()

    @Slot()
    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)

    @Slot()
    def toggle_details(self) -> None:
        """Show or hide the details."""
        self._box.setVisible(not self._box.isVisible())
        self._fit()

    def _fit(self) -> None:
        """As high as the words need at the width that the dialog has."""
        width = max(self.width() if self.isVisible() else 0, self.minimumWidth())
        self.resize(width, self._layout.totalHeightForWidth(width))

    def _head(self, title: str, message: str) -> QLayout:
        line = row(gap=4)
        mark = label()
        of = colors(self.palette())
        mark.setPixmap(icons.pixmap("warning", of.not_found, space(8), self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(label(title, "title", wrap=True))
        self.message = label(message, wrap=True, selectable=True)
        words.addWidget(self.message)
        words.addStretch(1)
        line.addWidget(mark)
        line.addLayout(words, 1)
        return line

    def _details_box(self, details: str) -> QPlainTextEdit:
        box = QPlainTextEdit(details)
        box.setReadOnly(True)
        box.setAccessibleName(self.tr("Details"))
        box.setMinimumHeight(space(36))
        box.hide()
        return box

    def _buttons(self) -> QLayout:
        line = row(gap=2)
        show, copy, close = button(look="plain"), button("copy"), button(look="primary")
        show.setText(self.tr("Details"))
        copy.setText(self.tr("Copy details"))
        close.setText(self.tr("Close"))
        show.clicked.connect(self.toggle_details)
        copy.clicked.connect(self.copy_details)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self._close = close
        line.addWidget(show)
        line.addStretch(1)
        line.addWidget(copy)
        line.addWidget(close)
        return line


class Errors(QObject):
    """Shows one error at a time, from any thread.

    Signals:
        bug: a traceback, emitted by the hooks on the thread where it happened
    """

    bug = Signal(str)

    def __init__(self, language: Callable[[], Language], settings: Callable[[], Settings | None]) -> None:
        super().__init__()
        self._language = language
        self._settings = settings
        self.parent_window: QWidget | None = None
        self.dialog: ErrorDialog | None = None
        self.bug.connect(self._show_bug, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Bring every uncaught exception of this process here."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    @Slot(object)
    def show(self, error: CoreError) -> None:
        """Show what a person can act on."""
        details = f"{type(error).__name__}: {error}\n\n{crash.versions()}"
        self._open(self.tr("That did not work"), say_error(error, self._language()), details)

    def show_left(self, trace: str) -> None:
        """Show what a crash of the last run left behind."""
        text = crash.report(trace, self._settings())
        message = self.tr(
            "Touchstone did not end properly the last time. What was checked and decided before is in the "
            "library. Copy the details if you want to report the fault; nothing was sent anywhere."
        )
        self._open(self.tr("The last run crashed"), message, text)

    @Slot(str)
    def _show_bug(self, trace: str) -> None:
        text = crash.report(trace, self._settings())
        try:
            where = str(crash.save(text))
        except OSError as error:
            where = str(error)
        message = self.tr(
            "Touchstone ran into a fault of its own. Your documents and answers are safe, and nothing was "
            "sent anywhere. A report was saved here: {where}\nYou can go on working. Copy the details if "
            "you want to report the fault."
        ).format(where=where)
        self._open(self.tr("A fault in Touchstone"), message, text)

    def _open(self, title: str, message: str, details: str) -> None:
        if self.dialog is not None:
            return  # the first one says what went wrong; what follows from it would only bury it
        self.dialog = ErrorDialog(title, message, details, self.parent_window)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.__excepthook__(kind, error, trace)
        self.bug.emit("".join(traceback.format_exception(kind, error, trace)))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)
