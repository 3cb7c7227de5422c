"""Tables in two documents that say different things of the same row."""

from __future__ import annotations

import pytest

from core.types import Place, Relation, Verdict
from core.verify.conflicts import conflict
from core.verify.evidence import Window
from core.verify.features import Findings
from core.verify.quotes import evidence_of
from core.verify.rules import align
from core.verify.verdicts import reasons_of, verdict_of

HEADER = "Model | Name | Range | Price GBP | From 10 GBP"
OLD = "KP-200 | Probe | 0 to 10 bar | 280.00 | 260.00\nKP-200H | Probe | 0 to 10 bar | 296.00 | 275.00\n"
NEW = "KP-200 | Probe | 0 to 10 bar | 280.00 | 260.00\nKP-200H | Probe | 0 to 10 bar | 315.00 | 293.00\n"


def window(name: str, text: str, header: str | None = HEADER) -> Window:
    place = Place(name, name * 8, sheet="Sensors")
    return Window(text, 100, 100 + len(text), 0.5, place=place, header=header)


def found(claim: str, *windows: Window, question: str | None = None) -> Findings:
    aligned = align(claim, question, windows)
    return Findings(claim, tuple(range(len(claim))), question, windows, aligned, (), (), None)


TWO = (window("prices_2024.xlsx", OLD), window("prices_2025.xlsx", NEW))


@pytest.mark.parametrize(
    ("claim", "supporting"),
    [
        ("The price of the KP-200H is £296.", "prices_2024.xlsx"),
        ("The price of the KP-200H is 315.00 GBP.", "prices_2025.xlsx"),
        ("KP-200H的单价为296英镑。", "prices_2024.xlsx"),
    ],
)
def test_both_rows_are_told_with_their_places(claim: str, supporting: str) -> None:
    findings = found(claim, *TWO)
    assert verdict_of(findings, 0.1) is Verdict.CONFLICTING
    first, second = evidence_of(findings, Verdict.CONFLICTING)
    assert (first.relation, second.relation) == (Relation.SUPPORTS, Relation.CONTRADICTS)
    assert first.place is not None
    assert first.place.document == supporting
    assert first.text.startswith("KP-200H |")
    text = {"prices_2024.xlsx": OLD, "prices_2025.xlsx": NEW}[supporting]
    assert text[first.start - 100 : first.end - 100] == first.text
    assert reasons_of(findings, Verdict.CONFLICTING, 0.5)[0].code == "supported_and_contradicted"


@pytest.mark.parametrize(
    "claim",
    [
        "The price of the KP-200 is £280.",  # both say so
        "The price of the KP-200 is £296.",  # the value of another row
        "The price of the KP-300 is £296.",  # no such row
        "In the price list 2024 the KP-200H costs £296.",  # says which list
        "The KP-200H is a probe.",  # no value
        "Prices begin at £296.",  # no key
    ],
)
def test_what_is_no_conflict(claim: str) -> None:
    assert conflict(found(claim, *TWO)) is None


def test_the_question_may_say_which_document_is_meant() -> None:
    question = "What does the KP-200H cost in the list of 2025?"
    assert conflict(found("The KP-200H costs £315.", *TWO, question=question)) is None
    assert conflict(found("The KP-200H costs £315.", *TWO)) is not None


def test_other_columns_are_other_things() -> None:
    other = window(
        "stock.xlsx", "KP-200H | Probe | 0 to 10 bar | 12 | 40\n", "Model | Name | Range | Stock | Order"
    )
    assert conflict(found("The KP-200H costs £296.", TWO[0], other)) is None


def test_one_document_does_not_disagree_with_itself() -> None:
    twice = window("prices_2024.xlsx", OLD + NEW)
    assert conflict(found("The KP-200H costs £296.", twice, twice)) is None
