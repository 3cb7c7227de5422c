"""What the log must cover: every act that bears on an answer leaves a record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from core import audit, exports, identity, review
from core.audit import RecordKind
from core.cli import touchstone
from core.errors import IdentityError
from core.identity import Session
from core.index import ingest
from core.review import Verdicted
from core.settings import Settings
from core.store import audit_log, removal
from core.store.database import Library
from core.types import Answer, Check, Decision, Language, Level, ModelInfo, Verdict

Record = Callable[..., Answer]


def bodies(library: Library, kind: RecordKind) -> list[dict[str, object]]:
    return [json.loads(record.body) for record in audit_log.records_of(library, kind)]


def test_documents_come_change_and_go(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    for text in ("A hotel may cost 130 €.", "A hotel may cost 150 €."):
        file.write_text(f"# Hotels\n\n{text}\n", encoding="utf-8")
        list(ingest.add(library, [file], None))
    removal.remove(library, str(file))
    removal.forget(library, str(file))
    found = bodies(library, RecordKind.DOCUMENT)
    assert [body["action"] for body in found] == ["added", "replaced", "removed", "forgotten"]
    assert found[1]["replaces"] == found[0]["sha256"] != found[1]["sha256"]
    words = " ".join(record.body for record in audit_log.records(library))
    assert "policy.md" not in words
    assert "130" not in words


def test_log_ins_and_wrong_passphrases_stand_there(library: Library, people: dict[str, Session]) -> None:
    with pytest.raises(IdentityError, match="passphrase_wrong"):
        identity.log_in(library, "Ann", "not hers at all")
    identity.log_in(library, "Ann", "correct horse battery")
    outcomes = [body["outcome"] for body in bodies(library, RecordKind.LOGIN)]
    assert outcomes[-2:] == ["passphrase_wrong", "ok"]


def test_a_backup_that_left_and_one_that_came_back_are_on_record(library: Library, tmp_path: Path) -> None:
    """A library that is older than it was has a reason, then."""
    folder = ["--library", str(library.folder)]
    copy = tmp_path / "copy.db"
    assert CliRunner().invoke(touchstone, ["library", "backup", str(copy), *folder]).exit_code == 0
    assert bodies(library, RecordKind.EXPORT)[-1]["format"] == "backup"
    library.close()
    back = CliRunner().invoke(touchstone, ["library", "restore", str(copy), "--replace", *folder])
    assert back.exit_code == 0, back.exception
    with Library.open(library.folder) as restored:
        assert [record.kind for record in audit_log.records(restored)] == ["import"]
        assert audit.verify(restored).holds


def test_every_kind_of_record_is_written(
    library: Library, record: Record, people: dict[str, Session], tmp_path: Path
) -> None:
    (tmp_path / "policy.md").write_text("# Hotels\n\nUp to 130 €.\n", encoding="utf-8")
    list(ingest.add(library, [tmp_path / "policy.md"], None))
    audit.note_settings(library, Settings(passages=7))
    audit.note_model(library, ModelInfo("SmolLM2", "ab" * 32, "apache-2.0"))
    identity.set_four_eyes(library, True, by=people["Root"])
    answer, other, third = record(), record(), record()
    review.assign(library, answer.id, "Ann", by="Cid")
    review.label_claim(library, answer.id, 0, Verdict.SUPPORTED, who="Ann")
    review.export_file(library, tmp_path / "w.json", by=people["Ann"])
    carried = review.open_file(tmp_path / "w.json")
    said = Verdicted(Decision.RELEASED, "Ann", "seen")
    line = review.decide_carried(carried, answer.id, said, people["Ann"])
    (tmp_path / "d.jsonl").write_text(line, encoding="utf-8")
    (taken,) = review.import_file(
        library, tmp_path / "d.jsonl", lambda text, _: Check(text, 0.1, Level.LOW, 1.0, ())
    )
    assert taken.refused is None
    exports.export_report(library, answer.id, tmp_path / "a.html", Language.EN)
    audit.anchor(library)
    audit.hold(library, other.id, who="Ann", reason="court")
    audit.erase(library, answer.id, who="Ann", reason="law")
    aged = replace(third, id=audit.new_answer_id(), created_at="2020-01-01T00:00:00.000000+00:00")
    audit.record_answer(library, aged, prompt="", context={})
    assert audit.retain(library, days=30, who="Ann", reason="policy").erased == (aged.id,)
    assert {record.kind for record in audit_log.records(library)} == {kind.value for kind in RecordKind}
    assert audit.verify(library).holds
