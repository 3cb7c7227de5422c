"""Many answers, each with its own contexts, as JSONL: streaming, on all cores, in order, no line dropped."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from core.errors import CoreError, VerifierError
from core.language import detect_language
from core.settings import Settings
from core.types import Language
from core.verify.levels import Policy
from core.verify.model import Models, open_models
from core.verify.output import check_object
from core.verify.policy import verifier_identity
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier
from core.words import say_error

_CHUNK = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the batch format."""

    id: str
    question: str | None
    context: tuple[str, ...]
    answer: str
    language: Language


def check_lines(lines: Iterable[str], settings: Settings, workers: int = 0) -> Iterator[str]:
    """Score lines of the batch format; yields one line of output a line of input, in order.

    ``workers`` 0 takes all cores, 1 stays in this process. The result does not depend on their number. Raises
    VerifierError when a model or the calibration is damaged.
    """
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        scorer = Scorer(settings, threads=0)
        yield from (scorer.line(item) for item in numbered(lines))
        return
    context = multiprocessing.get_context("spawn")
    with closing(context.Pool(workers, _start_worker, (settings,))) as pool:
        yield from pool.imap(_work, numbered(lines), _CHUNK)


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


class Scorer:
    """What a worker keeps between lines: the models, opened once."""

    def __init__(self, settings: Settings, threads: int) -> None:
        self._models: Models = open_models(threads)
        self._verifier = Verifier(self._models.checker, Policy.from_settings(settings))
        _ = self._verifier.fusion  # a damaged calibration fails here, before the first line

    @property
    def identity(self) -> str:
        """Names everything that a risk hangs on: two machines that agree on it score alike."""
        checker = self._models.checker
        return f"{self._models.embedder.identity} {verifier_identity(checker.identity if checker else None)}"

    def line(self, item: tuple[int, str]) -> str:
        """One line of output for one of input; an error is told in the line, never by leaving it out."""
        number, line = item
        row_id: str | None = None
        try:
            loaded = _load(line, number)
            row_id = loaded["id"] if isinstance(loaded.get("id"), str) else None
            row = read_row(loaded, number)
            return json.dumps({"id": row.id, **self._check(row)}, ensure_ascii=False)
        except CoreError as error:
            return _error_line(row_id, number, say_error(error, Language.EN), error.code)
        except Exception as error:  # contract: a line that cannot be scored is told, never dropped
            failure = VerifierError(
                "batch_line_failed", line=number, detail=f"{type(error).__name__}: {error}"
            )
            return _error_line(row_id, number, say_error(failure, Language.EN), failure.code)

    def _check(self, row: Row) -> dict[str, Any]:
        source = ContextSource(row.context, self._models.embedder)
        check = self._verifier.check(row.answer, source, row.question, row.language)
        return check_object(check, row.language)


_worker: Scorer | None = None


def _start_worker(settings: Settings) -> None:
    global _worker  # noqa: PLW0603 - a pool offers no other place to keep what a worker opened
    _worker = Scorer(settings, threads=1)


def _work(item: tuple[int, str]) -> str:
    assert _worker is not None
    return _worker.line(item)


def _load(line: str, number: int) -> dict[str, Any]:
    try:
        loaded = json.loads(line)
    except ValueError as error:
        raise VerifierError("batch_line_json", line=number) from error
    if not isinstance(loaded, dict):
        raise VerifierError("batch_line_json", line=number)
    return cast(dict[str, Any], loaded)


def read_row(loaded: dict[str, Any], number: int) -> Row:
    """Check the fields of a parsed line. Raises VerifierError naming the line and the field."""
    question, context = loaded.get("question"), loaded.get("context")
    answer, named = loaded.get("answer"), loaded.get("lang")
    fits = {
        "id": isinstance(loaded.get("id"), str),
        "question": question is None or isinstance(question, str),
        "context": isinstance(context, list) and all(isinstance(text, str) for text in context),
        "answer": isinstance(answer, str),
        "lang": named is None or isinstance(named, str),
    }
    for field, good in fits.items():
        if not good:
            raise VerifierError("batch_line_field", line=number, field=field)
    answer = cast(str, answer)
    language = Language(named) if named in list(Language) else detect_language(answer)
    return Row(loaded["id"], question, tuple(cast(list[str], context)), answer, language)


def given_up(number: int) -> str:
    """The line of output for a row whose worker died each time that it was tried."""
    failure = VerifierError("batch_worker_died", line=number)
    return _error_line(None, number, say_error(failure, Language.EN), failure.code)


def _error_line(row_id: str | None, number: int, text: str, code: str) -> str:
    return json.dumps({"id": row_id, "line": number, "error": text, "code": code}, ensure_ascii=False)


def open_text(path: Path, mode: str) -> IO[str]:
    """Open a JSONL file for reading ("r") or writing ("w"), compressed when its name ends in .gz."""
    if path.suffix == ".gz":
        return cast(IO[str], gzip.open(path, f"{mode}t", encoding="utf-8"))
    return cast(IO[str], path.open(mode, encoding="utf-8"))
