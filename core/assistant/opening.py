"""Builds an assistant from the settings: the model, the encoders, the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.assistant.assistant import Assistant
from core.encoders.checker import Checker
from core.encoders.embedder import Embedder
from core.language import detect_language
from core.llm import choice
from core.llm.engine import Engine
from core.settings import Settings


@contextmanager
def open_assistant(
    library_folder: Path, settings: Settings, question: str | None = None, *, with_engine: bool = True
) -> Iterator[Assistant]:
    """An assistant whose engine ends with the context. ``question`` helps to choose the model's language.

    Raises ModelError when no model is installed, VerifierError when the checker's files are damaged.
    """
    embedder, checker = open_encoders()
    if not with_engine:
        yield Assistant(library_folder, None, embedder, checker, settings)
        return
    engine = open_engine(settings, question or "")
    try:
        yield Assistant(library_folder, engine, embedder, checker, settings)
    finally:
        engine.close()


def open_encoders() -> tuple[Embedder, Checker | None]:
    """The embedder, and the trained checker where one is shipped.

    Raises VerifierError when files are damaged or the embedder is missing. Without a checker the
    verifier works on words and rules, and says so with every answer.
    """
    return Embedder.open(), Checker.open() if Checker.shipped() else None


def open_engine(settings: Settings, question: str = "") -> Engine:
    """The engine of the model that the settings name, or of the one that fits the question's language.

    The model is loaded, or its server asked, at the first use. Raises ModelError when none is installed.
    """
    return choice.open_model(choice.default(settings, detect_language(question)), settings)
