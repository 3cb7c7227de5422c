"""The models of a new pilot run: a tick each, with the memory that each needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.backend import Backend, MemoryNeed
from desktop.jobs import Job, start_call
from desktop.late import Late
from desktop.text import size_words
from desktop.views.base import View
from desktop.widgets.basic import Tick, card, column, label, row
from desktop.widgets.memory_bar import MemoryBar

if TYPE_CHECKING:
    from core.llm import servers
    from core.llm.catalog import InstalledModel
    from core.llm.choice import AnyModel
else:
    servers = Late("core.llm.servers")


class ModelsCard(View):
    """Every installed model, and those on servers of the firm; one is loaded after the other.

    Signals:
        changed: other models are ticked
    """

    changed = Signal()

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.ticks: dict[str, Tick] = {}
        self.bars: dict[str, MemoryBar] = {}
        self._models: tuple[AnyModel, ...] = ()
        self._title, self._explain = label(kind="strong"), label(kind="muted", wrap=True)
        self._none = label(wrap=True)
        self._list = column(gap=3)
        frame = card()
        column(self).addWidget(frame)
        layout = column(frame, margin=5, gap=3)
        for part in (self._title, self._explain, self._none):
            layout.addWidget(part)
        layout.addLayout(self._list)
        self._none.hide()
        self.retranslate()

    @property
    def chosen(self) -> tuple[AnyModel, ...]:
        """The models that are ticked."""
        return tuple(model for model in self._models if self.ticks[model.name].isChecked())

    def refresh(self) -> None:
        """Look what is installed, and what is free now."""
        start_call(self._look, self._listed, self.failed)

    def retranslate(self) -> None:
        """Set every word again."""
        self._title.setText(self.tr("2  Models"))
        self._explain.setText(
            self.tr("Each is asked every question, with the same passages; one is in memory at a time.")
        )
        self._none.setText(self.tr("No model is installed. Add a model file on the Models screen."))

    def _look(self) -> tuple[AnyModel, ...]:
        usable, _ = self.backend.models()
        return (*usable, *self.backend.servers())

    @Slot(object)
    def _listed(self, models: tuple[AnyModel, ...]) -> None:
        if models != self._models:
            self._fill(models)
        self._none.setVisible(not models)
        files = [model for model in models if not isinstance(model, servers.ServerModel)]
        job = Job(lambda: self._needs(files))
        job.yielded.connect(self._needed)
        job.failed.connect(self.failed)
        job.start()

    def _needs(self, files: list[InstalledModel]) -> Iterator[tuple[str, MemoryNeed]]:
        for model in files:
            yield model.name, self.backend.memory_need(model)

    @Slot(object)
    def _needed(self, found: tuple[str, MemoryNeed]) -> None:
        name, need = found
        if (bar := self.bars.get(name)) is not None:
            bar.show_need(need)
            bar.show()

    def _fill(self, models: tuple[AnyModel, ...]) -> None:
        """Rows for other models than before; ticks that were made stay."""
        ticked = {name for name, tick in self.ticks.items() if tick.isChecked()}
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._models, self.ticks, self.bars = models, {}, {}
        for model in models:
            self._add(model, ticked=model.name in ticked)
        self.changed.emit()

    def _add(self, model: AnyModel, *, ticked: bool) -> None:
        where = model.url if isinstance(model, servers.ServerModel) else size_words(model.size)
        tick, bar = Tick(model.name.replace("&", "&&")), MemoryBar(brief=True)
        tick.setChecked(ticked)
        tick.toggled.connect(self.changed)
        head = row(gap=2)
        head.addWidget(tick)
        head.addStretch(1)
        head.addWidget(label(where, kind="caption"))
        group = QWidget()
        inside = column(group, gap=1)
        inside.addLayout(head)
        inside.addWidget(bar)
        bar.hide()
        self._list.addWidget(group)
        self.ticks[model.name], self.bars[model.name] = tick, bar
