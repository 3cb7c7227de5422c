"""The devices that this llama.cpp can compute on, asked in this process; ``probe`` asks in another one."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

from core.llm import backends, native, offload
from core.llm.engine import EngineConfig
from core.llm.gguf import Gguf
from core.llm.offload import NO_DEVICE, NO_SUPPORT, RESERVE, Device, Hardware, Kind, Plan, fitting_layers

__all__ = [
    "NO_DEVICE",
    "NO_SUPPORT",
    "RESERVE",
    "Device",
    "Hardware",
    "Kind",
    "Plan",
    "devices",
    "fitting_layers",
    "gpus",
    "hardware",
    "plan",
]


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


def hardware() -> Hardware:
    """Everything that a plan needs to know of this machine, as it is now."""
    native.start()
    supported = native.supports_gpu()
    return Hardware(supported, devices())


def gpus() -> tuple[Device, ...]:
    """The devices that layers can be moved to."""
    return tuple(device for device in devices() if device.kind in (Kind.GPU, Kind.IGPU))


def plan(head: Gguf, config: EngineConfig) -> Plan:
    """Decide how many layers go to the GPU, from the devices as they are now; see ``offload.plan``."""
    return offload.plan(head, config, hardware())
