from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import EngineError
from core.llm import estimate, gguf, gpu, native
from core.llm.engine import EngineConfig
from core.llm.gpu import Device, Kind
from core.types import Language, Reason
from core.words import say_reason

Write = Callable[..., Path]
CARD = Device("Vulkan0", "A card", Kind.GPU, free=8 * 2**30, total=12 * 2**30)


@pytest.fixture
def with_gpu(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes llama.cpp look as if it supported GPUs and saw these devices."""

    def pretend(*found: Device, supported: bool = True) -> None:
        monkeypatch.setattr(native, "supports_gpu", lambda: supported)
        monkeypatch.setattr(gpu, "devices", lambda: found)

    return pretend


def test_llama_cpp_sees_this_cpu_and_its_memory() -> None:
    cpu = [device for device in gpu.devices() if device.kind is Kind.CPU]
    assert len(cpu) == 1
    assert cpu[0].total >= cpu[0].free > 2**28
    assert cpu[0].name == "CPU"


def test_auto_without_support_says_so(tiny: Write, with_gpu: Callable[..., None]) -> None:
    with_gpu(CARD, supported=False)
    plan = gpu.plan(gguf.read(tiny()), EngineConfig())
    assert plan == gpu.Plan(0, "CPU (no GPU support in this llama.cpp)", Reason("gpu_unsupported"))


def test_auto_without_a_card_says_so(tiny: Write, with_gpu: Callable[..., None]) -> None:
    with_gpu(Device("CPU", "this one", Kind.CPU, 1, 1))
    assert gpu.plan(gguf.read(tiny()), EngineConfig()) == gpu.Plan(0, gpu.NO_DEVICE, Reason("gpu_none"))


@pytest.mark.parametrize(("supported", "code"), [(False, "engine_gpu_unsupported"), (True, "engine_no_gpu")])
def test_layers_that_were_asked_for_are_never_dropped_silently(
    tiny: Write, with_gpu: Callable[..., None], supported: bool, code: str
) -> None:
    with_gpu(supported=supported)
    with pytest.raises(EngineError) as caught:
        gpu.plan(gguf.read(tiny()), EngineConfig(gpu_layers="5"))
    assert caught.value.code == code
    assert caught.value.params == {"layers": 5}
    assert gpu.plan(gguf.read(tiny()), EngineConfig(gpu_layers="0")) == gpu.Plan(0, "CPU")


def test_all_layers_and_the_output_go_where_there_is_room(tiny: Write, with_gpu: Callable[..., None]) -> None:
    with_gpu(CARD)
    head = gguf.read(tiny())
    assert gpu.plan(head, EngineConfig()) == gpu.Plan(3, "Vulkan0 (A card)")
    assert gpu.plan(head, EngineConfig(gpu_layers="2")).layers == 2
    assert gpu.plan(head, EngineConfig(gpu_layers="99")).layers == 3


def test_as_many_layers_as_fit(tiny: Write, with_gpu: Callable[..., None]) -> None:
    head = gguf.read(tiny())
    compute = estimate.estimate(head, 4096).compute_bytes
    _, last, output = estimate.layer_bytes(head, 4096)
    assert last != output
    for room, layers in ((0, 0), (output - 8, 0), (output, 1), (output + last, 2), (10 * last, 3)):
        free = round((compute + room) / gpu.RESERVE) + 2
        assert gpu.fitting_layers(head, 4096, free) == layers
    with_gpu(Device("Vulkan0", "Small", Kind.IGPU, free=10, total=10))
    plan = gpu.plan(head, EngineConfig())
    assert plan.reason is not None
    assert (plan.layers, plan.backend) == (0, "CPU (no layer fits: Vulkan0 (Small))")
    for language in Language:
        assert "Vulkan0 (Small)" in say_reason(plan.reason, language)
