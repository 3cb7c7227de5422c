"""The file of decisions that goes back: one signed line each, added to as a reviewer goes on."""

from __future__ import annotations

from pathlib import Path

from core.errors import DecisionError, LibraryError
from core.review.carried import DECISION_FORMAT, parsed, read_text


def add_line(out: Path, line: str) -> None:
    """Add a line, a new one also where a full disk has cut the last one short. Raises LibraryError."""
    try:
        with out.open("ab+") as sink:
            sink.seek(max(0, sink.tell() - 1))
            broken = sink.read(1) not in (b"", b"\n")
            sink.write(("\n" if broken else "").encode() + line.encode("utf-8") + b"\n")
    except OSError as error:
        raise LibraryError("export_failed", path=str(out), problem=error.strerror or "?") from error


def decided_in(out: Path, library_id: str) -> frozenset[str]:
    """The answers of a library that a file of decisions speaks of; none where there is no file yet.

    For a list of what is left only: no signature is looked at, and a line that is cut short says nothing.
    Raises DecisionError for a file that cannot be read as text.
    """
    if not out.exists():
        return frozenset()
    found = (_decided(line, library_id) for line in read_text(out).split("\n") if line.strip())
    return frozenset(answer for answer in found if answer is not None)


def _decided(line: str, library_id: str) -> str | None:
    try:
        whole = parsed(line)
    except DecisionError:
        return None
    decision = whole.get("decision")
    ours = whole.get("format") == DECISION_FORMAT and whole.get("library") == library_id
    return str(decision.get("answer")) if ours and isinstance(decision, dict) else None
