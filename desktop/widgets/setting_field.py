"""One setting as a form field, made from its declaration: what kind it is, its bounds, its words."""

from __future__ import annotations

from dataclasses import Field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFrame, QLineEdit, QSpinBox, QWidget

from core.types import Language
from core.words import say
from desktop.text import choice_word
from desktop.theme import space
from desktop.widgets.basic import Choice, Tick, Whole, column, label, row

_STEP = 0.05  # of a decimal number


class SettingField(QFrame):
    """Label and help on the left, the editor on the right.

    Signals:
        edited: name and value as text, as the command line would give it
    """

    edited = Signal(str, str)

    def __init__(self, declared: Field[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = declared.name
        self._declared = declared
        self._label, self._help = label(wrap=True), label(kind="caption", wrap=True)
        self.editor = self._make_editor()
        self.editor.setFixedWidth(space(58))
        self._label.setBuddy(self.editor)
        words = column(gap=0.5)
        words.addWidget(self._label)
        words.addWidget(self._help)
        line = row(self, gap=6)
        line.addLayout(words, 1)
        line.addWidget(self.editor)

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone that it was edited."""
        editor = self.editor
        editor.blockSignals(True)
        if isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, _Threshold):
            editor.show_threshold(float(str(value)))
        elif isinstance(editor, QSpinBox):
            editor.setValue(int(str(value)))
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(float(str(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value))
        editor.blockSignals(False)

    def say(self, language: Language) -> None:
        """Set the words."""
        self._label.setText(say(f"setting.{self.name}", language))
        self._help.setText(say(f"setting.{self.name}.help", language))
        self.editor.setAccessibleName(self._label.text())
        self.editor.setAccessibleDescription(self._help.text())
        if isinstance(self.editor, _Threshold):
            self.editor.setSpecialValueText(self.tr("As calibrated"))
        if isinstance(self.editor, QComboBox):
            for index in range(self.editor.count()):
                self.editor.setItemText(index, choice_word(self.editor.itemData(index)))

    def _make_editor(self) -> QWidget:
        default = self._declared.default
        if isinstance(default, StrEnum):
            return self._choices(type(default))
        if isinstance(default, bool):
            box = Tick()
            box.toggled.connect(self._toggled)
            return box
        if isinstance(default, int | float):
            return self._number(default)
        line = QLineEdit()
        line.editingFinished.connect(self._typed)
        return line

    def _choices(self, kind: type[StrEnum]) -> QComboBox:
        box = Choice()
        for choice in kind:
            box.addItem(choice.value, choice)
        box.currentIndexChanged.connect(self._chosen)
        return box

    def _number(self, default: float) -> QSpinBox | QDoubleSpinBox:
        meta = self._declared.metadata
        box = Whole() if isinstance(default, int) else _Threshold() if meta["low"] < 0 else _Decimal()
        if not isinstance(box, _Threshold):
            box.setRange(meta["low"], meta["high"])
        if isinstance(box, QDoubleSpinBox):
            box.setSingleStep(_STEP)
        box.setKeyboardTracking(False)
        box.lineEdit().setTextMargins(space(2), 0, 0, 0)  # the style sheet's padding does not reach it
        box.valueChanged.connect(self._counted)
        return box

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.edited.emit(self.name, "true" if on else "false")

    @Slot(int)
    def _chosen(self, index: int) -> None:
        assert isinstance(self.editor, QComboBox)
        self.edited.emit(self.name, str(self.editor.itemData(index)))

    @Slot()
    def _counted(self) -> None:
        assert isinstance(self.editor, QSpinBox | QDoubleSpinBox)
        value = self.editor.threshold if isinstance(self.editor, _Threshold) else self.editor.value()
        self.edited.emit(self.name, str(round(value, 4)))

    @Slot()
    def _typed(self) -> None:
        assert isinstance(self.editor, QLineEdit)
        self.edited.emit(self.name, self.editor.text())


class _Decimal(QDoubleSpinBox):
    """A decimal number that scrolling the page does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Threshold(_Decimal):
    """A share, or, one step below none, what was calibrated (-1 in the settings)."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(-_STEP, 1.0)

    @property
    def threshold(self) -> float:
        """As the settings have it."""
        return self.value() if self.value() >= 0 else -1.0

    def show_threshold(self, value: float) -> None:
        """Show what the settings have."""
        self.setValue(value if value >= 0 else -_STEP)
