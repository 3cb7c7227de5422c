"""Labelling on the command line: keys, going back, and what reviewers said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core import audit, review
from core.calibrate.analysis import present_verifier
from core.calibrate.labelling import Label, work_of
from core.cli import touchstone
from core.encoders.embedder import Embedder
from core.store.database import Library
from core.types import Answer, AnswerId, Verdict

COUNT = 10


@pytest.fixture
def folder(tmp_path: Path, make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library whose claims are all drawn."""
    monkeypatch.setattr(Embedder, "open", lambda: None)
    with Library.open(tmp_path) as library:
        for number in range(COUNT):
            answer = make_answer(f"Hotel {number} costs 130 €.")
            audit.record_answer(library, answer, prompt="", context={"verifier": present_verifier()})
    assert run(tmp_path, "sample", "--size", str(COUNT)).exit_code == 0
    return tmp_path


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    who = ["--who", "Ann", "--library", str(folder)]
    return CliRunner().invoke(touchstone, ["calibrate", *arguments, *who], input=typed)


def labels(folder: Path) -> list[Label | None]:
    with Library.open(folder) as library:
        return list(work_of(library, present_verifier()).labels)


def test_every_key_gives_its_label_and_b_goes_back(folder: Path) -> None:
    read = run(folder, "label", typed="y\nc\nn\n?\ny\nb\nc\nq\n")
    assert read.exit_code == 0, read.output
    assert labels(folder)[:6] == [
        *(Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_FOUND, Label.UNCLEAR, Label.CONTRADICTED),
        None,
    ]


def test_nothing_of_what_the_checker_said_is_printed(folder: Path) -> None:
    """The verdict of every claim is contradicted, with a risk of 0.93."""
    read = run(folder, "label", typed="q\n")
    assert "Hotel" in read.output
    assert "0.93" not in read.output
    assert "93" not in read.output
    assert "ontradicted" not in read.output


def test_what_reviewers_said_is_taken_over_when_asked_for(folder: Path) -> None:
    with Library.open(folder) as library:
        third = work_of(library, present_verifier()).items[2].answer_id
        review.label_claim(library, AnswerId(third), 0, Verdict.NOT_FOUND, who="Bea")
    run(folder, "label", typed="q\n")
    assert labels(folder) == [None] * COUNT
    read = run(folder, "label", "--reviewed", typed="q\n")
    assert "taken over from reviews: 1" in read.output
    assert labels(folder)[2] is Label.NOT_FOUND
