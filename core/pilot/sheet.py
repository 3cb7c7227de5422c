"""The cells of a workbook's first sheet, read in a child process: the file comes from outside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from core.documents.content import MIB, Limits
from core.documents.worker import Refused, Worker
from core.errors import PilotError

FORMULA = "\x00formula"  # stands for a formula whose result the file does not hold
# What a spreadsheet takes for the start of a formula; the wide signs where its language is Chinese.
# An apostrophe in front keeps it text, and so an apostrophe that was there itself needs another one.
STARTS_FORMULA = re.compile(r"'?[=+\-@\t\r\n|%＝＋－＠]")
_LIMITS = Limits(seconds=60.0, memory=768 * MIB, file=20 * MIB, result=32 * MIB)
_ROWS, _COLUMNS = 20_000, 50


def sheet_rows(path: Path) -> list[list[str]]:
    """The rows of the first sheet as text, from its first row on. Formulas give their stored result.

    Raises PilotError ``set_unreadable`` for a file that is no workbook or asks too much.
    """
    if path.stat().st_size > _LIMITS.file:
        raise PilotError("set_too_large", path=str(path), limit=_LIMITS.file // MIB)
    worker = Worker(read_rows, _LIMITS)
    try:
        answer = next(found for found in worker.ask(str(path)) if found is not None)
    finally:
        worker.close()
    if isinstance(answer, Refused):
        raise PilotError("set_unreadable", path=str(path), detail=answer.detail or answer.failure.name)
    loaded: list[list[str]] = json.loads(answer)
    return loaded


def read_rows(name: str) -> bytes:
    """Run in the child: the rows as JSON. Raises whatever openpyxl raises."""
    import openpyxl  # noqa: PLC0415  only the child reads the file

    stored = openpyxl.load_workbook(name, data_only=True, read_only=True)
    formulas = openpyxl.load_workbook(name, data_only=False, read_only=True)
    values, written = (
        book.worksheets[0].iter_rows(max_row=_ROWS, max_col=_COLUMNS, values_only=True)
        for book in (stored, formulas)
    )
    rows = [
        [_text(value, source) for value, source in zip(cells, sources, strict=False)]
        for cells, sources in zip(values, written, strict=False)
    ]
    return json.dumps(rows).encode("ascii")


def _text(value: Any, source: Any) -> str:
    if value is None:
        is_formula = isinstance(source, str) and source.startswith("=") and len(source) > 1
        return FORMULA if is_formula or (source is not None and not isinstance(source, str)) else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")
