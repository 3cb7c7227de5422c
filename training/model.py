"""The network: the BERT-shaped body of multilingual-e5-small, and the checker's heads on top of it.

The body takes token vectors (rows of the shared, frozen table), not ids, so that the embedder and the checker
ship the table once. Every batch is padded on the right; ``mask`` is 1.0 on real tokens.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own habit

from training.e5 import Array

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 12, 12, 1536, 512
EPSILON = 1e-12
SEGMENTS = 3
MARKED_LAYER = 6
OTHER, CLAIM, EVIDENCE = 0, 1, 2
ENTAILED, CONTRADICTED, NOT_FOUND = 0, 1, 2


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=EPSILON)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        batch, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5
        if bias is not None:
            scores = scores + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.out(mixed))
        y: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return y


class Body(nn.Module):
    """Twelve layers over token vectors plus position and segment vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.segment = nn.Embedding(1, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, vectors: Tensor, mask: Tensor | None = None, marks: Tensor | None = None) -> Tensor:
        """Return hidden states (batch, length, 384); ``marks`` are added before layer ``MARKED_LAYER``."""
        x = self.norm(vectors + self.position.weight[: vectors.shape[1]] + self.segment.weight[0])
        bias = None if mask is None else (mask[:, None, None, :] - 1.0) * 1e4
        for number, layer in enumerate(self.layers):
            if marks is not None and number == MARKED_LAYER:
                x = x + marks
            x = layer(x, bias)
        return x

    def load_e5(self, weights: dict[str, Array]) -> None:
        """Take over the published weights."""
        with torch.no_grad():
            _copy(self.position.weight, weights["emb.pos"])
            _copy(self.segment.weight, weights["emb.type"][:1])
            _copy(self.norm.weight, weights["emb.ln.w"])
            _copy(self.norm.bias, weights["emb.ln.b"])
            for number, layer in enumerate(self.layers):
                _load_layer(
                    layer, {k.split(".", 1)[1]: v for k, v in weights.items() if k.startswith(f"l{number}.")}
                )


def _load_layer(layer: nn.Module, w: dict[str, Array]) -> None:
    for part, kind in (("w", "weight"), ("b", "bias")):
        _copy(getattr(layer.qkv, kind), np.concatenate([w[f"q.{part}"], w[f"k.{part}"], w[f"v.{part}"]]))
        for name, module in (
            ("ao", layer.out),
            ("aln", layer.norm1),
            ("fi", layer.up),
            ("fo", layer.down),
            ("oln", layer.norm2),
        ):
            _copy(getattr(module, kind), w[f"{name}.{part}"])


def _copy(parameter: Tensor, values: Array) -> None:
    parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)))


class Embedder(nn.Module):
    """Body, mean over tokens, unit length: one vector a text."""

    def __init__(self) -> None:
        super().__init__()
        self.body = Body()

    def forward(self, vectors: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self.body(vectors, mask)
        mean = x.mean(1) if mask is None else (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean, dim=-1)


class Checker(nn.Module):
    """Body over question, claim and evidence; a verdict for the pair and a doubt for each claim token.

    What is claim and what is evidence is marked half-way up, so that the layers below can stay as they were
    published (``freeze``): without them a training step costs two thirds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body = Body()
        self.mark = nn.Embedding(SEGMENTS, HIDDEN)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.dense = nn.Linear(2 * HIDDEN, HIDDEN)
        self.verdict = nn.Linear(HIDDEN, 3)
        self.token = nn.Linear(HIDDEN, 1)

    def freeze(self) -> None:
        """Leave everything below the marked layer untrained."""
        below = [self.body.position, self.body.segment, self.body.norm, *self.body.layers[:MARKED_LAYER]]
        for module in below:
            module.requires_grad_(False)

    def forward(self, vectors: Tensor, segments: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return verdict logits (batch, 3: entailed, contradicted, not found) and token logits
        (batch, length) that a claim's token is unsupported; the latter mean nothing outside the claim.
        """
        x = self.body(vectors, mask, self.mark(segments))
        claim = (segments == CLAIM).to(x.dtype)[..., None]
        mean = (x * claim).sum(1) / claim.sum(1)
        pooled = torch.tanh(self.dense(torch.cat([x[:, 0], mean], -1)))
        return self.verdict(pooled), self.token(x).squeeze(-1)
