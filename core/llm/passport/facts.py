"""Gathers the facts of a passport from a file's head, its fingerprints and its weights."""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from core.llm.gguf import Gguf
from core.llm.passport import families, fingerprint
from core.llm.passport.fingerprint import Shape, Tokenizer, printable
from core.llm.passport.layers import Weights
from core.llm.passport.types import Declared, Facts, Part
from core.types import Param

_MERGE = re.compile(r"mergekit|frankenm\w*|moerge|\b(?:slerp|ties|dare|passthrough|merged?)\b", re.IGNORECASE)
_BASE = re.compile(r"general\.base_model\.[0-9]{1,4}\.name")
_ROPE = ("freq_base", "dimension_count", "scaling.type", "scaling.factor", "scaling.original_context_length")
_STATED = (
    "block_count",
    "embedding_length",
    "attention.head_count",
    "attention.head_count_kv",
    "expert_count",
)
_MOST = 20  # items of a list that the file may fill at will


def gather(
    path: Path, head: Gguf, tokenizer: Tokenizer | None, weights: Weights, known: Mapping[str, str]
) -> Facts:
    """The facts; ``known`` names files by their hash."""
    template = head.text("tokenizer.chat_template")
    shape = fingerprint.measure(head)
    names = sorted(fingerprint.name_patterns(head.tensors))
    used = max(0, head.number("expert_used_count") or 0)
    return Facts(
        file=path.name,
        size=path.stat().st_size,
        declared=_declared(head),
        parts=_parts(head),
        parameters=head.parameters,
        active=_active(head, used),
        experts_used=used,
        context=head.number("context_length") or 0,
        rope=_rope(head),
        stated={key: value for key in _STATED if (value := head.number(key)) is not None},
        shape=shape,
        tokenizer=tokenizer,
        names_hash=hashlib.sha256("\n".join(names).encode("utf-8", errors="replace")).hexdigest(),
        strange=_strange(head, shape),
        template_hash=fingerprint.template_hash(template) if template else None,
        merged=_merged(head),
        weights=weights,
        near_tokenizer=families.nearest_tokenizer(tokenizer) if tokenizer else None,
        near_template=families.nearest_template(template) if template else None,
        near_shapes=families.matching_shapes(shape),
        known_as=known.get(weights.sha256),
    )


def _declared(head: Gguf) -> Declared:
    def text(key: str) -> str:
        return printable(head.text(f"general.{key}") or "")

    bases = [
        printable(value)
        for key, value in head.metadata.items()
        if _BASE.fullmatch(key) and isinstance(value, str)
    ]
    tags = head.metadata.get("general.tags")
    listed = tags if isinstance(tags, tuple) else ()
    return Declared(
        name=text("name") or text("basename"),
        base=tuple(bases[:_MOST]),
        organization=text("organization"),
        license=text("license"),
        architecture=text("architecture"),
        size_label=text("size_label"),
        finetune=text("finetune"),
        tags=tuple(printable(tag, 60) for tag in listed[:_MOST] if isinstance(tag, str)),
    )


def _parts(head: Gguf) -> tuple[Part, ...]:
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for tensor in head.tensors:
        number, size = counts[tensor.type]
        counts[tensor.type] = number + 1, size + tensor.size
    parts = (Part(kind, number, size) for kind, (number, size) in counts.items())
    return tuple(sorted(parts, key=lambda part: -part.size))


def _active(head: Gguf, used: int) -> int:
    """The weights that work on a token: of a layer's experts only those that are called."""
    idle = 0
    for tensor in head.tensors:
        if len(tensor.shape) == 3 and fingerprint.layer_of(tensor.name) is not None:
            experts = tensor.shape[2]
            idle += tensor.parameters // experts * max(0, experts - used) if used else 0
    return head.parameters - idle


def _rope(head: Gguf) -> dict[str, Param]:
    found: dict[str, Param] = {}
    for key in _ROPE:
        value = head.metadata.get(f"{head.architecture}.rope.{key}")
        if isinstance(value, str):
            found[key] = printable(value, 40)
        elif isinstance(value, int | float) and math.isfinite(value):
            found[key] = value
    return found


def _merged(head: Gguf) -> tuple[str, ...]:
    """Words of the metadata that speak of a merge; the chat template is not looked at."""
    found: dict[str, None] = {}
    for key, value in head.metadata.items():
        if not key.startswith(("general.", "mergekit")):
            continue
        texts = (
            [key, value] if isinstance(value, str) else [key, *(value if isinstance(value, tuple) else ())]
        )
        for text in texts:
            if isinstance(text, str) and len(found) < _MOST:
                found |= {match[0].lower(): None for match in _MERGE.finditer(text[:2000])}
    return tuple(found)[:_MOST]


def _strange(head: Gguf, shape: Shape) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names that the architecture does not have, each with the usual, missing ones whose shape it has."""
    usual = families.usual_names(head.architecture)
    if not usual:
        return ()
    shapes = {fingerprint.name_pattern(tensor.name): tensor.shape for tensor in reversed(head.tensors)}
    bare = {name: name.removesuffix(".weight").removesuffix(".bias") for name in shapes}
    missing = [role for role in _roles(shape) if role in usual and role not in bare.values()]
    return tuple(
        (printable(name, 80), tuple(role for role in missing if _roles(shape)[role] == shapes[name]))
        for name in sorted(shapes)[: _MOST * 10]
        if bare[name] not in usual
    )[:_MOST]


def _roles(shape: Shape) -> dict[str, tuple[int, ...]]:
    """The shapes that the parts of a common transformer have."""
    wide, inner = shape.embedding, shape.feed_forward
    return {
        "token_embd": (wide, shape.vocabulary),
        "output": (wide, shape.vocabulary),
        "output_norm": (wide,),
        "blk.N.attn_norm": (wide,),
        "blk.N.ffn_norm": (wide,),
        "blk.N.attn_q": (wide, shape.query),
        "blk.N.attn_k": (wide, shape.key),
        "blk.N.attn_v": (wide, shape.key),
        "blk.N.attn_output": (shape.query, wide),
        "blk.N.ffn_gate": (wide, inner),
        "blk.N.ffn_up": (wide, inner),
        "blk.N.ffn_down": (inner, wide),
    }
