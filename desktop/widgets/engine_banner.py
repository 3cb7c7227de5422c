"""Says that the model's process has died, and starts it again with the question that it died over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from core.errors import CoreError, EngineError
from core.types import Language
from core.words import say_error
from desktop import crash
from desktop.theme import space
from desktop.widgets.basic import button, column, label, row

_DIED = frozenset({"engine_crashed", "engine_killed", "engine_exited", "engine_failed"})


def has_died(error: CoreError) -> bool:
    """Whether an error means that the model's process is gone or of no more use, and a new one may do."""
    return isinstance(error, EngineError) and error.code in _DIED


class EngineBanner(QFrame):
    """Hidden until something has happened; the screen below it stays as usable as before.

    Signals:
        restart_wanted: the question shall be asked again, of a new process
    """

    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._error: CoreError | None = None
        self.language = Language.EN
        self._title, self.words = label(kind="strong", wrap=True), label(wrap=True, selectable=True)
        self.restart, self.copy, self.close_ = button("restart", "primary"), button("copy"), button()
        self.restart.clicked.connect(self._restart)
        self.copy.clicked.connect(self._copy)
        self.close_.clicked.connect(self.clear)
        words = column(gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self.words)
        line = row(self, gap=2)  # in one line: a low window has little height to give
        line.setContentsMargins(*[space(3)] * 4)
        line.addLayout(words, 1)
        for part in (self.restart, self.copy, self.close_):
            line.addWidget(part)
        self.retranslate()
        self.hide()

    def show_error(self, error: CoreError, language: Language) -> None:
        """What happened, in the language of the window."""
        self._error, self.language = error, language
        self.retranslate()
        self.show()
        self.restart.setFocus()

    @Slot()
    def clear(self) -> None:
        """It is over."""
        self._error = None
        self.hide()

    def retranslate(self) -> None:
        """Set the words."""
        self._title.setText(self.tr("The model has stopped working"))
        self.words.setText("" if self._error is None else say_error(self._error, self.language))
        self.restart.setText(self.tr("Restart and ask again"))
        self.copy.setText(self.tr("Copy details"))
        self.close_.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _restart(self) -> None:
        self.clear()
        self.restart_wanted.emit()

    @Slot()
    def _copy(self) -> None:
        """The error and the versions; no word of the question or the documents."""
        if self._error is not None:
            QGuiApplication.clipboard().setText(f"{self.words.text()}\n\n{self._error}\n\n{crash.versions()}")
