"""Drafted questions in a model's words: taken only where they ask for the same."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.cli.pilot import pilot
from core.errors import EngineError, IdentityError
from core.identity import Role, add_user
from core.index import ingest
from core.llm.fake import FakeEngine
from core.llm.servers import ServerModel
from core.pilot.drafting import WORDED, Wording, keeps, open_writer, worded
from core.pilot.sets import read_set
from core.pilot.types import Question
from core.settings import Settings
from core.store.database import Library

GAP = Question(
    1,
    "According to “fees.md”, what belongs in the gap: "
    "“The yearly fee for the garage behind the office is ____ a person.”?",
    "480 euros",
    "fees.md",
)
TERM = Question(
    2, "According to “fees.md”, what does “season ticket” mean?", "a ticket for a year", "fees.md"
)
CELL = Question(3, "根据《采购.xlsx》，KT-110 的“单价”是多少？", "58元", "采购.xlsx")
ABSENT = Question(4, "What is the recipe of the canteen's goulash?", None, None, True)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (GAP, "What is the yearly fee a person for the garage behind the office, according to fees.md?"),
        (TERM, "What does fees.md mean by “season ticket”?"),
        (CELL, "采购.xlsx里，KT-110的单价是多少钱？"),
        (ABSENT, "Do you have the recipe for the canteen's goulash?"),
    ],
)
def test_a_wording_that_asks_for_the_same_is_taken(question: Question, text: str) -> None:
    assert keeps(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (GAP, "What is the yearly fee for the garage behind the office?"),  # of which document?
        (GAP, "According to fees.md, is the yearly fee for the garage 480 euros a person?"),
        (GAP, "According to fees.md, the yearly fee for the garage behind the office is ____ a person?"),
        (GAP, "According to fees.md, how much is it?"),
        (TERM, "What does “monthly ticket” mean in fees.md?"),
        (TERM, "What does “season ticket” mean in fees.md? Is it a ticket for a year?"),
        (CELL, "采购.xlsx里，KT-120的单价是多少钱？"),
        (CELL, "采购.xlsx里，KT-110是多少？"),
        (CELL, "What is the 单价 of KT-110 in 采购.xlsx?"),
    ],
)
def test_a_wording_that_loses_or_tells_something_is_not(question: Question, text: str) -> None:
    assert not keeps(question, text)


def test_the_rules_wording_stays_where_the_models_is_not_taken() -> None:
    engine = FakeEngine("Question: What does fees.md mean by “season ticket”?", "480 euros.")
    steps: list[Wording] = []
    made = end_of(worded((TERM, GAP), engine), steps)
    assert [each.text for each in made] == ["What does fees.md mean by “season ticket”?", GAP.text]
    assert [WORDED in each.tags for each in made] == [True, False]
    assert steps[-1] == Wording(2, 2, 1)
    assert steps[0] == Wording(0, 2, 0)


def end_of(
    working: Generator[Wording, None, tuple[Question, ...]], steps: list[Wording]
) -> tuple[Question, ...]:
    while True:
        try:
            steps.append(next(working))
        except StopIteration as end:
            return end.value


def test_a_server_is_sent_the_questions_only_where_it_is_allowed(tmp_path: Path) -> None:
    """They quote the documents."""
    server, allowed = (
        ServerModel("llm.firm.example", 8443, "qwen"),
        Settings(allowed_hosts="llm.firm.example"),
    )
    with Library.open(tmp_path / "library") as library:
        with pytest.raises(EngineError, match="server_not_allowed"):
            open_writer(library, server, Settings())
        open_writer(library, server, allowed).close()
        add_user(library, "Ada", Role.ADMINISTRATOR, "correct horse")
        with pytest.raises(IdentityError, match="host_not_permitted"):
            open_writer(library, server, allowed)


def test_the_command_words_with_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The yearly fee for the parking garage behind the office is 480 euros a person.\n"
    (tmp_path / "fees.md").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, [tmp_path / "fees.md"], None))
    good = "According to fees.md, what is the yearly fee a person for the parking garage behind the office?"
    module = sys.modules["core.cli.pilot"]  # the package knows the command by the same name
    monkeypatch.setattr(module.choice, "find", lambda name: ServerModel("llm.firm.example", 8443, name))
    monkeypatch.setattr(module, "open_writer", lambda *_: FakeEngine(good, *["no"] * 50))
    arguments = ["draft", str(tmp_path / "a.csv"), "--library", str(tmp_path / "library"), "--count", "1"]
    result = CliRunner().invoke(pilot, [*arguments, "--words-by", "qwen"])
    assert result.exit_code == 0, result.output
    asked = read_set(tmp_path / "a.csv")
    assert [question.text for question in asked.questions if WORDED in question.tags] == [good]
    assert f"1 of {len(asked.questions)}" in result.output
