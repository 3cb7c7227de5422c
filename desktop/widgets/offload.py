"""How many layers of a model go to the GPU: automatic, or a slider."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSlider, QWidget

from desktop.backend import MemoryNeed
from desktop.theme import space
from desktop.widgets.basic import Tick, column, label, row


class Offload(QFrame):
    """Where there is no GPU it says so and is closed.

    Signals:
        moved: so many layers while the slider moves, for a live estimate
        chosen: the setting, ``auto`` or a number, once it stands still
    """

    moved = Signal(int)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._need: MemoryNeed | None = None
        self._title, self._value = label(), label(kind="caption", wrap=True)
        self.automatic = Tick()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumHeight(space(6))  # the handle is higher than the groove
        self._title.setBuddy(self.slider)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderReleased.connect(self._settle)
        self.automatic.toggled.connect(self._switch)
        head = row(gap=2)
        head.addWidget(self._title)
        head.addWidget(self._value, 1)
        head.addWidget(self.automatic)
        layout = column(self, gap=1.5)
        layout.addLayout(head)
        layout.addWidget(self.slider)
        self.retranslate()

    def show_need(self, need: MemoryNeed, *, automatic: bool) -> None:
        """Show what is in force; a slider that is being moved stays where the hand is."""
        self._need = need
        if not self.slider.isSliderDown():
            for part in (self.slider, self.automatic):
                part.blockSignals(True)
            self.slider.setRange(0, need.layers)
            self.slider.setValue(need.gpu_layers)
            self.automatic.setChecked(automatic)
            for part in (self.slider, self.automatic):
                part.blockSignals(False)
        self.slider.setEnabled(bool(need.layers) and not self.automatic.isChecked())
        self.automatic.setVisible(bool(need.layers))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words."""
        self._title.setText(self.tr("Layers on the GPU"))
        self.automatic.setText(self.tr("Automatic"))
        need = self._need
        if need is not None and need.layers:
            words = self.tr("{number} of {total}")
            self._value.setText(words.format(number=self.slider.value(), total=need.layers))
        else:
            self._value.setText(self.tr("none: no GPU that can be used here"))
        self.slider.setAccessibleName(self._title.text())
        self.slider.setAccessibleDescription(self._value.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(int)
    def _slide(self, layers: int) -> None:
        self.retranslate()
        self.moved.emit(layers)
        if not self.slider.isSliderDown():
            self._settle()  # moved by keyboard or wheel

    @Slot()
    def _settle(self) -> None:
        self.chosen.emit(str(self.slider.value()))

    @Slot(bool)
    def _switch(self, automatic: bool) -> None:
        self.slider.setEnabled(not automatic)
        self.chosen.emit("auto" if automatic else str(self.slider.value()))
