"""One answer's whole life with the real small model in its child process, from the command line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.model
Write = Callable[[str, str], Path]

POLICY = """# Travel policy

## 3 Hotels

A hotel in Europe may cost up to 130 euros a night. Breakfast is paid in addition.

## 4 Claims

An expense claim is submitted within 30 days of the return from the trip.
"""
QUESTION = "Within how many days must an expense claim be submitted?"


@pytest.fixture
def loaded(home: Any, write: Write) -> Any:
    """A home whose library holds the travel policy."""
    assert home.run("add", write("travel-policy.md", POLICY)).code == 0
    return home


def steady(answer: dict[str, Any]) -> dict[str, Any]:
    """What must be equal in a replay: everything but the answer's own id."""
    return {name: value for name, value in answer.items() if name not in ("id", "answer_id")}


def test_an_answer_is_written_checked_decided_and_recorded(loaded: Any) -> None:
    ran = loaded.run("ask", QUESTION, "--json")
    [answer] = ran.json()
    assert answer["model"]["sha256"].startswith("b179c952")
    assert answer["answer"].strip()
    assert answer["claims"]
    for claim in answer["claims"]:
        assert answer["answer"][claim["start"] : claim["end"]] == claim["text"]
        for item in claim["evidence"]:
            assert item["document"].endswith("travel-policy.md")
            assert item["text"]
    assert ran.code == (0 if answer["decision"] == "usable" else 3)
    shown = loaded.run("audit", "show", answer["answer_id"]).json()
    assert [record["kind"] for record in shown] == ["answer"]
    assert QUESTION in shown[0]["texts"]["prompt"]
    assert loaded.run("audit", "verify").code == 0


def test_people_see_claims_evidence_level_and_gate(loaded: Any) -> None:
    ran = loaded.run("check", "-", stdin="A hotel in Europe may cost up to 190 euros a night.")
    assert ran.code == 3
    for expected in ("contradicted", "travel-policy.md", "3 Hotels", "130 euros", "Risk", "HELD"):
        assert expected in ran.out


def test_a_replay_in_another_process_gives_equal_answers_and_records(loaded: Any) -> None:
    first, second = (loaded.run("ask", QUESTION, "--json").json()[0] for _ in range(2))
    assert steady(first) == steady(second)
    records = [loaded.run("audit", "show", answer["answer_id"]).json()[0] for answer in (first, second)]
    bodies = [record["body"] for record in records]
    for body in bodies:
        body["texts"], body["previous_signature"] = {}, ""
        for name in ("seconds_reading", "seconds_writing"):
            body["generation"].pop(name)
    assert bodies[0] == bodies[1]
    assert records[0]["texts"]["prompt"] == records[1]["texts"]["prompt"]


def test_a_held_answer_is_released_by_a_named_person_and_handed_over(loaded: Any, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("A hotel in Europe may cost up to 190 euros a night.", encoding="utf-8")
    held = loaded.run("check", letter, "--json")
    [answer] = held.json()
    assert (held.code, answer["decision"], answer["model"]) == (3, "held", None)
    answer_id = answer["answer_id"]
    refused = loaded.run("report", answer_id, "--out", tmp_path / "page.html")
    assert refused.code == 1
    assert "held" in refused.err
    assert loaded.run("review", "release", answer_id, "--reason", "seen").code == 1, "no name, no release"
    done = loaded.run("review", "release", answer_id, "--who", "Ann Lee", "--reason", "agreed with finance")
    assert done.code == 0
    assert loaded.run("report", answer_id, "--out", tmp_path / "page.html").code == 0
    assert "Ann Lee" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert loaded.run("audit", "verify").code == 0


def test_one_changed_byte_of_the_log_is_found_and_named(loaded: Any) -> None:
    for _ in range(2):
        loaded.run("check", "-", stdin="Breakfast is paid in addition.")
    head = loaded.run("audit", "head").out.strip()
    with sqlite3.connect(loaded.path / "library" / "library.db") as db:
        db.execute("drop trigger audit_records_no_update")
        db.execute(
            "update audit_records set body = replace(body, 'supported', 'supporteD') where kind = 'answer'"
        )
    db.close()
    ran = loaded.run("audit", "verify", "--head", head)
    assert ran.code == 1
    assert "record 3" in ran.err  # after the document and the settings


def test_an_empty_library_is_held_and_says_why(home: Any) -> None:
    ran = home.run("ask", QUESTION, "--json")
    [answer] = ran.json()
    assert ran.code == 3
    assert (answer["decision"], answer["level"]) == ("held", "high")
    assert answer["reasons"]


def test_a_question_in_chinese_is_answered_from_a_chinese_document(home: Any, write: Write) -> None:
    document = write("制度.md", "# 差旅管理制度\n\n## 第四章 报销\n\n报销申请应在出差结束后30天内提交。\n")
    home.run("add", document)
    [answer] = home.run("ask", "报销申请应在几天内提交？", "--json").json()
    assert answer["answer"].strip()
    assert answer["risk"] is not None
    told = home.run("ask", "报销申请应在几天内提交？", LC_ALL="zh_CN.UTF-8")
    assert "风险" in told.out


def test_a_broken_pdf_is_named_and_never_counts_as_ready(home: Any, tmp_path: Path) -> None:
    broken = tmp_path / "contract.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    ran = home.run("add", broken, "--json")
    [document] = ran.json()
    assert ran.code == 1
    assert document["state"] == "broken"
    assert document["reason"]
    [answer] = home.run("check", "-", "--json", stdin="The fee is 500 euros.").json()
    assert {claim["verdict"] for claim in answer["claims"]} == {"could_not_check"}
    assert answer["level"] == "high"


def test_a_corrupt_model_is_refused_in_words(home: Any, tmp_path: Path) -> None:
    corrupt = tmp_path / "model.gguf"
    corrupt.write_bytes(b"GGUF" + b"\xff" * 200)
    ran = home.run("model", "add", corrupt)
    assert ran.code == 1
    assert ran.err.strip()
    assert home.run("ask", "Q?", "--model", "no-such-model").code in (1, 3)


@pytest.mark.parametrize(
    "args", [("ask",), ("frobnicate",), ("check",), ("check", "--jsonl", "x", "y"), ("audit", "erase", "abc")]
)
def test_wrong_usage_exits_2(home: Any, args: tuple[str, ...]) -> None:
    assert home.run(*args).code == 2


def test_a_library_that_is_not_there_is_said_in_words(home: Any, tmp_path: Path) -> None:
    ran = home.run("audit", "verify", "--library", tmp_path / "nowhere")
    assert ran.code == 1
    assert "nowhere" in ran.err


def test_settings_are_shown_changed_and_guarded(home: Any) -> None:
    assert home.run("settings", "set", "passages", "4").out.strip() == "passages = 4"
    assert json.loads(home.run("settings", "list", "--json").out)["passages"] == 4
    assert home.run("settings", "set", "passages", "lots").code == 1


def test_a_damaged_settings_file_is_said_in_words(home: Any) -> None:
    (home.path / "settings.json").write_text("{", encoding="utf-8")
    ran = home.run("settings", "list")
    assert ran.code == 1
    assert "settings.json" in ran.err
