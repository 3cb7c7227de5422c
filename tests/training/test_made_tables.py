"""Claims about tables: right ones are right, wrong ones are not, in both languages."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from core.language import detect_language
from core.types import Language
from core.verify.tables import tables
from training.examples import CONTRADICTED, ENTAILED, Example
from training.made import tables as made
from training.made.drawn_tables import drawn
from training.made.table_claims import changed_over_time, extreme

TABLE = """Sales
Region | City | 2022 | 2023
North | Oslo | 1,200 | 1,500
South | Graz | 800 | 600
West | Oslo | 1,000 | 1,100"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    data: Path = tmp_path_factory.mktemp("data")
    for name in made.REAL:
        row = {"context": [TABLE]} if name == "tatqa_gold" else {"premise": TABLE}
        with gzip.open(data / f"{name}.train.jsonl.gz", "wt", encoding="utf-8") as out:
            out.write(json.dumps(row))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "DRAWN", 60)
        return list(made.examples(data, random.Random(3)))


def test_right_and_wrong_claims_come_in_pairs(found: list[Example]) -> None:
    assert len(found) > 300
    for right, wrong in zip(found[::2], found[1::2], strict=True):
        assert (right.label, wrong.label) == (ENTAILED, CONTRADICTED)
        assert right.claim != wrong.claim
        assert right.group == wrong.group


def test_both_languages_are_claimed_on_tables_of_both(found: list[Example]) -> None:
    kinds = {(detect_language(one.claim), detect_language(one.evidence)) for one in found}
    assert {(a, b) for a in Language for b in Language} <= kinds


def test_marked_words_are_those_that_differ(found: list[Example]) -> None:
    marked = 0
    for right, wrong in zip(found[::2], found[1::2], strict=True):
        for start, end in wrong.spans or ():
            marked += 1
            said = wrong.claim[start:end]
            assert said
            assert wrong.claim.count(said) == 1 or said not in right.claim
    assert marked > 100


def test_claims_about_the_largest_hold_in_the_table() -> None:
    table = tables(TABLE)[0]
    rng = random.Random(5)
    said = [one for _ in range(60) if (one := extreme(table, rng)) is not None]
    assert said
    for one in said:
        name, column = one.right
        at = table.columns.index(column)
        cells = {row[0]: float(row[at].replace(",", "")) for row in table.rows}
        best = max if "highest" in one.en or "largest" in one.en or "higher" in one.en else min
        assert cells[name] == best(cells.values())


def test_changes_over_time_are_reckoned_from_the_earlier_year() -> None:
    table = tables(TABLE)[0]
    rng = random.Random(7)
    said = [one for _ in range(200) if (one := changed_over_time(table, rng)) is not None]
    shares = {
        (one.right[0], one.right[3]) for one in said if len(one.right) == 4 and one.right[3].endswith("%")
    }
    assert shares <= {
        (name, f"{share:.{digits}f}%")
        for name, share in (("North", 25.0), ("South", 25.0), ("West", 10.0))
        for digits in (0, 1, 2)
    }
    assert shares


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_drawn_table_reads_as_one(lang: str) -> None:
    for seed in range(20):
        table = tables(drawn(lang, random.Random(seed)))
        assert len(table) == 1
        assert table[0].numeric
