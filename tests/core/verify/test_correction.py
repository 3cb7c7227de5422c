from __future__ import annotations

import pytest

from core.types import Claim, Evidence, Reason, Relation, Verdict
from core.verify.correction import corrected, corrections


def claim_of(
    text: str,
    quotes: tuple[str, ...],
    *reasons: Reason,
    verdict: Verdict = Verdict.CONTRADICTED,
    start: int = 0,
    relation: Relation = Relation.CONTRADICTS,
) -> Claim:
    evidence = tuple(Evidence(relation, quote, 0, len(quote), 0.9, context_index=0) for quote in quotes)
    return Claim(start, start + len(text), text, verdict, 0.9, reasons, (), evidence)


def differs(old: str, new: str, code: str = "value_differs") -> Reason:
    return Reason(code, {"claim": old, "evidence": new})


@pytest.mark.parametrize(
    ("claim", "quote", "reason", "becomes"),
    [
        (
            "The annual fee is £36,900.",
            "5.1 The annual fee is £38,400, excluding VAT.",
            differs("£36,900", "£38,400", "value_differs_on_page"),
            "The annual fee is £38,400.",
        ),
        (
            "年度服务费为268,000元，分两期支付。",
            "5.1 年度服务费为286,000元（大写：贰拾捌万陆仟元整）。",
            differs("268,000元", "286,000元", "value_differs_in"),
            "年度服务费为286,000元，分两期支付。",
        ),
        (
            "It takes effect on 1 May 2024.",
            "This contract takes effect on 1 May 2025.",
            differs("1 May 2024", "1 May 2025", "date_differs"),
            "It takes effect on 1 May 2025.",
        ),
    ],
)
def test_a_value_is_replaced_by_the_one_that_the_evidence_states(
    claim: str, quote: str, reason: Reason, becomes: str
) -> None:
    made = claim_of(claim, (quote,), reason, start=7)
    found = corrections(made)
    assert corrected("Listen " + claim, found) == "Listen " + becomes
    assert found[0].evidence.text == quote


def test_two_wrong_values_of_one_claim_are_corrected_together() -> None:
    text = "We come within 6 hours and pay 5% back."
    quote = "We come within 4 hours and pay 8% back."
    found = corrections(claim_of(text, (quote,), differs("6 hours", "4 hours"), differs("5%", "8%")))
    assert corrected(text, found) == quote


@pytest.mark.parametrize(
    ("why", "claim"),
    [
        (
            "documents disagree",
            claim_of("£5 a day.", ("£6 a day.",), differs("£5", "£6"), verdict=Verdict.CONFLICTING),
        ),
        ("no evidence is shown", claim_of("£5 a day.", (), differs("£5", "£6"))),
        ("the evidence shown does not hold the value", claim_of("£5 a day.", ("£7.",), differs("£5", "£6"))),
        (
            "it only supports",
            claim_of("£5 a day.", ("£6.",), differs("£5", "£6"), relation=Relation.SUPPORTS),
        ),
        (
            "two values could be meant",
            claim_of("£5 a day.", ("£6 or £7.",), differs("£5", "£6"), differs("£5", "£7")),
        ),
        ("the value stands twice", claim_of("£5 today, £5 then.", ("£6 today.",), differs("£5", "£6"))),
        (
            "it would need translating",
            claim_of(
                "The fee is 268,000 yuan.",
                ("费用为人民币286,000元。",),
                differs("268,000 yuan", "人民币286,000元"),
            ),
        ),
        (
            "it would need translating back",
            claim_of("六小时内到场。", ("On site within 4 hours.",), differs("六小时", "4 hours")),
        ),
        (
            "no exact rule found it",
            claim_of(
                "It may be sold.", ("It may not be sold.",), differs("may", "may not", "negation_differs")
            ),
        ),
        (
            "it is part of a longer number",
            claim_of("It costs £50 a day.", ("It costs £6 a day.",), differs("£5", "£6")),
        ),
    ],
)
def test_nothing_is_proposed_where(why: str, claim: Claim) -> None:
    assert corrections(claim) == (), why
