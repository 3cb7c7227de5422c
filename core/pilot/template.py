"""Question sets as files: the template to fill in, and sets that were drafted or changed here."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from core.errors import PilotError
from core.pilot.sets import COLUMNS
from core.pilot.spreadsheet import Cell, write_csv, write_xlsx
from core.pilot.types import Question
from core.settings import RESOURCES
from core.types import Language
from core.words import say


def template_questions(language: Language) -> tuple[Question, ...]:
    """The example rows of the template: one of each kind of question that a set should have."""
    text = (RESOURCES / "pilot" / "template.toml").read_text(encoding="utf-8")
    return tuple(
        Question(
            number=number,
            text=row["question"],
            expected=row.get("expected"),
            document=row.get("document"),
            must_refuse=row.get("must_refuse"),
            tags=tuple(row.get("tags", ())),
            other=row.get("other"),
        )
        for number, row in enumerate(tomllib.loads(text)[language.value], start=1)
    )


def write_set(path: Path, questions: Sequence[Question], language: Language) -> None:
    """Write a set by the path's ending: .csv, .xlsx or .jsonl. An existing file is never overwritten.

    Raises PilotError ``set_kind`` for another ending, ``file_exists`` or ``file_not_written``.
    """
    suffix = require_new(path)
    try:
        if suffix == ".jsonl":
            path.write_text("".join(_line(question) for question in questions), encoding="utf-8")
        elif suffix == ".csv":
            write_csv(path, _rows(questions, language))
        else:
            write_xlsx(path, [(say("pilot_sheet.questions", language), _rows(questions, language))])
    except OSError as error:
        raise PilotError("file_not_written", path=str(path)) from error


def require_new(path: Path) -> str:
    """The ending of a file that a set may be written to. Raises PilotError ``set_kind``, ``file_exists``."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx", ".jsonl"):
        raise PilotError("set_kind", path=str(path))
    if path.exists():
        raise PilotError("file_exists", path=str(path))
    return suffix


def _rows(questions: Sequence[Question], language: Language) -> list[list[Cell]]:
    header: list[Cell] = [say(f"pilot_column.{column}", language) for column in COLUMNS]
    return [header, *(_cells(question, language) for question in questions)]


def _cells(question: Question, language: Language) -> list[Cell]:
    refuse = {True: "yes", False: "no", None: ""}[question.must_refuse]
    return [
        question.text,
        question.expected or "",
        question.document or "",
        say(f"pilot_answer.{refuse}", language) if refuse else "",
        "; ".join(question.tags),
        question.other or "",
    ]


def _line(question: Question) -> str:
    row = {
        "question": question.text,
        "expected": question.expected,
        "document": question.document,
        "must_refuse": question.must_refuse,
        "tags": list(question.tags),
        "other": question.other,
    }
    kept = {name: value for name, value in row.items() if value is not None and value != []}
    return json.dumps(kept, ensure_ascii=False) + "\n"
