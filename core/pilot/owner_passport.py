"""What the file of a run's model is made of, as rows of the owner's page."""

from __future__ import annotations

from pathlib import Path

from core.documents.reader import hash_file
from core.llm.passport import examine
from core.pilot.types import Run
from core.report.passport import passport_words
from core.types import Language
from core.words import say


def passport_rows(run: Run, model: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Its hash, what is certain, a resemblance, and cannot be told; or that the file is not there any more.

    Reads the whole file. Raises ModelError for a file that is no model.
    """
    name = say("owner_passport.name", language)
    of = next(each for each in run.models if each.name == model)
    path = Path(of.path)
    if not of.path or not path.is_file():
        return ((name, say("owner_passport.gone", language)),)
    if hash_file(path) != of.sha256:
        return ((name, say("owner_passport.other", language)),)
    found = passport_words(examine(path), language).findings
    rows = [(title, "\n".join(line.text for line in lines)) for title, lines in found if lines]
    return ((name, f"{path.name}, SHA-256 {of.sha256}"), *rows)
