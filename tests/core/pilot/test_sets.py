from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from core.errors import PilotError
from core.pilot.sets import read_set
from core.pilot.template import template_questions, write_set
from core.pilot.types import Expect
from core.types import Language


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
@pytest.mark.parametrize("language", list(Language))
def test_a_template_reads_back_whole(tmp_path: Path, suffix: str, language: Language) -> None:
    path = tmp_path / f"set{suffix}"
    write_set(path, template_questions(language), language)
    asked = read_set(path)
    assert asked.usable
    assert not asked.problems
    assert asked.questions == template_questions(language)
    with pytest.raises(PilotError, match="file_exists"):
        write_set(path, (), language)


def test_a_chinese_csv_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "问题.csv"
    path.write_bytes(
        "问题,预期答案,应拒答,标签\n年假有几天？,五天,,数字；人事\n车位有几个？,,是,\n".encode("gb18030")
    )
    first, second = read_set(path).questions
    assert (first.text, first.expected, first.tags) == ("年假有几天？", "五天", ("数字", "人事"))
    assert first.expect is Expect.ANSWER
    assert second.expect is Expect.REFUSE


def test_every_bad_row_is_named_by_row_and_column_and_the_set_is_not_usable(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        "Question;Expected answer;Must refuse;Colour\n"
        "Good?;yes;;\nA?;;maybe;\n;x;;\nB?;x;yes;\nC?;;;;extra\n",
        encoding="utf-8-sig",
    )
    asked = read_set(path)
    places = [(problem.row, problem.column, problem.code) for problem in asked.problems]
    assert places == [
        (1, "Colour", "column_unknown"),
        (3, "must_refuse", "not_yes_no"),
        (4, "question", "empty"),
        (5, "must_refuse", "refuse_and_expected"),
        (6, "5", "cell_extra"),
    ]
    assert not asked.usable
    assert [question.text for question in asked.questions] == ["Good?"]
    assert "Row 3" in asked.problems[1].said(Language.EN)
    assert "应拒答" in asked.problems[1].said(Language.ZH)


def test_a_question_asked_twice_is_told_and_asked_twice(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("question\nA?\nA?\n", encoding="utf-8")
    asked = read_set(path)
    assert asked.usable
    assert len(asked.questions) == 2
    assert [problem.code for problem in asked.problems] == ["duplicate"]


def test_a_formula_without_its_result_is_a_problem(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Question", "Expected answer"])
    sheet.append(["How much?", "=1+1"])
    sheet.append(["How many?", 30])
    path = tmp_path / "set.xlsx"
    book.save(path)
    asked = read_set(path)
    assert [(problem.row, problem.column, problem.code) for problem in asked.problems] == [
        (2, "Expected answer", "formula")
    ]
    assert asked.questions[0].expected == "30"


def test_bad_lines_of_jsonl_are_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    lines = ["{", "[1]", json.dumps({"question": "A?", "expected": {"a": 1}}), json.dumps({"question": "B?"})]
    path.write_text("\n".join(lines), encoding="utf-8")
    asked = read_set(path)
    assert [(problem.row, problem.code) for problem in asked.problems] == [
        (1, "json"),
        (2, "json"),
        (3, "field_type"),
    ]
    assert [question.text for question in asked.questions] == ["B?"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"words\nA?\n", "set_no_question"),
        ("a.pdf", b"%PDF", "set_kind"),
        ("a.xlsx", b"no workbook", "set_unreadable"),
        ("a.csv", b"\x00\x01\x02\x03\xff" * 50, "set_encoding"),
    ],
)
def test_a_file_that_is_no_set_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PilotError, match=code):
        read_set(path)
    with pytest.raises(PilotError, match="set_missing"):
        read_set(tmp_path / "nowhere.csv")
