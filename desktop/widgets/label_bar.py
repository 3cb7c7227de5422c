"""What a person says of a drawn claim, with one key: 1 to 4. The verdict of the checker is shown nowhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.theme import space
from desktop.widgets.basic import button, column, label, row
from desktop.widgets.pill import Pill

translate = QCoreApplication.translate

# The labels as the core stores them, with their icons and tones; the keys are their places.
SUPPORTED, CONTRADICTED, NOT_FOUND, UNCLEAR = "supported", "contradicted", "not_found", "unclear"
LABELS = (SUPPORTED, CONTRADICTED, NOT_FOUND, UNCLEAR)
_ICONS = {
    SUPPORTED: ("supported", "supported"),
    CONTRADICTED: ("contradicted", "contradicted"),
    NOT_FOUND: ("not_found", "not_found"),
    UNCLEAR: ("could_not_check", "unchecked"),
}
_EITHER = ("not_found", "not_found")


def label_word(value: str) -> str:
    """A label in words; one that an earlier version stored says only that a claim is not supported."""
    return {
        SUPPORTED: translate("LabelBar", "Supported"),
        CONTRADICTED: translate("LabelBar", "Contradicted"),
        NOT_FOUND: translate("LabelBar", "Not found"),
        UNCLEAR: translate("LabelBar", "Cannot tell"),
    }.get(value) or translate("LabelBar", "Not supported")


class LabelBar(QFrame):
    """The question, the four buttons, and what was said before.

    Signals:
        said: the label as the core stores it
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: str | None = None
        self._ask, self._before = label(kind="strong", wrap=True), label(kind="caption")
        self.own = Pill()
        self.buttons = {value: button(_ICONS[value][0]) for value in LABELS}
        for value, choice in self.buttons.items():
            choice.setProperty("label", value)
            choice.clicked.connect(self._chosen)
        self._keys = label(kind="caption", wrap=True)
        head = row(gap=2)
        head.addWidget(self._ask, 1)
        head.addWidget(self._before)
        head.addWidget(self.own)
        choices = QGridLayout()
        choices.setSpacing(space(2))
        for at, choice in enumerate(self.buttons.values()):
            choices.addWidget(choice, at // 2, at % 2)
        layout = column(self, gap=2)
        layout.addLayout(head)
        layout.addLayout(choices)
        layout.addWidget(self._keys)
        self.retranslate()

    def show_label(self, value: str | None) -> None:
        """What this claim's label is; None: it has none."""
        self._label = value
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        self._ask.setText(self.tr("Do your documents support this claim?"))
        self._keys.setText(
            self.tr(
                "Keys: 1–4 label · Backspace the last one again · B back · N next · Esc stop. Every label is "
                "kept at once."
            )
        )
        for number, (value, choice) in enumerate(self.buttons.items(), start=1):
            choice.setText(f"{number}  {label_word(value)}")
            choice.setToolTip(self._help(value))
        self.own.setVisible(self._label is not None)
        self._before.setText("" if self._label is None else self.tr("You said"))
        if self._label is not None:
            icon, tone = _ICONS.get(self._label, _EITHER)
            self.own.set(icon, label_word(self._label), tone)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _help(self, value: str) -> str:
        return {
            SUPPORTED: self.tr("The documents say this, in whatever words"),
            CONTRADICTED: self.tr("They say something else: another figure, date, name or rule"),
            NOT_FOUND: self.tr("They say nothing of it, or only a part of it"),
            UNCLEAR: self.tr("It cannot be decided; the claim will not count"),
        }[value]

    @Slot()
    def _chosen(self) -> None:
        self.said.emit(self.sender().property("label"))
