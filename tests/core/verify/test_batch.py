"""The batch format: in order, no line dropped, the same whatever the order and the number of workers."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from core.cli.check import check
from core.settings import Settings
from core.verify.batch import check_lines

CONTEXT = ["Permanent staff receive thirty days of paid leave a year.", "员工每年享有十天带薪年假。"]
ANSWERS = [
    "Permanent staff receive 45 days of paid leave a year.",
    "Staff receive 30 days of leave. Bonuses are paid in Mars.",
    "员工每年享有10天年假；病假二十天。",
    "The documents do not mention this.",
    "Hello!",
]


def row(number: int, **changed: object) -> str:
    whole = {
        "id": f"r{number}",
        "question": None,
        "context": CONTEXT,
        "answer": ANSWERS[number % len(ANSWERS)],
        "lang": None,
    }
    return json.dumps({**whole, **changed}, ensure_ascii=False)


def results(lines: list[str], workers: int = 1) -> list[dict[str, Any]]:
    return [json.loads(line) for line in check_lines(lines, Settings(), workers)]


def test_one_object_a_line_with_the_promised_fields() -> None:
    found = results([row(number) for number in range(5)])
    assert [one["id"] for one in found] == ["r0", "r1", "r2", "r3", "r4"]
    for one in found:
        assert 0 <= one["risk"] <= 1
        assert one["level"] in ("low", "medium", "high")
        assert 0 <= one["coverage"] <= 1
        for claim in one["claims"]:
            assert set(claim) == {"start", "end", "text", "verdict", "risk", "reasons", "spans", "evidence"}
            for quote in claim["evidence"]:
                assert set(quote) == {"relation", "context", "start", "end", "text", "score"}
                assert CONTEXT[quote["context"]][quote["start"] : quote["end"]] == quote["text"]
    assert found[3]["level"] == found[4]["level"] == "low"


def test_a_bad_line_becomes_an_error_and_the_others_go_on() -> None:
    lines = [
        row(0), "not json", "[1, 2]", row(1, context="text"), row(2, id=7), row(3, answer=None),
        json.dumps({"id": "short"}), "", row(4),
    ]  # fmt: skip
    found = results(lines)
    assert [one.get("line") for one in found] == [None, 2, 3, 4, 5, 6, 7, None]
    assert [one["id"] for one in found] == ["r0", None, None, "r1", None, "r3", "short", "r4"]
    for one in found[1:7]:
        assert one["error"]
        assert "risk" not in one
    assert "context" in found[3]["error"]


def test_an_empty_context_is_high_and_unchecked() -> None:
    for context in ([], [""]):
        one = results([row(0, context=context)])[0]
        assert (one["level"], one["coverage"]) == ("high", 0.0)
        assert {claim["verdict"] for claim in one["claims"]} == {"could_not_check"}


def test_reasons_speak_the_answers_language() -> None:
    found = results([row(0, context=[]), row(2, context=[])])
    assert "nothing" in found[0]["claims"][0]["reasons"][0]["text"]
    assert "没有" in found[1]["claims"][0]["reasons"][0]["text"]


def test_workers_and_order_change_nothing() -> None:
    lines = [row(number) for number in range(12)]
    alone = {one["id"]: one for one in results(lines)}
    shuffled = lines.copy()
    random.Random(1).shuffle(shuffled)
    among = results(shuffled, workers=2)
    assert [one["id"] for one in among] == [json.loads(line)["id"] for line in shuffled]
    assert {one["id"]: one for one in among} == alone


def test_packed_files_by_suffix(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as sink:
        sink.write(row(0) + "\n" + row(1) + "\n")
    done = CliRunner().invoke(
        check, ["--jsonl", str(source), "--out", str(out), "--workers", "1"], catch_exceptions=False
    )
    assert done.exit_code == 0
    with gzip.open(out, "rt", encoding="utf-8") as lines:
        assert [json.loads(line)["id"] for line in lines] == ["r0", "r1"]


def test_a_file_is_checked_against_named_files(tmp_path: Path) -> None:
    answer, policy = tmp_path / "answer.txt", tmp_path / "policy.txt"
    answer.write_text("Permanent staff receive 45 days of paid leave a year.", encoding="utf-8")
    policy.write_text(CONTEXT[0], encoding="utf-8")
    done = CliRunner().invoke(
        check, [str(answer), "--against", str(policy), "--json"], catch_exceptions=False
    )
    assert done.exit_code == 3
    found = json.loads(done.stdout)
    assert found["decision"] == "held"
    assert found["claims"][0]["reasons"][0]["code"] == "value_differs_in"
    evidence = [quote for claim in found["claims"] for quote in claim["evidence"]]
    assert all(quote["document"] == str(policy) and len(quote["document_sha256"]) == 64 for quote in evidence)
