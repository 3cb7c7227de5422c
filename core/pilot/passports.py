"""The passports of a run's models: taken once, before the first question, told from the run alone."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from core.errors import CoreError
from core.llm.passport import Passport, examining
from core.pilot.types import RunModel, RunPassport
from core.report.passport import brief_rows
from core.types import Language, Reason
from core.words import say


def take(model: RunModel) -> Generator[None, None, RunPassport]:
    """Read the model's file from end to end, yielding as it goes; the generator's value is the passport.

    A file that cannot be examined is no reason to end the run: why stands in the passport.
    """
    if not model.path:
        return RunPassport(reason=Reason("passport_server"))
    passport: Passport | None = None
    try:
        for event in examining(Path(model.path)):
            passport = event if isinstance(event, Passport) else None
            yield
    except CoreError as error:
        return RunPassport(reason=Reason("passport_failed", {"detail": error.code}))
    assert passport is not None, "an examination ends with its passport"
    facts = passport.facts
    return RunPassport(facts.weights.sha256, facts.declared, passport.findings)


def taken(model: RunModel) -> RunPassport:
    """``take`` at one go."""
    taking = take(model)
    while True:
        try:
            next(taking)
        except StopIteration as end:
            found: RunPassport = end.value
            return found


def passport_rows(model: RunModel, language: Language) -> tuple[tuple[str, str], ...]:
    """Titles and what stands under them, as ``core.report.passport.brief_rows`` has them; or why not."""
    taken = model.passport
    if taken is None or taken.declared is None:
        reason = taken.reason if taken and taken.reason else Reason("passport_not_taken")
        return ((say("passport.brief", language), say(f"reason.{reason.code}", language, reason.params)),)
    return brief_rows(model.name, taken.sha256, taken.declared, taken.findings, language)
