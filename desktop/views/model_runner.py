"""How a model runs here: memory needed and free, layers on the GPU, loading, and a speed test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLayout

from desktop.backend import Backend, Loaded, MemoryNeed
from desktop.jobs import Job, call, start_call
from desktop.late import Late
from desktop.text import rate_words, size_words
from desktop.views.base import View
from desktop.widgets.basic import button, column, label
from desktop.widgets.flow import Flow
from desktop.widgets.memory_bar import MemoryBar
from desktop.widgets.offload import Offload
from desktop.widgets.run_progress import RunProgress

if TYPE_CHECKING:
    from core.llm import speed
    from core.llm.catalog import InstalledModel
    from core.llm.engine import Heartbeat
    from core.llm.speed import Speed
else:
    speed = Late("core.llm.speed")


class ModelRunner(View):
    """What can be done with the selected model before it is asked anything.

    Signals:
        settings_wanted: new Settings with another share on the GPU
    """

    settings_wanted = Signal(object)

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._model: InstalledModel | None = None
        self._loaded: Loaded | None = None
        self._need: MemoryNeed | None = None
        self._speed: Speed | None = None
        self._job: Job | None = None
        self._wanted: str | None = None  # layers that an estimate is wanted for while one is being made
        self._asking = False
        self._build()
        self.retranslate()

    @property
    def running(self) -> bool:
        """Whether a model is being loaded or measured."""
        return self._job is not None

    def show_model(self, model: InstalledModel | None) -> None:
        """Another model was selected, or what is known may have changed."""
        if model is None or self._model is None or model.sha256 != self._model.sha256:
            self._need = self._speed = None
        self._model = model
        self._show()
        if model is not None:
            self._estimate(None)
            self._look()

    @Slot()
    def load(self) -> None:
        """Load the model, or free it where it is loaded."""
        model = self._model
        if model is None or self.running:
            return
        if self._is_loaded():
            job = call(self.backend.unload_model)
            job.failed.connect(self.failed)
            job.finished.connect(self._look)
            job.start()
            return
        self._run(Job(lambda: self.backend.load_model(model), on_cancel=self.backend.stop))
        self.progress.show_count(self.tr("Loading {name}").format(name=model.name), 0, 0)

    @Slot()
    def test(self) -> None:
        """Measure the model."""
        model = self._model
        if model is None or self.running:
            return
        self._speed = None
        self._run(Job(lambda: self.backend.speed_test(model), on_cancel=self.backend.stop))
        self.progress.show_count(self.tr("Measuring {name}").format(name=model.name), 0, 0)

    def retranslate(self) -> None:
        """Set every word again."""
        self.test_button.setText(self.tr("Speed test, 10 s"))
        self._show()

    def _build(self) -> None:
        self.memory, self.gpu_memory = MemoryBar(), MemoryBar(gpu=True)
        self.offload = Offload()
        self.offload.moved.connect(self._moved)
        self.offload.chosen.connect(self._choose)
        self._state, self._result = label(wrap=True), label(kind="strong", wrap=True)
        self.progress = RunProgress()
        self.progress.stop_wanted.connect(self._stop)
        self.progress.hide()
        layout = column(self, gap=3)
        for part in (self.memory, self.gpu_memory, self.offload, self._state):
            layout.addWidget(part)
        layout.addLayout(self._build_buttons())
        layout.addWidget(self.progress)
        layout.addWidget(self._result)

    def _build_buttons(self) -> QLayout:
        self.load_button, self.test_button = button("play"), button("restart")
        self.load_button.clicked.connect(self.load)
        self.test_button.clicked.connect(self.test)
        buttons = Flow()
        buttons.add(self.load_button, self.test_button)
        layout = column()
        layout.addWidget(buttons)
        return layout

    def _run(self, job: Job) -> None:
        self._job = job
        self.progress.show()
        self.progress.begin("")
        self._show()
        job.yielded.connect(self._event)
        job.failed.connect(self.failed)
        job.finished.connect(self._finished)
        job.start()

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _event(self, event: Heartbeat | Speed) -> None:
        if not isinstance(event, speed.Speed) or self._model is None:
            return  # a heartbeat: loading goes on
        self._speed = event
        if event.share > 0:
            words = self.tr("Measuring {name}").format(name=self._model.name)
            self.progress.show_count(words, round(event.share * 1000), 1000)
        self._show_speed()

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.progress.end()
        self.progress.hide()
        self._show()
        self._look()

    @Slot(int)
    def _moved(self, layers: int) -> None:
        self._estimate(str(layers))

    @Slot(str)
    def _choose(self, layers: str) -> None:
        if layers != self.backend.settings.gpu_layers:
            self.settings_wanted.emit(replace(self.backend.settings, gpu_layers=layers))
        self._estimate(layers)

    def _estimate(self, layers: str | None) -> None:
        """Ask for an estimate; while one is made only the last wish counts."""
        model = self._model
        self._wanted = layers or self.backend.settings.gpu_layers
        if self._asking or model is None:
            return
        asked, self._asking, self._wanted = self._wanted, True, None
        job = call(lambda: (model.sha256, self.backend.memory_need(model, asked)))
        job.yielded.connect(self._estimated)
        job.failed.connect(self.failed)
        job.finished.connect(self._asked)
        job.start()

    @Slot(object)
    def _estimated(self, found: tuple[str, MemoryNeed]) -> None:
        if self._model is not None and self._model.sha256 == found[0]:
            self._need = found[1]
            self._show()

    @Slot()
    def _asked(self) -> None:
        self._asking = False
        if self._wanted is not None:
            self._estimate(self._wanted)

    @Slot()
    def _look(self) -> None:
        start_call(self.backend.loaded_model, self._seen, self.failed)

    @Slot(object)
    def _seen(self, loaded: Loaded | None) -> None:
        self._loaded = loaded
        self._show()

    def _is_loaded(self) -> bool:
        return bool(self._model and self._loaded and self._loaded.name == self._model.name)

    def _show(self) -> None:
        self._show_need()
        loaded = self._is_loaded()
        self.load_button.setText(self.tr("Free the memory") if loaded else self.tr("Load now"))
        for each in (self.load_button, self.test_button):
            each.setEnabled(self._model is not None and not self.running)
        self._state.setText(self._state_words())
        self._state.setVisible(bool(self._state.text()))
        self._show_speed()

    def _show_need(self) -> None:
        need = self._need
        self.memory.setVisible(need is not None)
        self.gpu_memory.setVisible(bool(need and need.layers))
        if need is None:
            return
        self.memory.show_need(need)
        self.offload.show_need(need, automatic=self.backend.settings.gpu_layers == "auto")
        if need.layers:
            self.gpu_memory.show_need(need)

    def _state_words(self) -> str:
        if self._loaded is None:
            return self.tr("Not loaded. The first question loads it.")
        size = size_words(self._loaded.memory)
        if self._is_loaded():
            return self.tr("Loaded; takes {size} now.").format(size=size)
        words = self.tr("{name} is loaded and takes {size}; loading this one frees it.")
        return words.format(name=self._loaded.name, size=size)

    def _show_speed(self) -> None:
        speed = self._speed
        self._result.setVisible(speed is not None and speed.reading > 0)
        if speed is None or not speed.reading:
            return
        words = self.tr("Reads {reading} and writes {writing} tokens a second on this computer")
        if not speed.writing:
            words = self.tr("Reads {reading} tokens a second; it wrote nothing in this time")
        self._result.setText(
            words.format(reading=rate_words(speed.reading), writing=rate_words(speed.writing))
        )
