"""The main job on the sample documents, as ``make demo`` runs it."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.model


def test_the_demo_asks_live_checks_the_letter_and_tallies(home: Any) -> None:
    ran = home.run("demo", "--language", "en", "--questions", "1")
    assert ran.code == 0
    assert "SmolLM2-135M" in ran.out
    assert "letter_en.md" in ran.out
    assert "Tally of 1 answers" in ran.out
    assert home.run("audit", "verify", "--library", home.path / "demo-library").code == 0


def test_the_letters_wrong_number_and_invented_clause_do_not_pass(home: Any) -> None:
    home.run("demo", "--language", "en", "--questions", "0")
    rows = home.run("audit", "list", "--library", home.path / "demo-library", "--json").json()
    assert [row["decision"] for row in rows] == ["held"]
    [record] = home.run("audit", "show", rows[0]["id"], "--library", home.path / "demo-library").json()
    verdicts = {
        claim["text"]: claim["verdict"] for claim in json.loads(record["texts"]["content"])["check"]["claims"]
    }
    for caught in ("6 hours", "14 days"):
        [verdict] = [verdict for text, verdict in verdicts.items() if caught in text]
        assert verdict not in ("supported", "no_claim")
