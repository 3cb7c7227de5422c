from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import audit
from core.audit import RecordKind
from core.audit.export import guarded
from core.errors import AuditError, LibraryError
from core.settings import Settings
from core.store import answers, audit_log
from core.store.database import Library
from core.types import Answer, Decision, ModelInfo

MakeAnswer = Callable[..., Answer]


def record(library: Library, answer: Answer, days: int = 0) -> Answer:
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
    dated = replace(answer, created_at=at)
    audit.record_answer(library, dated, prompt="the prompt", context={})
    return dated


def kinds(library: Library) -> list[str]:
    return [stored.kind for stored in audit_log.records(library)]


def test_old_texts_go_and_leave_a_signed_tombstone(library: Library, make_answer: MakeAnswer) -> None:
    old = record(library, make_answer("Ms Zhang earns 9,000 €."), days=400)
    young = record(library, make_answer(), days=10)
    would = audit.retain(library, days=365, who="Ann", reason="policy 7", dry_run=True)
    assert would.erased == (old.id,)
    assert answers.load_answer(library, old.id) == old
    done = audit.retain(library, days=365, who="Ann", reason="policy 7")
    assert (done.erased, done.held) == ((old.id,), 0)
    assert "Zhang" not in "\n".join(library.db.conn.iterdump())
    assert answers.load_answer(library, young.id) == young
    outcome = audit.verify(library)
    assert outcome.holds
    assert outcome.erased == 1
    tombstone = audit_log.last_record(library)
    assert tombstone is not None
    assert json.loads(tombstone.body)["answers"] == [old.id]
    assert tombstone.signature is not None


def test_nothing_old_leaves_no_tombstone(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    audit.retain(library, days=1, who="Ann", reason="policy")
    assert kinds(library) == ["answer"]


@pytest.mark.parametrize("everything", [False, True])
def test_a_legal_hold_keeps_texts(library: Library, make_answer: MakeAnswer, everything: bool) -> None:
    old = record(library, make_answer(), days=400)
    audit.hold(library, None if everything else old.id, who="Counsel", reason="case 12")
    assert audit.retain(library, days=1, who="Ann", reason="policy") == audit.Retained((), 1)
    with pytest.raises(AuditError, match="erase_held"):
        audit.erase(library, old.id, who="Ann", reason="request")
    assert answers.load_answer(library, old.id) == old
    audit.unhold(library, None if everything else old.id, who="Counsel", reason="closed")
    assert audit.retain(library, days=1, who="Ann", reason="policy").erased == (old.id,)
    assert kinds(library) == ["answer", "hold", "hold", "retention"]
    assert audit.verify(library).holds


def test_a_hold_that_is_not_there_cannot_be_lifted(library: Library) -> None:
    with pytest.raises(AuditError, match="hold_none"):
        audit.unhold(library, None, who="Ann", reason="?")
    assert kinds(library) == []


@pytest.mark.parametrize("days", [0, -5])
def test_retention_takes_whole_days(library: Library, days: int) -> None:
    with pytest.raises(AuditError, match="retention_days"):
        audit.retain(library, days=days, who="Ann", reason="policy")


def test_names_and_reasons_are_asked_for(library: Library) -> None:
    for call in (
        lambda: audit.retain(library, days=1, who=" ", reason="r"),
        lambda: audit.hold(library, None, who="a", reason=""),
        lambda: audit.unhold(library, None, who="", reason="r"),
    ):
        with pytest.raises(AuditError, match=r"erase_reason|hold_reason"):
            call()


def test_settings_are_noted_once_and_again_when_they_change(library: Library) -> None:
    assert audit.note_settings(library, Settings())
    assert not audit.note_settings(library, Settings(reviewer="Ann", text_scale=1.5))
    assert audit.note_settings(library, Settings(passages=9))
    assert audit.note_settings(library, Settings(passages=9, medium_from=0.4))
    assert kinds(library) == ["settings", "settings", "policy"]
    bodies = [json.loads(stored.body) for stored in audit_log.records(library)]
    assert [body["changed"] for body in bodies] == [{}, {"passages": [4, 9]}, {"medium_from": [-1.0, 0.4]}]
    assert "Ann" not in str(bodies)


def test_four_eyes_once_asked_for_stay(library: Library) -> None:
    audit.note_settings(library, Settings(four_eyes=True))
    audit.note_settings(library, Settings())
    assert answers.four_eyes(library)
    assert audit.asks_for_four_eyes(library.folder)


def test_another_model_is_noted(library: Library) -> None:
    small = ModelInfo("small", "ab")
    assert audit.note_model(library, small)
    assert not audit.note_model(library, small)
    assert audit.record_model_change(library.folder, "added", ModelInfo("big", "cd"))
    assert not audit.note_model(library, small)
    other = ModelInfo("small", "ef")
    assert audit.note_model(library, other), "the same name with other bytes is another model"
    assert [json.loads(stored.body)["action"] for stored in audit_log.records(library)] == [
        "used",
        "added",
        "used",
    ]


def test_where_there_is_no_library_nothing_is_made(tmp_path: Path) -> None:
    assert not audit.record_settings_change(tmp_path / "none", Settings())
    assert not audit.record_model_change(tmp_path / "none", "added", ModelInfo("m", "ab"))
    assert not (tmp_path / "none").exists()


def test_the_log_goes_out_as_json_lines(library: Library, make_answer: MakeAnswer, tmp_path: Path) -> None:
    shown, secret = (
        record(library, make_answer("Usable.", Decision.USABLE)),
        record(library, make_answer("Held.")),
    )
    count = audit.export_log(
        library, tmp_path / "log.jsonl", "jsonl", lambda answer_id: answer_id == shown.id
    )
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert count == len(lines) == 3
    assert [line["kind"] for line in lines] == ["answer", "answer", "export"]
    assert "Usable." in lines[0]["texts"]["content"]["text"]
    assert lines[1]["texts"]["content"]["text"] is None
    assert not lines[1]["texts"]["content"]["erased"]
    assert secret.text not in (tmp_path / "log.jsonl").read_text(encoding="utf-8")


def test_the_log_goes_out_as_a_table_without_words(
    library: Library, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    record(library, make_answer("=HYPERLINK(1)"))
    audit.record_event(library, RecordKind.MODEL, {"action": "=cmd|' /C calc'!A0"})
    audit.export_log(library, tmp_path / "log.csv", "csv", lambda _: True)
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:4] == ["seq", "at", "kind", "answer_id"]
    assert len(rows) == 4
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "HYPERLINK" not in text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "＠x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert guarded(f"x{cell}") == f"x{cell}"


def test_a_file_that_cannot_be_written_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="export_failed"):
        audit.export_log(library, tmp_path, "csv", lambda _: True)
