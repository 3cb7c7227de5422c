"""Evens out activations before they become 8-bit integers.

A few channels of this body are tens of times larger than the rest, and one range a text then leaves the rest
with a handful of steps. Dividing each channel by a constant and multiplying the weights by it changes nothing
in exact arithmetic and moves the difficulty into the weights, whose scale is per column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.e5 import Array

PARTS = ("qkv", "up", "down")
ALPHA = 0.7
FLOOR = 1e-4


def channel_factors(
    module: nn.Module, run: Callable[[Any], object], samples: Iterable[Any]
) -> dict[str, Array]:
    """Return for each layer's product the factor of each input channel, from running the samples."""
    largest: dict[str, Tensor] = {}
    wanted = {name: m for name, m in module.named_modules() if name.rsplit(".", 1)[-1] in PARTS}
    hooks = [m.register_forward_hook(_watch(name, largest)) for name, m in wanted.items()]
    with torch.no_grad():
        for sample in samples:
            run(sample)
    for hook in hooks:
        hook.remove()
    return {name: _factor(largest[name].numpy(), wanted[name]) for name in wanted}


def _watch(name: str, largest: dict[str, Tensor]) -> Callable[..., None]:
    def hook(_module: nn.Module, inputs: tuple[Tensor, ...], _output: Tensor) -> None:
        peak = inputs[0].detach().abs().reshape(-1, inputs[0].shape[-1]).amax(0)
        largest[name] = torch.maximum(largest[name], peak) if name in largest else peak

    return hook


def _factor(peaks: Array, layer: nn.Module) -> Array:
    weight: Array = layer.get_parameter("weight").detach().numpy()
    columns = np.maximum(np.abs(weight).max(0), FLOOR)
    factor = np.maximum(peaks, FLOOR) ** ALPHA / columns ** (1 - ALPHA)
    return (factor / np.exp(np.log(factor).mean())).astype(np.float32)
