"""Questions against models: each answer's level, what the set says of it, what the knock-out showed."""

from __future__ import annotations

from collections.abc import Mapping

from core.pilot.reliability import wrong
from core.pilot.types import Expect, Knock, Question, RowStatus, Run, RunRow
from core.types import Language, Param
from core.words import say


def answers_of(run: Run) -> Mapping[tuple[str, int], RunRow]:
    """The original questions' rows by model and question."""
    return {(row.model, row.question): row for model in run.models for row in run.of(model.name)}


def expected_text(question: Question, language: Language) -> str:
    """What the set expects: an answer, that there is none, or a document."""
    if question.expect is Expect.REFUSE:
        return say("pilot_matrix.none_there", language)
    return question.expected or question.document or ""


def level_text(row: RunRow | None, language: Language) -> str:
    """The level of an answer in a word, and whether it declined; or that there is none."""
    if row is None:
        return "–"
    if row.level is None:
        code = "pilot_chart.failed" if row.status is RowStatus.FAILED else f"pilot_status.{row.status.value}"
        return say(code, language)
    level = say(f"level.{row.level.value}", language)
    return say("pilot_matrix.refused", language, {"level": level}) if row.refused else level


def notes(question: Question, row: RunRow, language: Language) -> tuple[str, ...]:
    """Whether an answer is right by the set, and how many of its citations it did not depend on."""
    said = [say(f"pilot_matrix.{code}", language) for code in _judged(question, row)]
    stood = sum(each.result is Knock.STOOD for each in row.knockouts)
    if stood:
        params: dict[str, Param] = {"stood": stood, "count": len(row.knockouts)}
        said.append(say("pilot_matrix.stood", language, params))
    return tuple(said)


def _judged(question: Question, row: RunRow) -> tuple[str, ...]:
    bad = wrong(question, row)
    if not row.done:
        return ()
    if question.expect is Expect.REFUSE:
        return ("invented" if bad else "rightly",)
    if row.refused:
        return ("wrongly",) if question.expect is Expect.ANSWER else ()
    return () if bad is None else ("wrong" if bad else "right",)
