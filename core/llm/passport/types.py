"""The nouns of a model's passport."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.llm.passport.families import ShapeMatch, TemplateMatch, TokenizerMatch
from core.llm.passport.fingerprint import Shape, Tokenizer
from core.llm.passport.layers import Weights
from core.types import Param


class Certainty(StrEnum):
    """How much a finding says."""

    CERTAIN = "certain"  # counted, or compared to the bit
    RESEMBLANCE = "resemblance"  # points somewhere, and may have an honest reason
    UNKNOWN = "unknown"  # cannot be told


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the passport says, in words under ``passport.finding.<code>``.

    ``notable`` marks what somebody who buys or admits the model should ask about.
    """

    certainty: Certainty
    code: str
    params: Mapping[str, Param]
    notable: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """What the file says about itself; empty where it says nothing."""

    name: str
    base: tuple[str, ...]
    organization: str
    license: str
    architecture: str
    size_label: str
    finetune: str
    tags: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it in one line, to look for names in."""
        return " ".join((self.name, *self.base, self.organization, self.finetune, *self.tags))


@dataclass(frozen=True, slots=True)
class Part:
    """The tensors of one kind of precision: how many, and their bytes."""

    type: str
    tensors: int
    size: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted, measured or compared in one model file. ``size`` in bytes, ``context`` in tokens.

    ``active`` are the weights that work on each token: fewer than ``parameters`` where there are experts.
    ``stated`` are sizes as the metadata give them, by their name there. ``names_hash`` stands for the set of
    the tensors' names without their layers' numbers; ``strange`` are names that llama.cpp does not know for
    the architecture, each with the usual ones of its shape that are missing.
    """

    file: str
    size: int
    declared: Declared
    parts: tuple[Part, ...]
    parameters: int
    active: int
    experts_used: int
    context: int
    rope: Mapping[str, Param]
    stated: Mapping[str, int]
    shape: Shape
    tokenizer: Tokenizer | None
    names_hash: str
    strange: tuple[tuple[str, tuple[str, ...]], ...]
    template_hash: str | None
    merged: tuple[str, ...]
    weights: Weights
    near_tokenizer: TokenizerMatch | None
    near_template: TemplateMatch | None
    near_shapes: tuple[ShapeMatch, ...]
    known_as: str | None


@dataclass(frozen=True, slots=True)
class Passport:
    """The facts about a model file and what they say."""

    facts: Facts
    findings: tuple[Finding, ...]
