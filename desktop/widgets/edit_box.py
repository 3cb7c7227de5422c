"""An answer's text to edit, with what the edit changes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.late import Late
from desktop.theme import space
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.diff_view import DiffView
from desktop.widgets.flow import Flow
from desktop.widgets.plain_box import PlainBox

if TYPE_CHECKING:
    from core.verify import correction
    from core.verify.correction import Correction
else:
    correction = Late("core.verify.correction")

_PAUSE = 120  # milliseconds without a key before the changes are shown anew


class EditBox(QWidget):
    """Text on the left, its changes on the right. Corrections are offered by a button, never put in unasked.

    Signals:
        edited: the text is another than before
    """

    edited = Signal()

    def __init__(self, text: str, found: tuple[Correction, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.original = text
        self._found = found
        self.box = PlainBox(text)
        self.changes = DiffView()
        self._caption, self._side = label(kind="strong"), label(kind="strong")
        self._note = label(kind="caption", wrap=True)
        self.correct, self.reset = button("sources"), button("restart")
        self.correct.clicked.connect(self.put_in)
        self.reset.clicked.connect(self.start_over)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._compare)
        self.box.textChanged.connect(self._timer.start)
        self.box.textChanged.connect(self.edited)
        self._build()
        self.retranslate()
        self._compare()

    @property
    def text(self) -> str:
        """The text as it stands now."""
        return self.box.toPlainText()

    @property
    def changed(self) -> bool:
        """Whether the text is another than the answer's."""
        return self.text != self.original

    @Slot()
    def put_in(self) -> None:
        """Put the corrections from the evidence into the answer as it was written."""
        self.box.replace_all(correction.corrected(self.original, self._found))

    @Slot()
    def start_over(self) -> None:
        """The answer as it was written."""
        self.box.replace_all(self.original)

    def retranslate(self) -> None:
        """Set the words."""
        self._caption.setText(self.tr("Text that goes out"))
        self._caption.setBuddy(self.box)
        self.box.setAccessibleName(self._caption.text())
        self._side.setText(self.tr("Changes"))
        self.correct.setText(self.tr("Put in %Ln correction(s) from the evidence", "", len(self._found)))
        self.reset.setText(self.tr("As it was written"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("page")
        inside = column(page, gap=1)
        inside.addWidget(self._note)
        inside.addWidget(self.changes)
        inside.addStretch(1)
        area.setWidget(page)
        buttons = Flow()
        buttons.add(self.correct, self.reset)
        self.correct.setVisible(bool(self._found))
        line = row(self, gap=4)
        line.addLayout(_stack(self._caption, self.box, buttons), 1)
        line.addLayout(_stack(self._side, area), 1)
        self.setMinimumHeight(space(52))

    @Slot()
    def _compare(self) -> None:
        self.changes.show_texts(self.original, self.text)
        self.changes.setVisible(self.changed)
        self.reset.setEnabled(self.changed)
        self._say()

    def _say(self) -> None:
        self._note.setText(
            self.tr("The edited text is checked again when it is released. Both texts go into the record.")
            if self.changed
            else self.tr("None. The text goes out as the model wrote it.")
        )


def _stack(*parts: QWidget) -> QVBoxLayout:
    layout = column(gap=2)
    for part in parts:
        layout.addWidget(part, 1 if isinstance(part, QPlainTextEdit | QScrollArea) else 0)
    return layout
