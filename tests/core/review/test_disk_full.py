"""Bad luck in the middle of a decision: it happens whole or not at all, and the next try works."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core import audit, gate, review
from core.errors import LibraryError
from core.identity import Session
from core.store import answers
from core.store.database import Library
from core.types import Answer, Check, Decision, Verdict

Record = Callable[..., Answer]

_DECIDER = """
import sys
from pathlib import Path
from core import audit, review
from core.audit import RecordKind
from core.errors import DecisionError
from core.store.database import Library
who, folder, ids = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
with Library.open(folder) as library:
    for answer_id in ids:
        audit.record_event(library, RecordKind.EXPORT, {"by": who})
        try:
            review.release(library, answer_id, who=who, reason="mine first")
        except DecisionError as error:
            assert error.code == "decision_not_held", error
"""
_BEGINNER = """
import sys
from pathlib import Path
from core import audit
from core.audit import RecordKind
from core.store.database import Library
with Library.open(Path(sys.argv[2])) as library:
    audit.record_event(library, RecordKind.EXPORT, {"by": sys.argv[1]})
"""


def race(code: str, *args: str) -> None:
    """Two processes at once; both must end well."""
    names = ("Ann", "Cid")
    with (
        subprocess.Popen([sys.executable, "-c", code, names[0], *args], stderr=subprocess.PIPE) as one,
        subprocess.Popen([sys.executable, "-c", code, names[1], *args], stderr=subprocess.PIPE) as other,
    ):
        errors = [process.communicate(timeout=120)[1].decode() for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), errors


def no_edit(text: str, question: str | None) -> Check:
    raise AssertionError("nothing was edited")


def fill_up(library: Library) -> None:
    """Let the file grow no more: as a disk that is full."""
    pages = library.db.execute("PRAGMA page_count").fetchone()[0]
    library.db.execute(f"PRAGMA max_page_count = {pages}")


def free_space(library: Library) -> None:
    library.db.execute("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_in_the_middle_of_a_release_loses_nothing(
    library: Library, record: Record, people: dict[str, Session]
) -> None:
    answer = record()
    before = audit.head(library)
    fill_up(library)
    long_text = "Hotels are paid up to 130 €. " * 2000
    with pytest.raises(LibraryError, match="library_disk_full"):
        review.release(library, answer.id, who="Ann", reason="r", final_text=long_text, signer=people["Ann"])
    assert answers.load_answer(library, answer.id) == answer
    assert gate.usable_text(answer) is None
    assert audit.head(library) == before
    assert audit.verify(library).holds
    free_space(library)
    review.release(library, answer.id, who="Ann", reason="r", final_text=long_text, signer=people["Ann"])
    assert gate.usable_text(answers.load_answer(library, answer.id)) == long_text
    assert audit.verify(library).holds


def test_a_full_disk_in_the_middle_of_an_import_keeps_what_was_taken(
    library: Library, record: Record, people: dict[str, Session], tmp_path: Path
) -> None:
    first, second = record("One."), record("Two.")
    review.export_file(library, tmp_path / "w.json")
    carried = review.open_file(tmp_path / "w.json")
    session = review.unlock(carried, "Ann", "correct horse battery")
    said = review.Verdicted(Decision.RELEASED, "Ann", "seen")
    large = review.Verdicted(Decision.RELEASED, "Ann", "x" * 200_000)
    lines = [
        review.decide_carried(carried, first.id, said, session),
        review.decide_carried(carried, second.id, large, session, {0: Verdict.SUPPORTED}),
    ]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pages = library.db.execute("PRAGMA page_count").fetchone()[0]
    library.db.execute(f"PRAGMA max_page_count = {pages + 8}")
    done = review.import_file(library, tmp_path / "d.jsonl", no_edit)
    assert [line.refused.code if line.refused else None for line in done] == [None, "library_disk_full"]
    free_space(library)
    assert audit.verify(library).holds
    assert review.labels(library) == ()
    again = review.import_file(library, tmp_path / "d.jsonl", no_edit)
    assert [line.refused.code if line.refused else None for line in again] == ["decision_not_held", None]


def test_two_processes_write_one_chain(library: Library, record: Record) -> None:
    """Both record events and fight for the same decisions: one chain, one decision an answer."""
    ids = [record().id for _ in range(6)]
    race(_DECIDER, str(library.folder), *ids)
    outcome = audit.verify(library)
    assert outcome.holds
    assert outcome.records == 6 + 12 + 6
    assert len(outcome.keys) == 1
    assert {row.decision for row in answers.list_answers(library)} == {Decision.RELEASED}


def test_two_processes_agree_on_a_new_librarys_key(tmp_path: Path) -> None:
    """The key is made at the first record; both make it at once."""
    folder = tmp_path / "new"
    Library.open(folder).close()
    race(_BEGINNER, str(folder))
    with Library.open(folder) as library:
        outcome = audit.verify(library)
        assert (outcome.holds, outcome.records, len(outcome.keys)) == (True, 2, 1)
