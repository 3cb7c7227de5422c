"""The sample library: documents of an invented company and questions about them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from core.settings import RESOURCES
from core.types import Language

SAMPLE = RESOURCES / "sample"


def sample_files(language: Language) -> tuple[Path, ...]:
    """The sample documents in one language, by name."""
    return tuple(sorted(path for path in (SAMPLE / language.value).iterdir() if path.is_file()))


def sample_questions(language: Language) -> tuple[str, ...]:
    """The questions about them, in the order of the file."""
    listed = tomllib.loads((SAMPLE / "questions.toml").read_text(encoding="utf-8"))["question"]
    return tuple(item["text"] for item in listed if item["language"] == language.value)
