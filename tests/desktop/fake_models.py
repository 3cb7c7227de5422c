"""The scripted model files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from core.llm.catalog import Adding, BrokenModel, InstalledModel
from core.llm.engine import Heartbeat
from core.llm.passport import Passport, Reading
from core.llm.speed import Speed
from core.settings import Settings
from desktop.backend import Loaded, MemoryNeed

from .fake_data import model_of


class FakeModels:
    """Set ``hold`` to keep a load or a test of the speed waiting until it is stopped."""

    calls: list[tuple[object, ...]]
    error: Exception | None
    hold: bool
    settings: Settings
    stopped: threading.Event

    def __init__(self) -> None:
        super().__init__()
        self.examined: tuple[Reading | Passport, ...] = ()
        self.broken: tuple[BrokenModel, ...] = ()
        self.layers = 0  # that could go to a GPU
        self.in_memory: Loaded | None = None

    def models(self) -> tuple[tuple[InstalledModel, ...], tuple[BrokenModel, ...]]:
        return (model_of("Qwen", 10**9), model_of("SmolLM2", 10**8)), self.broken

    def model_in_use(self) -> str | None:
        return self.settings.model or "SmolLM2"

    def add_model(self, path: Path) -> Iterator[Adding | InstalledModel]:
        self.calls.append(("add_model", path))
        if self.error is not None:
            raise self.error
        yield Adding(1, 2)
        yield model_of("New", 5)

    def memory_need(self, model: InstalledModel, layers: str | None = None) -> MemoryNeed:
        self.calls.append(("memory_need", model.name, layers))
        moved = 0 if layers in (None, "auto") else int(layers)
        share = model.size * moved // max(1, self.layers)
        return MemoryNeed(model.size - share, 4 * 10**8, moved, "CPU", self.layers, share, 10**9)

    def load_model(self, model: InstalledModel) -> Iterator[Heartbeat]:
        self.calls.append(("load_model", model.name))
        yield Heartbeat(0.0)
        while self.hold and not self.stopped.wait(0.01):
            yield Heartbeat(0.0)
        self.in_memory = Loaded(model.name, model.size)

    def unload_model(self) -> None:
        self.in_memory = None

    def loaded_model(self) -> Loaded | None:
        return self.in_memory

    def speed_test(self, model: InstalledModel) -> Iterator[Speed]:
        self.calls.append(("speed_test", model.name))
        yield Speed()
        while self.hold and not self.stopped.wait(0.01):
            yield Speed(0.5, 100, 1.0)
        yield Speed(1.0, 1000, 4.0, 60, 5.0)

    def passport(self, model: InstalledModel) -> Iterator[Reading | Passport]:
        yield from self.examined
