"""The bundled table of well-known models: tokenizers, shapes, names of tensors, chat templates.

``tools/make_families.py`` builds it. A model that is not in the table is not thereby suspect.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.llm.passport.fingerprint import Shape, Tokenizer, piece_hash, pieces, template_hash
from core.llm.template import MAX_TEMPLATE
from core.settings import RESOURCES

TABLE = RESOURCES / "models" / "families.json"
SIMILAR_WORDS = 0.5  # from this share of equal blocks on, a vocabulary resembles another
SIMILAR_TEMPLATE = 0.5  # the same for the pieces of a template


@dataclass(frozen=True, slots=True)
class KnownTokenizer:
    """A vocabulary of the table, without the words that have a role."""

    name: str
    tokenizer: Tokenizer


@dataclass(frozen=True, slots=True)
class KnownShape:
    """A model's published sizes; ``repeated_from`` names the model whose layers it openly repeats."""

    name: str
    shape: Shape
    repeated_from: str


@dataclass(frozen=True, slots=True)
class TokenizerMatch:
    """The nearest vocabulary: ``shared`` is the part of its words found in the same place, 1 for all of them.

    ``identical`` also asks for the same number of words and the same merges.
    """

    name: str
    shared: float
    identical: bool


@dataclass(frozen=True, slots=True)
class TemplateMatch:
    """The nearest chat template. ``added`` are pieces that it lacks, ``missing`` counts what is gone."""

    name: str
    identical: bool
    shared: float
    added: tuple[str, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class ShapeMatch:
    """A model of the same sizes; ``blocks`` and ``vocabulary`` are its own, where only these may differ."""

    name: str
    blocks: int
    vocabulary: int
    repeated_from: str


def nearest_tokenizer(tokenizer: Tokenizer) -> TokenizerMatch | None:
    """The table's vocabulary that shares most words in the same place; None where none shares half."""
    best: TokenizerMatch | None = None
    for known in _tokenizers():
        same = known.tokenizer.vocabulary == tokenizer.vocabulary
        shared = 1.0 if same else tokenizer.shared(known.tokenizer)
        identical = same and known.tokenizer.merges == tokenizer.merges
        match = TokenizerMatch(known.name, shared, identical)
        if shared >= SIMILAR_WORDS and (best is None or _rank(match) > _rank(best)):
            best = match
    return best


def _rank(match: TokenizerMatch) -> tuple[bool, float]:
    return match.identical, match.shared


def nearest_template(template: str) -> TemplateMatch | None:
    """The table's template that shares most pieces; None where none shares half of them."""
    if len(template) > MAX_TEMPLATE:
        return None
    found, digest = pieces(template), template_hash(template)
    mine = {piece_hash(piece) for piece in found}
    best: TemplateMatch | None = None
    for name, sha256, hashes in _templates():
        shared = len(mine & hashes) / max(1, len(mine | hashes))
        if sha256 == digest:
            return TemplateMatch(name, True, 1.0, (), 0)
        if shared >= SIMILAR_TEMPLATE and (best is None or shared > best.shared):
            added = tuple(dict.fromkeys(piece for piece in found if piece_hash(piece) not in hashes))
            best = TemplateMatch(name, False, shared, added, len(hashes - mine))
    return best


def matching_shapes(shape: Shape) -> tuple[ShapeMatch, ...]:
    """The table's models whose layers have these sizes, those that agree in all of them first.

    The number of layers and the vocabulary may differ: a model is stacked up or widened more easily than its
    layers are changed.
    """
    widths = _widths(shape)
    alike = [known for known in _shapes() if _widths(known.shape) == widths]
    alike.sort(
        key=lambda known: (known.shape.blocks != shape.blocks, abs(known.shape.vocabulary - shape.vocabulary))
    )
    return tuple(
        ShapeMatch(known.name, known.shape.blocks, known.shape.vocabulary, known.repeated_from)
        for known in alike
    )


def usual_names(architecture: str) -> frozenset[str]:
    """Names of tensors that llama.cpp knows for an architecture, N for the layer; else empty."""
    return frozenset(_table()["tensors"].get(architecture, ()))


def _widths(shape: Shape) -> tuple[int, ...]:
    return shape.embedding, shape.feed_forward, shape.query, shape.key, shape.experts


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


@cache
def _tokenizers() -> tuple[KnownTokenizer, ...]:
    known = []
    for row in _table()["tokenizers"]:
        fields = {**row, "blocks": base64.b64decode(row["blocks"])}
        known.append(KnownTokenizer(fields.pop("name"), Tokenizer(**fields)))
    return tuple(known)


@cache
def _templates() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = _table()["templates"]
    return tuple((row["name"], row["sha256"], frozenset(row["pieces"].split())) for row in rows)


@cache
def _shapes() -> tuple[KnownShape, ...]:
    known = []
    for row in _table()["shapes"]:
        sizes = {name: value for name, value in row.items() if name not in ("name", "repeated_from")}
        known.append(KnownShape(row["name"], Shape(**sizes), row["repeated_from"]))
    return tuple(known)
