"""The log as files for other tools: JSON lines with everything, a table for spreadsheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from core.audit.superseded import Superseded, by_role, superseded
from core.signing import fingerprint_of
from core.store import audit_log
from core.store.audit_log import StoredRecord, StoredText
from core.store.chain import RecordKind, append
from core.store.database import Library
from core.store.files import written_whole

_COLUMNS = (
    *("seq", "at", "kind", "answer_id", "decision", "level", "risk", "superseded_by"),
    *("body", "previous", "hash", "key"),
)
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

MayShow = Callable[[str], bool]


def export_log(library: Library, path: Path, kind: str, may_show: MayShow) -> int:
    """Write the log to a file, ``jsonl`` or ``csv``, and record that it left; returns the number of records.

    The record comes first, so that it is in the file. Raises LibraryError when the file cannot be written:
    none is left half there, and what was there before stays.
    """
    append(library, RecordKind.EXPORT, {"format": f"log-{kind}"})
    encoding = "utf-8-sig" if kind == "csv" else "utf-8"
    with written_whole(path) as beside, beside.open("w", encoding=encoding, newline="") as sink:
        return write_csv(library, sink) if kind == "csv" else write_jsonl(library, sink, may_show)


def write_jsonl(library: Library, sink: IO[str], may_show: MayShow) -> int:
    """Write every record with its texts, one JSON object a line; returns their number.

    ``may_show`` says of an answer's id whether its words may leave; else its texts are null, their digests
    stay. ``superseded_by`` of a text is the number of the record that stands in its place: a draft that was
    released in other words names the decision that holds them.
    """
    count = 0
    with library.reading():
        known = superseded(library)
        for record in audit_log.records(library):
            whole = record_object(library, record, may_show, known)
            sink.write(json.dumps(whole, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_csv(library: Library, sink: IO[str]) -> int:
    """Write the records as a table, without texts; returns their number.

    No cell can be taken for a formula: one that starts like one gets an apostrophe before it. Open ``sink``
    with ``newline=""``. ``superseded_by`` as in the JSON lines.
    """
    table = csv.writer(sink, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    count = 0
    with library.reading():
        known = superseded(library)
        for record in audit_log.records(library):
            table.writerow([guarded(cell) for cell in _cells(record, known)])
            count += 1
    return count


def record_object(
    library: Library, record: StoredRecord, may_show: MayShow, known: Superseded
) -> dict[str, Any]:
    """A record with its texts as one object; bytes as hexadecimal digits."""
    shown = not record.answer_id or may_show(record.answer_id)
    texts = {text.role: _text(text, shown, known) for text in audit_log.texts(library, record.seq)}
    return {
        **asdict(record),
        "body": json.loads(record.body),
        "signature": record.signature.hex() if record.signature else None,
        "key": record.key.hex() if record.key else None,
        "texts": texts,
    }


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell


def _text(text: StoredText, shown: bool, known: Superseded) -> dict[str, Any]:
    return {
        "salt": text.salt.hex(),
        "digest": text.digest,
        "text": text.text if shown else None,
        "erased": text.text is None,
        "superseded_by": known.get((text.seq, text.role)),
    }


def _cells(record: StoredRecord, known: Superseded) -> Iterator[str]:
    body = json.loads(record.body)
    yield from (str(record.seq), record.at, record.kind, record.answer_id)
    yield from (str(body.get(name, "")) for name in ("decision", "level", "risk"))
    later = by_role(known, record.seq, ("content", "decision", "label"))
    yield ", ".join(str(seq) for seq in later.values())
    yield from (record.body, record.previous, record.hash)
    yield fingerprint_of(record.key) if record.key else ""
