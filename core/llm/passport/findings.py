"""What the facts of a passport say: certain, a resemblance, or that it cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.llm.passport.types import Certainty, Facts, Finding
from core.types import Param

_LABEL = re.compile(r"(?:([0-9]{1,3})x)?([0-9]{1,6}(?:\.[0-9]{1,3})?)([KMBT])", re.IGNORECASE)
_UNITS = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_LABEL_FACTOR = 1.4  # labels count embeddings or not, and round
_SHOWN = 5
# What somebody who buys or admits a model should ask the supplier about.
_NOTABLE = frozenset(
    {
        "no_name", "no_license", "several_bases", "no_tokenizer", "declares_other", "shape_stacked",
        "size_other", "words_missing", "label_other", "names_strange", "names_changed", "no_template",
        "template_changed", "merge_words", "overlapping", "layers_repeated", "layers_partly",
        "experts_repeated",
    }
)  # fmt: skip


def find(facts: Facts) -> tuple[Finding, ...]:
    """All findings, in the order in which a reader wants them, from identity to what cannot be told."""
    parts = (_identity, _tokenizer, _shape, _sizes, _names, _template, _assembly, _experts, _limits)
    return tuple(finding for part in parts for finding in part(facts))


def _certain(code: str, **params: Param) -> Finding:
    return Finding(Certainty.CERTAIN, code, params, code in _NOTABLE)


def _resembles(code: str, **params: Param) -> Finding:
    return Finding(Certainty.RESEMBLANCE, code, params, code in _NOTABLE)


def _unknown(code: str, **params: Param) -> Finding:
    return Finding(Certainty.UNKNOWN, code, params)


def _identity(facts: Facts) -> Iterator[Finding]:
    if facts.known_as:
        yield _certain("known_file", name=facts.known_as)
    if not facts.declared.name:
        yield _certain("no_name")
    if not facts.declared.license:
        yield _certain("no_license")
    if len(facts.declared.base) > 1:
        yield _certain("several_bases", names=", ".join(facts.declared.base[:_SHOWN]))


def _tokenizer(facts: Facts) -> Iterator[Finding]:
    near = facts.near_tokenizer
    if facts.tokenizer is None:
        yield _certain("no_tokenizer")
    elif near is None:
        yield _unknown("tokenizer_unknown")
    else:
        if near.identical:
            yield _certain("tokenizer_identical", name=near.name)
        else:
            yield _resembles("tokenizer_similar", name=near.name, share=f"{100 * near.shared:.0f}")
        if facts.declared.name and not _mentions(facts.declared.words, near.name):
            yield _resembles("declares_other", declared=facts.declared.name, name=near.name)


def _mentions(words: str, names: str) -> bool:
    """Whether the declaration names one of the families: by the letters that their names begin with."""
    stems = {match[0].lower() for name in names.split(", ") if (match := re.match("[A-Za-z]+", name))}
    return any(stem in words.lower() for stem in stems)


def _shape(facts: Facts) -> Iterator[Finding]:
    blocks = facts.shape.blocks
    same = [match for match in facts.near_shapes if match.blocks == blocks]
    stacked = [match for match in facts.near_shapes if match.blocks != blocks]
    if same:
        yield _resembles("shape_same", names=", ".join(match.name for match in same[:_SHOWN]))
        for match in same[:1]:
            if match.repeated_from:
                yield _resembles("shape_repeated", name=match.name, base=match.repeated_from)
    elif stacked:
        near = min(stacked, key=lambda match: abs(match.blocks - blocks))
        yield _resembles("shape_stacked", name=near.name, blocks=blocks, usual=near.blocks)
    else:
        yield _unknown("shape_unknown")


def _sizes(facts: Facts) -> Iterator[Finding]:
    """Where the metadata state other sizes than the tensors have."""
    found = {"block_count": facts.shape.blocks, "embedding_length": facts.shape.embedding}
    for key, value in found.items():
        if facts.stated.get(key, value) != value:
            yield _certain("size_other", key=key, stated=facts.stated[key], found=value)
    words = facts.tokenizer.words if facts.tokenizer else 0
    if words > facts.shape.vocabulary:
        yield _certain("words_missing", words=words, found=facts.shape.vocabulary)
    label = _label(facts.declared.size_label)
    if label and not 1 / _LABEL_FACTOR <= facts.parameters / label <= _LABEL_FACTOR:
        counted = f"{facts.parameters:,}"
        yield _certain("label_other", label=facts.declared.size_label, counted=counted)
    if "scaling.factor" in facts.rope and facts.rope.get("scaling.type") != "none":
        yield _certain("context_stretched", context=facts.context, factor=facts.rope["scaling.factor"])


def _label(label: str) -> float:
    """The number of weights that a label such as 1.5B or 8x7B claims; 0 where it claims none."""
    found = _LABEL.search(label)
    if not found:
        return 0.0
    return int(found[1] or 1) * float(found[2]) * _UNITS[found[3].upper()]


def _names(facts: Facts) -> Iterator[Finding]:
    if not facts.strange:
        return
    shown = ", ".join(name for name, _ in facts.strange[:_SHOWN])
    yield _certain("names_strange", count=len(facts.strange), names=shown)
    renamed = [f"{name} ← {' / '.join(roles)}" for name, roles in facts.strange if roles]
    if renamed:
        yield _resembles("names_changed", count=len(renamed), pairs="; ".join(renamed[:_SHOWN]))


def _template(facts: Facts) -> Iterator[Finding]:
    near = facts.near_template
    if facts.template_hash is None:
        yield _certain("no_template")
    elif near is None:
        yield _unknown("template_unknown")
    elif near.identical:
        yield _certain("template_identical", name=near.name)
    else:
        added = " ⏎ ".join(piece[:120] for piece in near.added[:_SHOWN])
        yield _resembles(
            "template_changed",
            name=near.name,
            added=len(near.added),
            missing=near.missing,
            pieces="".join(char for char in added if char.isprintable()) or "-",
        )


def _assembly(facts: Facts) -> Iterator[Finding]:
    weights = facts.weights
    if facts.merged:
        yield _certain("merge_words", words=", ".join(facts.merged[:_SHOWN]))
    if weights.overlapping:
        yield _certain("overlapping")
        return
    if weights.repeated:
        extra = sum(len(group) - 1 for group in weights.repeated)
        groups = _groups(weights.repeated)
        yield _certain("layers_repeated", extra=extra, blocks=facts.shape.blocks, groups=groups)
    if weights.partly:
        yield _certain("layers_partly", groups=_groups(weights.partly))
    if not weights.repeated and not weights.partly and facts.shape.blocks:
        yield _certain("layers_distinct", blocks=facts.shape.blocks)


def _groups(groups: tuple[tuple[int, ...], ...]) -> str:
    shown = ["=".join(map(str, group[:_SHOWN])) + ("=…" if len(group) > _SHOWN else "") for group in groups]
    return ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")


def _experts(facts: Facts) -> Iterator[Finding]:
    if facts.shape.experts > 1:
        yield _certain(
            "experts",
            count=facts.shape.experts,
            used=facts.experts_used,
            total=f"{facts.parameters:,}",
            active=f"{facts.active:,}",
        )
    if facts.weights.experts:
        yield _certain("experts_repeated", count=facts.weights.experts)


def _limits(facts: Facts) -> Iterator[Finding]:
    yield _unknown("origin")
    if not facts.weights.repeated and not facts.weights.overlapping:
        yield _unknown("repeats_hidden")
