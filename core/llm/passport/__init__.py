"""The passport of a model file: what it declares, what it is made of, and how the two agree.

Everything is told from the file alone, which is not trusted, and from a bundled table of families. Nothing
here proves where a model comes from.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.errors import ModelError
from core.llm import catalog
from core.llm.passport import fingerprint, layers
from core.llm.passport.facts import gather
from core.llm.passport.findings import find
from core.llm.passport.layers import Reading
from core.llm.passport.types import Certainty, Declared, Facts, Finding, Part, Passport

__all__ = ["Certainty", "Declared", "Facts", "Finding", "Part", "Passport", "Reading", "examine", "examining"]


def examining(path: Path) -> Generator[Reading | Passport]:
    """Read a file once from end to end; the last thing that comes is its passport.

    Raises ModelError for a file that is no whole GGUF, or cannot be read.
    """
    head, tokenizer = fingerprint.read(path)
    try:
        weights = yield from layers.examine(path, head)
        facts = gather(path, head, tokenizer, weights, catalog.known_names())
    except OSError as error:
        raise ModelError("model_missing", path=str(path)) from error
    yield Passport(facts, find(facts))


def examine(path: Path) -> Passport:
    """The passport of a file; see ``examining``."""
    *_, passport = examining(path)
    assert isinstance(passport, Passport)
    return passport
