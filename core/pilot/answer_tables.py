"""The tables of single answers: questions against models, answers with their variants, claims."""

from __future__ import annotations

from collections.abc import Iterator

from core.pilot.figures import stated
from core.pilot.matrix import answers_of, expected_text, level_text, notes
from core.pilot.spreadsheet import Cell
from core.pilot.table import Table, heads
from core.pilot.types import Knock, Knockout, RowStatus, Run, RunRow, Variant
from core.types import Language, Verdict
from core.words import say


def matrix_table(run: Run, language: Language) -> Table:
    """One row a question, one column a model: the level, and what the set and the knock-out say."""
    names, answers = [model.name for model in run.models], answers_of(run)
    rows = []
    for question in run.questions:
        cells: list[Cell] = [question.number, question.text, expected_text(question, language)]
        for name in names:
            row = answers.get((name, question.number))
            said = notes(question, row, language) if row else ()
            cells.append("; ".join((level_text(row, language), *said)))
        rows.append(tuple(cells))
    header = (*heads(language, "number", "question", "expected"), *names)
    return Table("matrix", header, tuple(rows))


def answer_table(run: Run, language: Language) -> Table:
    """One row an answer, variants included."""
    header = heads(
        language, "number", "question", "expected", "model", "variant", "status", "answer", "refused",
        "level", "risk", "coverage", "covers", "similarity", "seconds", "prompt_tokens", "answer_tokens",
        "reason", "tags",
    )  # fmt: skip
    return Table("answers", header, tuple(_answered(run, row, language) for row in run.rows))


def _answered(run: Run, row: RunRow, language: Language) -> tuple[Cell, ...]:
    question, check, agreed = run.question(row.question), row.check, row.agreement
    covers = agreed.covers if agreed else None
    return (
        row.question,
        row.asked or question.text,
        question.expected or "",
        row.model,
        say(f"variant.{row.variant.value}", language),
        say(f"pilot_status.{row.status.value}", language),
        row.answer,
        _yes_no(row.refused if row.done else None, language),
        say(f"level.{check.level.value}", language) if check else "",
        round(check.risk, 4) if check else None,
        round(check.coverage, 4) if check else None,
        _yes_no(covers, language),
        agreed.similarity if agreed else None,
        round(row.timing.seconds, 3) if row.done else None,
        row.timing.prompt_tokens or None,
        row.timing.answer_tokens or None,
        reason_text(row, language),
        "; ".join(question.tags),
    )


def _yes_no(value: bool | None, language: Language) -> str:
    return "" if value is None else say("pilot_answer.yes" if value else "pilot_answer.no", language)


def reason_text(row: RunRow, language: Language) -> str:
    """Why a row has no answer; empty where it has one."""
    if row.reason is None:
        return ""
    kind = "error" if row.status is RowStatus.FAILED else "stability_why"
    return say(f"{kind}.{row.reason.code}", language, row.reason.params)


def claim_table(run: Run, language: Language) -> Table:
    """One row a claim of an original question's answer, with what became of its citation."""
    header = heads(language, "number", "model", "claim", "verdict", "risk", "evidence", "place", "knockout")
    rows = [cells for row in run.rows if row.variant is Variant.BASE for cells in _claims(row, language)]
    return Table("claims", header, tuple(rows))


def _claims(row: RunRow, language: Language) -> Iterator[tuple[Cell, ...]]:
    knocked = {each.claim: each for each in row.knockouts}
    claims = row.check.claims if row.check else ()
    said = stated(row)
    for at, claim in enumerate(claims):
        if claim not in said:
            continue
        cited = claim.evidence[0] if claim.evidence else None
        place = cited.place.document.replace("\\", "/").rsplit("/", 1)[-1] if cited and cited.place else ""
        yield (
            row.question,
            row.model,
            claim.text,
            say(f"verdict.{claim.verdict.value}", language),
            round(claim.risk, 4),
            cited.text if cited else "",
            place,
            _knocked(knocked[at], language) if at in knocked else "",
        )


def _knocked(found: Knockout, language: Language) -> str:
    """What became of a citation; a claim that fell otherwise than to "not found" says its verdict."""
    said = say(f"pilot_knock.{found.result.value}", language)
    if found.result is Knock.STOOD or found.verdict is Verdict.NOT_FOUND:
        return said
    verdict = say(f"verdict.{found.verdict.value}", language)
    return say("report.said", language, {"name": said, "value": verdict})
