"""Which layers go to a GPU: the devices that llama.cpp sees, their free memory, and the plan."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from core.errors import EngineError
from core.llm import backends, estimate, native
from core.llm.engine import EngineConfig
from core.llm.gguf import Gguf
from core.types import Reason

NO_SUPPORT = "CPU (no GPU support in this llama.cpp)"
NO_DEVICE = "CPU (no GPU found)"
RESERVE = 0.9  # share of the free device memory that is planned with


class Kind(IntEnum):
    """What a device is, as ggml numbers it."""

    CPU = 0
    GPU = 1
    IGPU = 2
    ACCEL = 3
    META = 4


@dataclass(frozen=True, slots=True)
class Device:
    """A device that llama.cpp can compute on; memory in bytes."""

    name: str
    description: str
    kind: Kind
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How many layers go to the GPU and what computes, as it is recorded; ``reason`` says to people why
    ``auto`` stays on the CPU, None where it does not or was not asked.
    """

    layers: int
    backend: str
    reason: Reason | None = None


@cache
def _ggml() -> Any:
    """ggml's device functions. The binding has none for device memory."""
    registry, base = backends.ggml(), backends.ggml("ggml-base")
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    for name in ("ggml_backend_dev_name", "ggml_backend_dev_description"):
        getattr(base, name).restype = ctypes.c_char_p
        getattr(base, name).argtypes = [ctypes.c_void_p]
    base.ggml_backend_dev_type.restype = ctypes.c_int
    base.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    size = ctypes.POINTER(ctypes.c_size_t)
    base.ggml_backend_dev_memory.restype = None
    base.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, size, size]
    return registry, base


def devices() -> tuple[Device, ...]:
    """All devices that this llama.cpp can compute on, the CPU among them."""
    native.start()
    registry, base = _ggml()
    return tuple(
        _device(base, registry.ggml_backend_dev_get(number))
        for number in range(registry.ggml_backend_dev_count())
    )


def _device(base: Any, handle: int) -> Device:
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    base.ggml_backend_dev_memory(handle, ctypes.byref(free), ctypes.byref(total))
    return Device(
        name=base.ggml_backend_dev_name(handle).decode(),
        description=base.ggml_backend_dev_description(handle).decode(errors="replace"),
        kind=Kind(base.ggml_backend_dev_type(handle)),
        free=free.value,
        total=total.value,
    )


def gpus() -> tuple[Device, ...]:
    """The devices that layers can be moved to."""
    return tuple(device for device in devices() if device.kind in (Kind.GPU, Kind.IGPU))


def plan(head: Gguf, config: EngineConfig) -> Plan:
    """Decide how many layers go to the GPU.

    Raises EngineError ``engine_no_gpu`` when layers are asked for and this llama.cpp or machine has no GPU;
    ``auto`` then stays on the CPU and the plan's words say so.
    """
    native.start()
    found = gpus() if native.supports_gpu() else ()
    if config.gpu_layers == "auto":
        return _automatic(head, config, found)
    asked = int(config.gpu_layers)
    if asked and not found:
        code = "engine_no_gpu" if native.supports_gpu() else "engine_gpu_unsupported"
        raise EngineError(code, layers=asked)
    layers = min(asked, len(estimate.layer_bytes(head, config.context_tokens)))
    return Plan(layers, _words(found) if layers else "CPU")


def _automatic(head: Gguf, config: EngineConfig, found: Sequence[Device]) -> Plan:
    if not native.supports_gpu():
        return Plan(0, NO_SUPPORT, Reason("gpu_unsupported"))
    if not found:
        return Plan(0, NO_DEVICE, Reason("gpu_none"))
    layers = fitting_layers(head, config.context_tokens, sum(device.free for device in found))
    if not layers:
        return Plan(0, f"CPU (no layer fits: {_words(found)})", Reason("gpu_full", {"device": _words(found)}))
    return Plan(layers, _words(found))


def fitting_layers(head: Gguf, context_tokens: int, free: int) -> int:
    """How many layers fit into ``free`` bytes beside the buffers that computing takes.

    Counted as llama.cpp moves them: the output layer first, then the others from the last one on.
    """
    room = free * RESERVE - estimate.estimate(head, context_tokens).compute_bytes
    layers = 0
    for size in reversed(estimate.layer_bytes(head, context_tokens)):
        room -= size
        if room < 0:
            break
        layers += 1
    return layers


def _words(found: Sequence[Device]) -> str:
    return ", ".join(f"{device.name} ({device.description})" for device in found)
