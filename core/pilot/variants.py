"""Variants of a question, made once and asked of every model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.pilot.types import Variant
from core.types import Hit, Param, Reason


@dataclass(frozen=True, slots=True)
class Case:
    """One variant: what is asked and which passages are read; or why there is none (``skipped``)."""

    question: int
    variant: Variant
    asked: str = ""
    hits: tuple[Hit, ...] = ()
    note: Mapping[str, Param] = field(default_factory=dict)
    skipped: Reason | None = None
