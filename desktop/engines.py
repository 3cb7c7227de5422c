"""The one engine of the window: the model it holds, loading, freeing, speed, what a model would take."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from core.errors import EngineError
from core.llm import estimate, gguf, offload, probe, speed
from core.llm.catalog import InstalledModel
from core.llm.choice import AnyModel, open_model
from core.llm.engine import Engine, EngineConfig, Heartbeat
from core.llm.gguf import Gguf
from core.llm.process import LlamaProcess
from core.llm.remote import ServerEngine
from core.llm.speed import Speed
from core.settings import Settings
from desktop.backend import Loaded, MemoryNeed


class Engines:
    """Holds one engine at a time; another model or setting ends the one before. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: LlamaProcess | ServerEngine | None = None
        self._key: tuple[AnyModel, EngineConfig, str] | None = None
        self._name = ""
        self._lent = False
        self._heads: dict[str, Gguf] = {}

    def open(self, model: AnyModel, settings: Settings) -> Engine:
        """The engine of a model, loaded at its first use.

        Raises EngineError ``engine_busy`` while another model writes an answer, ``engine_lent`` while a pilot
        has the memory, ``server_not_allowed`` for a model on a server whose host is not.
        """
        key = (model, config_of(settings), settings.allowed_hosts)
        with self._lock:
            if self._lent:
                raise EngineError("engine_lent")
            if self._engine is None or self._key != key:
                self._free()
                self._engine = open_model(model, settings)
                self._key, self._name = key, model.name
            return self._engine

    def load(self, model: InstalledModel, settings: Settings) -> Iterator[Heartbeat]:
        """Load a model, with a heartbeat at least every 100 ms meanwhile."""
        return self.open(model, settings).load()

    def measure(self, model: InstalledModel, settings: Settings) -> Iterator[Speed]:
        """Ten seconds of reading and writing."""
        return speed.measure(self.open(model, settings))

    def unload(self) -> None:
        """Free the model. Raises EngineError ``engine_busy`` while it writes."""
        with self._lock:
            self._free()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Free the model and load none meanwhile: a pilot brings engines of its own, one after the other.

        Raises EngineError ``engine_busy`` while the model writes, ``engine_lent`` while a pilot works.
        """
        with self._lock:
            if self._lent:
                raise EngineError("engine_lent")
            self._free()
            self._lent = True
        try:
            yield
        finally:
            with self._lock:
                self._lent = False

    def loaded(self) -> Loaded | None:
        """The model whose process runs, with the memory that the process takes now."""
        engine = self._engine
        process = engine.pid if engine is not None else None
        if process is None:
            return None
        try:
            return Loaded(self._name, psutil.Process(process).memory_info().rss)
        except psutil.NoSuchProcess:
            return None

    def memory_need(self, model: InstalledModel, settings: Settings, layers: str | None) -> MemoryNeed:
        """An estimate from the head of the file; nothing is loaded. ``layers`` None: as set."""
        head = self._head(model)
        machine = probe.hardware()
        gpus = machine.gpus
        wanted = (layers or settings.gpu_layers) if gpus else "auto"
        config = EngineConfig(settings.context_tokens, settings.threads, wanted)
        plan = offload.plan(head, config, machine)
        main, moved = estimate.split(head, settings.context_tokens, plan.layers)
        loaded = self.loaded()
        return MemoryNeed(
            needed=main,
            free=psutil.virtual_memory().available + (loaded.memory if loaded else 0),
            gpu_layers=plan.layers,
            device=plan.backend,
            layers=len(estimate.layer_bytes(head, settings.context_tokens)) if gpus else 0,
            gpu_needed=moved,
            gpu_free=sum(device.free for device in gpus),
        )

    def stop(self) -> None:
        """Wake the engine, whatever it does."""
        engine = self._engine
        if engine is not None:
            engine.stop()

    def close(self) -> None:
        """Free the model, also in the middle of an answer."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine, self._key = None, None

    def _free(self) -> None:
        if self._engine is None:
            return
        if self._engine.busy:
            raise EngineError("engine_busy")
        self._engine.close()
        self._engine, self._key = None, None

    def _head(self, model: InstalledModel) -> Gguf:
        if model.sha256 not in self._heads:
            self._heads = {model.sha256: gguf.read(model.path)}
        return self._heads[model.sha256]


def config_of(settings: Settings) -> EngineConfig:
    """How the settings want a model to be run."""
    return EngineConfig(settings.context_tokens, settings.threads, settings.gpu_layers)
