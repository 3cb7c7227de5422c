from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core import audit, review
from core.errors import AuditError, LibraryError
from core.store import answers, audit_log
from core.store.database import Library
from core.types import Answer

MakeAnswer = Callable[..., Answer]


def record(library: Library, answer: Answer) -> Answer:
    audit.record_answer(library, answer, prompt="the prompt", context={"version": "1"})
    return answer


def tamper(library: Library, *statements: str) -> None:
    """Change the file behind the library's back, as someone with a SQLite shell would."""
    with sqlite3.connect(library.path) as db:
        names = "audit_records_no_update audit_records_no_delete audit_texts_no_update audit_texts_no_delete"
        for trigger in names.split():
            db.execute(f"drop trigger if exists {trigger}")
        for statement in statements:
            db.execute(statement)
    db.close()


def codes(library: Library, **options: str) -> set[tuple[str, int]]:
    return {(finding.code, finding.seq) for finding in audit.verify(library, **options).findings}


def test_an_untouched_log_holds(library: Library, make_answer: MakeAnswer) -> None:
    for _ in range(3):
        record(library, make_answer())
    outcome = audit.verify(library)
    assert outcome.holds
    assert outcome.records == 3
    assert outcome.head == audit.head(library)


def test_an_empty_log_holds(library: Library) -> None:
    assert audit.verify(library).holds
    assert audit.head(library) == audit.GENESIS


def test_one_edited_byte_of_a_record_is_named(library: Library, make_answer: MakeAnswer) -> None:
    for _ in range(3):
        record(library, make_answer())
    tamper(library, "update audit_records set body = replace(body, '0.93', '0.03') where seq = 2")
    assert ("record_edited", 2) in codes(library)


def test_an_edited_text_is_named(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    tamper(library, "update audit_texts set text = replace(text, '150', '130') where role = 'content'")
    assert codes(library) == {("text_edited", 1)}


def test_a_removed_record_is_named(library: Library, make_answer: MakeAnswer) -> None:
    for _ in range(3):
        record(library, make_answer())
    tamper(library, "delete from audit_texts where seq = 2", "delete from audit_records where seq = 2")
    found = codes(library)
    assert ("out_of_order", 3) in found
    assert ("broken_link", 3) in found


def test_reordered_records_are_named(library: Library, make_answer: MakeAnswer) -> None:
    for _ in range(2):
        record(library, make_answer())
    tamper(
        library,
        "pragma foreign_keys = off",
        "update audit_records set seq = 99 where seq = 1",
        "update audit_records set seq = 1 where seq = 2",
        "update audit_records set seq = 2 where seq = 99",
    )
    assert {("broken_link", 1), ("broken_link", 2)} <= codes(library)


def test_truncation_is_found_against_a_head_kept_outside(library: Library, make_answer: MakeAnswer) -> None:
    for _ in range(3):
        last = record(library, make_answer())
    kept = audit.head(library)
    tamper(
        library,
        "delete from audit_texts where seq = 3",
        "delete from audit_records where seq = 3",
        f"delete from answers where id = '{last.id}'",
    )
    assert audit.verify(library).holds, "a chain alone cannot tell that its end is gone"
    assert codes(library, expected_head=kept) == {("head_missing", 2)}


def test_an_older_head_is_still_in_a_longer_log(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    kept = audit.head(library)
    record(library, make_answer())
    assert audit.verify(library, expected_head=kept).holds


def test_the_table_refuses_edits_and_removals(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    for statement in (
        "update audit_records set at = ''",
        "delete from audit_records",
        "delete from audit_texts",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"append-only|only be erased"):
            library.db.execute(statement)


def test_an_erased_text_is_gone_and_the_chain_holds(library: Library, make_answer: MakeAnswer) -> None:
    answer = record(library, make_answer("Ms Zhang earns 9,000 € a month."))
    kept = record(library, make_answer())
    audit.erase(library, answer.id, who="Ann Lee", reason="request under Art. 17")
    outcome = audit.verify(library)
    assert outcome.holds
    assert outcome.erased == 1
    assert "Zhang" not in "\n".join(library.db.conn.iterdump())
    assert answers.load_answer(library, kept.id) == kept
    with pytest.raises(LibraryError, match="answer_erased"):
        answers.load_answer(library, answer.id)


def test_a_text_that_vanished_without_a_record_is_named(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    tamper(library, "update audit_texts set text = null where role = 'prompt'")
    assert codes(library) == {("text_removed", 1)}


@pytest.mark.parametrize(("who", "reason"), [("", "law"), ("Ann", " ")])
def test_erasing_needs_a_name_and_a_reason(
    library: Library, make_answer: MakeAnswer, who: str, reason: str
) -> None:
    answer = record(library, make_answer())
    with pytest.raises(AuditError, match="erase_reason"):
        audit.erase(library, answer.id, who=who, reason=reason)


def test_a_decision_changed_behind_the_log_is_named(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    tamper(library, "update answers set decision = 'usable'")
    assert codes(library) == {("row_differs", 0)}


def test_a_row_without_a_record_is_named(library: Library, make_answer: MakeAnswer) -> None:
    record(library, make_answer())
    tamper(library, "update answers set id = 'someone-else'")
    assert ("row_differs", 0) in codes(library)


def test_records_hold_no_words_of_question_answer_or_document(
    library: Library, make_answer: MakeAnswer
) -> None:
    answer = record(library, make_answer())
    review.release(library, answer.id, who="Ann Lee", reason="checked by hand")
    bodies = " ".join(stored.body for stored in audit_log.records(library))
    for word in ("hotel", "Hotels", "130 €", "travel-policy", "Ann Lee", "by hand"):
        assert word not in bodies


def test_equal_answers_commit_to_different_digests(library: Library, make_answer: MakeAnswer) -> None:
    """Salts differ, so that nobody can guess a short text from its digest."""
    record(library, make_answer())
    record(library, make_answer())
    digests = [
        text.digest for seq in (1, 2) for text in audit_log.texts(library, seq) if text.role == "prompt"
    ]
    assert digests[0] != digests[1]


def test_a_failed_write_leaves_nothing(library: Library, make_answer: MakeAnswer) -> None:
    answer = record(library, make_answer())
    with pytest.raises(sqlite3.IntegrityError):
        record(library, answer)
    assert audit.verify(library).records == 1
    assert audit.verify(library).holds


def test_the_log_survives_a_reopened_library(
    library: Library, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    answer = record(library, make_answer())
    with Library.open(tmp_path / "library") as again:
        assert answers.load_answer(again, answer.id[:12]) == answer
        assert audit.verify(again).holds
