"""Offers back what was typed before the program ended without being closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from desktop.typed import Typed
from desktop.widgets.basic import button, column, label, row

_SHOWN = 160  # characters of the text that are shown


class Offer(QFrame):
    """A notice over a box; it is hidden where nothing was left."""

    def __init__(self, name: str, box: QLineEdit | QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._name, self._box = name, box
        self._typed: Typed | None = None
        self._words = label(kind="strong", wrap=True)
        self.text = label(wrap=True)
        self.back, self.drop = button("restart", "primary"), button()
        self.back.clicked.connect(self.put_back)
        self.drop.clicked.connect(self.discard)
        layout = column(self, margin=3, gap=2)
        layout.addWidget(self._words)
        layout.addWidget(self.text)
        line = row(gap=2)
        line.addWidget(self.back)
        line.addWidget(self.drop)
        line.addStretch(1)
        layout.addLayout(line)
        self.hide()
        self.retranslate()

    def use(self, typed: Typed) -> None:
        """Keep the box's text from now on, and offer what was left."""
        self._typed = typed
        typed.watch(self._name, self._box)
        self._show()

    @Slot()
    def sent(self) -> None:
        """What the box holds has been asked or checked."""
        if self._typed is not None:
            self._typed.sent(self._name)

    @Slot()
    def put_back(self) -> None:
        """Type the text again, after what stands there by now."""
        typed, box = self._typed, self._box
        if typed is None:
            return
        left = typed.left(self._name)
        if isinstance(box, QLineEdit):
            box.setText(" ".join(part for part in (box.text(), left) if part))
        else:
            box.setPlainText("\n".join(part for part in (box.toPlainText(), left) if part))
        self.discard()
        box.setFocus()

    @Slot()
    def discard(self) -> None:
        """The text is not wanted."""
        if self._typed is not None:
            self._typed.settle(self._name)
        self._show()

    def retranslate(self) -> None:
        """Set the words."""
        self._words.setText(
            self.tr("Touchstone ended without being closed. What you had typed here was kept:")
        )
        self.back.setText(self.tr("Put it back"))
        self.drop.setText(self.tr("Discard"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _show(self) -> None:
        left = self._typed.left(self._name) if self._typed else ""
        flat = " ".join(left.split())
        self.text.setText(flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…")
        self.setVisible(bool(left))
