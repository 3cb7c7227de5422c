"""Answers of local models: right, contradicted and not found by what was done to the evidence."""

from __future__ import annotations

import random

import pytest

from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, Row
from training.made import local
from training.sources import Windows

BRIDGE = (
    "The bridge at Corven was opened in 1884. It was rebuilt after the flood, and tolls were dropped then."
)
MILL = "The mill at Tarn was built in 1921 by the Hollis family. It grinds oats for the whole valley."


def row(written: str, passage: str = BRIDGE, answer: str = "1884") -> Row:
    return {
        "id": written, "lang": "en", "question": "When was it opened?", "answer": answer,
        "passage": passage, "written": written,
    }  # fmt: skip


def made(*answers: Row) -> list[tuple[str, str, int]]:
    rng = random.Random(1)
    found = local.examples(list(answers), Windows(None, rng), rng)
    return [(example.claim, example.evidence, example.label) for example in found]


def test_the_evidence_is_kept_edited_or_taken_away() -> None:
    bridge = row("The bridge was opened in 1884.")
    mill = row("The mill was built in 1921.", MILL, "1921")
    for seed in range(20):
        rng = random.Random(seed)
        found = [
            e for e in local.examples([bridge, mill], Windows(None, rng), rng) if e.claim == bridge["written"]
        ]
        for example in found:
            assert ("1884" in example.evidence) is (example.label == ENTAILED)
            assert ("opened in 1921" in example.evidence) is (example.label == CONTRADICTED)
            assert ("mill" in example.evidence) is (example.label == NOT_FOUND)
        if found:
            assert [e.claim[a:b] for e in found[1:2] for a, b in e.spans or ()] == ["1884"]
            return
    pytest.fail("nothing was made")


@pytest.mark.parametrize(
    "written",
    [
        "The bridge was opened in 1885.",
        "The bridge was opened in 1884 and rebuilt in 1903.",
        "The bridge was opened in 1884. It is a fine bridge.",
        "The documents do not say.",
    ],
)
def test_what_nobody_can_label_is_left_out(written: str) -> None:
    assert [m for m in made(row(written), row("Built in 1921.", MILL, "1921")) if m[0] == written] == []
