"""Memory that a model needs against memory that is free, as a bar and in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop.backend import MemoryNeed
from desktop.text import device_words, size_words
from desktop.widgets.basic import column, label, repolish

_TIGHT = 0.85  # from this share of the free memory it is worth a warning


class MemoryBar(QFrame):
    """Shown before a model is loaded; ``gpu`` shows the share on the GPU instead of main memory, ``brief``
    leaves out what it computes on.
    """

    def __init__(self, *, gpu: bool = False, brief: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gpu, self._brief = gpu, brief
        self._need: MemoryNeed | None = None
        self.words = label(wrap=True)
        self.note = label(kind="caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        layout = column(self, gap=1.5)
        for part in (self.words, self.bar, self.note):
            layout.addWidget(part)

    def show_need(self, need: MemoryNeed) -> None:
        """Show an estimate."""
        self._need = need
        self.retranslate()

    def retranslate(self) -> None:
        """Say it again in the language of the window."""
        need = self._need
        if need is None:
            return
        needed, free = (need.gpu_needed, need.gpu_free) if self._gpu else (need.needed, need.free)
        share = needed / free if free else 2.0
        self.bar.setValue(min(1000, round(1000 * share)))
        self.bar.setProperty("tone", "danger" if share > 1 else "warning" if share > _TIGHT else "")
        repolish(self.bar)
        words = self.tr("Needs about {needed} of {free} free memory")
        if self._gpu:
            words = self.tr("Needs about {needed} of {free} free on the GPU")
        self.words.setText(words.format(needed=size_words(needed), free=size_words(free)))
        self.bar.setAccessibleName(self.words.text())
        self.note.setText(self._note(need, share))
        self.note.setVisible(bool(self.note.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _note(self, need: MemoryNeed, share: float) -> str:
        if share > 1 and self._gpu:
            return self.tr("It will not fit. Move fewer layers to the GPU, or leave it to “Automatic”.")
        if share > 1:
            return self.tr(
                "It will not fit. Close other programs, choose a smaller context or a smaller model."
            )
        if self._brief or (need.layers and not self._gpu):
            return ""  # said under the bar of the GPU
        if need.gpu_layers:
            return self.tr("%Ln layer(s) on the GPU: {device}", "", need.gpu_layers).format(
                device=need.device
            )
        return self.tr("Computes on: {device}").format(device=device_words(need.device))
