"""Which layers go to a GPU: decided from a file's head and the machine's devices, without llama.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from core.errors import EngineError
from core.llm import estimate
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


@dataclass(frozen=True, slots=True)
class Hardware:
    """What this llama.cpp can compute on; ``supports_gpu``: whether it could use a GPU at all."""

    supports_gpu: bool
    devices: tuple[Device, ...]

    @property
    def gpus(self) -> tuple[Device, ...]:
        """The devices that layers can be moved to; none where this llama.cpp has no code for them."""
        cards = (Kind.GPU, Kind.IGPU)
        return tuple(device for device in self.devices if device.kind in cards) if self.supports_gpu else ()


def plan(head: Gguf, config: EngineConfig, hardware: Hardware) -> Plan:
    """Decide how many layers go to the GPU.

    Raises EngineError ``engine_no_gpu`` when layers are asked for and this llama.cpp or machine has no GPU;
    ``auto`` then stays on the CPU and the plan's words say so.
    """
    found = hardware.gpus
    if config.gpu_layers == "auto":
        return _automatic(head, config, hardware)
    asked = int(config.gpu_layers)
    if asked and not found:
        code = "engine_no_gpu" if hardware.supports_gpu else "engine_gpu_unsupported"
        raise EngineError(code, layers=asked)
    layers = min(asked, len(estimate.layer_bytes(head, config.context_tokens)))
    return Plan(layers, _words(found) if layers else "CPU")


def _automatic(head: Gguf, config: EngineConfig, hardware: Hardware) -> Plan:
    found = hardware.gpus
    if not hardware.supports_gpu:
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
