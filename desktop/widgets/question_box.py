"""The box that a question is typed into: Enter sends, Shift+Enter starts a new line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.theme import space
from desktop.widgets.basic import button, repolish, row

_LINES = 4  # the box grows up to so many lines, then scrolls


class _Box(QPlainTextEdit):
    """Grows with its text; pasted text is always plain."""

    sent = Signal()
    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quiet")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends unless Shift is held. An input method takes its own Enter before it comes here."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Flatten what is pasted or dropped."""
        self.insertPlainText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    @Slot()
    def _fit(self) -> None:
        lines = min(_LINES, max(1, int(self.document().size().height())))
        self.setFixedHeight(lines * QFontMetrics(self.font()).lineSpacing() + space(1))


class QuestionBox(QFrame):
    """The box and its button on one card.

    Signals:
        asked: a question that is not empty
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.box = _Box()
        self.button = button("send", "primary")
        self.box.sent.connect(self._send)
        self.box.focused.connect(self._focus)
        self.box.textChanged.connect(self._look)
        self.button.clicked.connect(self._send)
        self.setFocusProxy(self.box)
        self._busy = False
        line = row(self, gap=3)
        line.setContentsMargins(space(4), space(3), space(3), space(3))
        line.addWidget(self.box, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self._look()

    @property
    def question(self) -> str:
        """What stands in the box."""
        return self.box.toPlainText().strip()

    def set_question(self, question: str) -> None:
        """Type a question."""
        self.box.setPlainText(question)
        self.box.moveCursor(QTextCursor.MoveOperation.End)

    def set_busy(self, *, busy: bool) -> None:
        """While an answer is made, no other is asked for; typing goes on."""
        self._busy = busy
        self._look()

    def words(self, placeholder: str, ask: str, name: str) -> None:
        """Set the words."""
        self.box.setPlaceholderText(placeholder)
        self.box.setAccessibleName(name)
        self.button.setText(ask)

    @Slot()
    def _send(self) -> None:
        if self.question and not self._busy:
            self.asked.emit(self.question)

    @Slot()
    def _look(self) -> None:
        self.button.setEnabled(bool(self.question) and not self._busy)

    @Slot(bool)
    def _focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        repolish(self)
