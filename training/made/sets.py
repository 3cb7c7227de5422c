"""The made training sets by name: what each is made of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example
from training.made import answers, facts, parallel, real, tables

Rng = random.Random


def cross(data: Path, rng: Rng) -> Iterator[Example]:
    """Claims in one language on evidence in the other."""
    yield from facts.examples("en", "zh", 11_000, rng)
    yield from facts.examples("zh", "en", 11_000, rng)
    for _ in range(2):
        yield from parallel.examples(data, rng)


def chinese(data: Path, rng: Rng) -> Iterator[Example]:
    """Chinese claims on Chinese evidence, and what changes of right answers give."""
    yield from facts.examples("zh", "zh", 12_000, rng)
    yield from real.examples(data, "zh", 0.3, rng)
    yield from answers.examples(data, "zh", rng)


def english(data: Path, rng: Rng) -> Iterator[Example]:
    """English claims on English evidence, and what changes of right answers give."""
    yield from facts.examples("en", "en", 10_000, rng)
    yield from real.examples(data, "en", 0.25, rng)
    yield from answers.examples(data, "en", rng)


SETS = {"made_zh": chinese, "made_cross": cross, "made_en": english, "made_tables": tables.examples}
