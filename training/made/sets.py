"""The made training sets by name: what each is made of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from training.examples import Example
from training.made import facts, parallel

Rng = random.Random


def cross(data: Path, rng: Rng) -> Iterator[Example]:
    """Claims in one language on evidence in the other."""
    yield from facts.examples("en", "zh", 11_000, rng)
    yield from facts.examples("zh", "en", 11_000, rng)
    for _ in range(2):
        yield from parallel.examples(data, rng)


SETS = {"made_cross": cross}
