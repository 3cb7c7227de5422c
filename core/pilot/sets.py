"""Question sets: CSV, XLSX and JSONL files of questions that people write, read without dropping anything.

A line that cannot be understood is a *problem* with its row and column; a set with problems is not run.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.documents.content import MIB, Unreadable
from core.documents.encoding import decode
from core.errors import PilotError
from core.pilot.sheet import FORMULA, STARTS_FORMULA, sheet_rows
from core.pilot.types import Question
from core.types import Language, Param
from core.words import say

COLUMNS = ("question", "expected", "document", "must_refuse", "tags", "other")
LONGEST = 2_000  # characters of a cell
MOST = 5_000  # questions
_LARGEST = 20 * MIB
_ALIASES = {
    "question": ("question", "提问", "问题"),
    "expected": ("expected", "expectedanswer", "answer", "预期答案", "参考答案", "标准答案", "答案"),
    "document": ("document", "expecteddocument", "预期文档", "预期文件", "文档", "文件", "出处"),
    "must_refuse": ("mustrefuse", "应拒答", "必须拒答", "应当拒答"),
    "tags": ("tags", "tag", "标签"),
    "other": ("other", "otherlanguage", "translation", "另一语言", "另一种语言", "译文"),
}
_YES = frozenset(("yes", "y", "true", "1", "x", "是", "对", "✓", "√"))
_NO = frozenset(("no", "n", "false", "0", "否", "不"))
_BETWEEN_TAGS = re.compile(r"[;,|；，、]")
_WARNINGS = ("column_unknown", "duplicate")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a set: the row and column as a spreadsheet counts and names them (row 1 is the
    header; of a JSONL file, the line), and ``set_problem.<code>`` in the words.
    """

    row: int
    column: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def blocking(self) -> bool:
        """Whether it keeps the set from being run; the others are only told."""
        return self.code not in _WARNINGS

    def column_said(self, language: Language) -> str:
        """The column as people name it; of one that is not ours, what the file calls it."""
        return say(f"pilot_column.{self.column}", language) if self.column in COLUMNS else self.column

    def what(self, language: Language) -> str:
        """What is wrong, without its place."""
        return say(f"set_problem.{self.code}", language, self._params(language))

    def said(self, language: Language) -> str:
        """The problem in words, with its place."""
        return say("set_problem.where", language, self._params(language)) + self.what(language)

    def _params(self, language: Language) -> dict[str, Param]:
        return {"row": self.row, "column": self.column_said(language), **self.params}


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set as read. ``questions`` holds every row without a blocking problem."""

    name: str
    sha256: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it can be run."""
        return bool(self.questions) and not any(problem.blocking for problem in self.problems)


@dataclass(slots=True)
class _Reading:
    """A set while it is read."""

    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


def read_set(path: Path) -> QuestionSet:
    """Read a set by its name's ending: .csv (also .tsv, .txt), .xlsx or .jsonl.

    Raises PilotError when the file as a whole cannot be read, has no question column or is too large.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PilotError("set_missing", path=str(path)) from error
    if len(data) > _LARGEST:
        raise PilotError("set_too_large", path=str(path), limit=_LARGEST // MIB)
    reading = _Reading()
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        _read_jsonl(_decoded(path, data), reading)
    elif suffix == ".xlsx":
        _read_table(path, sheet_rows(path), reading)
    elif suffix in (".csv", ".tsv", ".txt"):
        _read_table(path, _csv_rows(path, _decoded(path, data)), reading)
    else:
        raise PilotError("set_kind", path=str(path))
    if len(reading.questions) > MOST:
        raise PilotError("set_too_many", path=str(path), limit=MOST)
    digest = hashlib.sha256(data).hexdigest()
    return QuestionSet(path.name, digest, tuple(reading.questions), tuple(reading.problems))


def _decoded(path: Path, data: bytes) -> str:
    try:
        return decode(data).text
    except Unreadable as error:
        raise PilotError("set_encoding", path=str(path)) from error


def _csv_rows(path: Path, text: str) -> list[list[str]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise PilotError("set_unreadable", path=str(path), detail=str(error)) from error


def _read_table(path: Path, rows: Sequence[Sequence[str]], reading: _Reading) -> None:
    header = list(rows[0]) if rows else []
    columns = [_column(name) for name in header]
    if "question" not in columns:
        raise PilotError("set_no_question", path=str(path))
    for at, name in enumerate(header):
        if columns[at] is None and name.strip():
            reading.problems.append(Problem(1, name.strip(), "column_unknown"))
        elif columns[at] is not None and columns[at] in columns[:at]:
            reading.problems.append(Problem(1, name.strip(), "column_twice"))
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            _read_cells(number, header, columns, cells, reading)


def _column(name: str) -> str | None:
    plain = re.sub(r"[\s_\-－]+", "", name).lower()
    return next((column for column, names in _ALIASES.items() if plain in names), None)


def _read_cells(
    number: int, header: Sequence[str], columns: Sequence[str | None], cells: Sequence[str], reading: _Reading
) -> None:
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for at, cell in enumerate(cells):
        if at >= len(header):
            if cell.strip():
                problems.append(Problem(number, str(at + 1), "cell_extra"))
            continue
        if cell == FORMULA:
            problems.append(Problem(number, header[at].strip(), "formula"))
            continue
        column = columns[at]
        if column is not None and column not in found:
            guarded = cell[:1] == "'" and STARTS_FORMULA.match(cell[1:])  # as ``spreadsheet.guarded`` writes
            found[column] = cell[1:] if guarded else cell
    problems += _take(number, found, reading) if not problems else []
    reading.problems += problems


def _read_jsonl(text: str, reading: _Reading) -> None:
    # Not splitlines: JSON may hold U+2028 and its like inside a string, and they end no line.
    for number, line in enumerate(io.StringIO(text.lstrip("\ufeff"), newline=None), start=1):
        if not line.strip():
            continue
        try:
            loaded = json.loads(line)
        except (ValueError, RecursionError):
            reading.problems.append(Problem(number, "", "json"))
            continue
        if not isinstance(loaded, dict):
            reading.problems.append(Problem(number, "", "json"))
            continue
        reading.problems += _read_object(number, loaded, reading)


def _read_object(number: int, loaded: Mapping[str, Any], reading: _Reading) -> list[Problem]:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in loaded.items():
        column = _column(name)
        if column is None:
            problems.append(Problem(number, name[:60], "column_unknown"))
        elif column == "tags" and isinstance(value, list) and all(isinstance(tag, str) for tag in value):
            found[column] = ";".join(value)
        elif isinstance(value, bool):
            found[column] = "true" if value else "false"
        elif value is None or isinstance(value, str | int | float):
            found[column] = "" if value is None else str(value)
        else:
            problems.append(Problem(number, name[:60], "field_type"))
    blocked = any(problem.blocking for problem in problems)
    return problems if blocked else [*problems, *_take(number, found, reading)]


def _take(number: int, found: Mapping[str, str], reading: _Reading) -> list[Problem]:
    """Make a question of a row's fields, or say what is wrong with them."""
    values = {column: " ".join(found.get(column, "").split()) for column in COLUMNS}
    problems = list(_wrong(number, values))
    if not any(problem.blocking for problem in problems):
        text = values["question"]
        if text in reading.seen:
            problems.append(Problem(number, "question", "duplicate", {"first": reading.seen[text]}))
        reading.seen.setdefault(text, number)
        reading.questions.append(_question(len(reading.questions) + 1, values))
    return problems


def _wrong(number: int, values: Mapping[str, str]) -> Iterator[Problem]:
    if not values["question"]:
        yield Problem(number, "question", "empty")
    for column, value in values.items():
        if len(value) > LONGEST:
            yield Problem(number, column, "too_long", {"limit": LONGEST})
    refuse = values["must_refuse"].lower()
    if refuse and refuse not in _YES | _NO:
        yield Problem(number, "must_refuse", "not_yes_no", {"value": refuse[:40]})
    if refuse in _YES and values["expected"]:
        yield Problem(number, "must_refuse", "refuse_and_expected")


def _question(number: int, values: Mapping[str, str]) -> Question:
    refuse = values["must_refuse"].lower()
    return Question(
        number=number,
        text=values["question"],
        expected=values["expected"] or None,
        document=values["document"] or None,
        must_refuse=True if refuse in _YES else False if refuse in _NO else None,
        tags=tuple(tag.strip() for tag in _BETWEEN_TAGS.split(values["tags"]) if tag.strip()),
        other=values["other"] or None,
    )
