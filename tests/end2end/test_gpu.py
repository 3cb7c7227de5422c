"""An answer with layers on a device. For ``make test-gpu``, whose llama.cpp has Vulkan."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.llm import catalog, gguf, gpu, native
from core.llm.engine import EngineConfig, Generated, Message, Request, Role, StopReason, Token
from core.llm.process import LlamaProcess
from core.settings import models_folder

pytestmark = pytest.mark.gpu
SMALL = models_folder() / f"{catalog.SMALL}.gguf"
ASK = Request((Message(Role.USER, "What is the capital of France? A few words."),), max_tokens=12)


def answer(gpu_layers: str) -> tuple[str, Generated, LlamaProcess]:
    engine = LlamaProcess(SMALL, EngineConfig(512, threads=1, gpu_layers=gpu_layers))
    *events, last = engine.generate(ASK)
    assert isinstance(last, Generated)
    return "".join(event.text for event in events if isinstance(event, Token)), last, engine


def test_llama_cpp_sees_a_device_with_memory() -> None:
    assert native.supports_gpu()
    assert SMALL.exists(), "run `make models-small` first"
    found = gpu.gpus()
    assert found
    assert all(device.total >= device.free > 0 for device in found)


@pytest.mark.parametrize("layers", ["auto", "4", "31"])
def test_an_answer_with_layers_on_the_device(layers: str) -> None:
    text, last, engine = answer(layers)
    facts = engine.facts()
    engine.close()
    assert "Paris" in text
    assert last.reason in (StopReason.END, StopReason.LENGTH)
    assert facts.gpu_layers == (31 if layers == "auto" else int(layers))
    assert facts.backend.startswith("Vulkan")


def test_none_on_the_device_is_the_cpu_alone() -> None:
    text, _, engine = answer("0")
    facts = engine.facts()
    engine.close()
    assert (facts.gpu_layers, facts.backend) == (0, "CPU")
    assert "Paris" in text


def test_auto_leaves_out_what_does_not_fit() -> None:
    head = gguf.read(Path(SMALL))
    everything = gpu.fitting_layers(head, 512, 8 * 2**30)
    little = gpu.fitting_layers(head, 512, 40 * 2**20)
    assert everything == 31
    assert 0 < little < everything
