"""Rules between a claim and its evidence: what they find, and what they must leave alone."""

# ruff: noqa: E501 - cases stay whole

from __future__ import annotations

import pytest

from core.verify.rules import Rule, RuleHit, align, run_rules
from core.verify.sources import ContextSource
from core.verify.verifier import Verifier


def hits(claim: str, *contexts: str, question: str | None = None) -> tuple[RuleHit, ...]:
    source = ContextSource(contexts)
    windows = source.windows(claim, question, 3)
    return run_rules(claim, question, windows, align(claim, question, windows), source.texts())


def codes(claim: str, *contexts: str, question: str | None = None) -> set[Rule]:
    return {hit.rule for hit in hits(claim, *contexts, question=question)}


LEAVE = "Permanent staff receive thirty days of paid leave a year. Interns receive ten days. Requests go to the line manager."
SALES = "Region | 2023 | 2024\nNorth | 19,437 | 21,380\nSouth | 4,206 | 4,860"

FOUND = [
    ("Permanent staff receive 45 days of paid leave a year.", LEAVE, Rule.VALUE_DIFFERS),
    ("正式员工每年享有四十天带薪年假。", "正式员工每年享有30天带薪年假。", Rule.VALUE_DIFFERS),
    ("罚款为10元。", "违反规定的，处罚款10万元。", Rule.VALUE_DIFFERS),
    ("应当在十个工作日内提出申请。", "应当在十日内提出申请。", Rule.UNIT_DIFFERS),
    ("Between ten and fourteen weeks.", "The owner has 10-14 days to file the notice.", Rule.UNIT_DIFFERS),
    ("备案内容有变更的，二十个工作日内办理变更手续。", "上线之日起二十个工作日内办理备案。备案内容发生变更的，应当在十个工作日内办理变更手续。", Rule.VALUE_MISPLACED),
    ("The deposit is €500.", "The deposit is $500.", Rule.UNIT_DIFFERS),
    ("The contract ends on 20 March 2025.", "The contract ends on 20 March 2026.", Rule.DATE_DIFFERS),
    ("The office opened in 1987.", "The office in Leeds has forty desks.", Rule.DATE_MISSING),
    ("Staff pay 700 euros for parking.", LEAVE, Rule.VALUE_MISSING),
    ("根据第十五条，由用人单位缴纳。", "第五十三条 由用人单位缴纳生育保险费。", Rule.CODE_DIFFERS),
    ("Send the form to it@acme.com.", "Send the form to hr@acme.com.", Rule.CODE_DIFFERS),
    ("Requests go to Barbara Schmidt.", LEAVE, Rule.NAME_MISSING),
    ("适用《公司法》的规定。", "适用《劳动法》的规定。", Rule.NAME_MISSING),
    ('The policy says "all interns may work from any country they like".', LEAVE, Rule.QUOTE_MISSING),
    ("Unused leave is paid out at year end.", "Unused leave is not paid out at year end.", Rule.NEGATION_DIFFERS),
    ("承租人可以将房屋转租给第三人。", "承租人不得将房屋转租给第三人。", Rule.MODALITY_DIFFERS),
    ("Visitors must sign the register.", "Visitors may sign the register.", Rule.MODALITY_DIFFERS),
    ("All employees receive a bonus in December.", "Some employees receive a bonus in December.", Rule.QUANTITY_DIFFERS),
    ("全部员工均参加培训。", "部分员工参加培训。", Rule.QUANTITY_DIFFERS),
    ("Fees are due before delivery.", "Fees are due after delivery.", Rule.DIRECTION_DIFFERS),
    ("营业收入同比下降。", "营业收入同比增长。", Rule.DIRECTION_DIFFERS),
    ("Notice is at least 30 days.", "Notice is at most 30 days.", Rule.BOUND_DIFFERS),
    ("The manager of the Leeds office approves every travel request.", "The director of the Leeds office approves every travel request.", Rule.WORDS_EXCHANGED),
    ("审计署负责制定军队审计的具体规定和办法。", "中央军委负责制定军队审计的具体规定和办法，并公布。", Rule.WORDS_EXCHANGED),
    ("The licence may be transferred to others.", "The licence may be transferred to others unless the owner objects.", Rule.EXCEPTION_MISSING),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "context", "rule"), FOUND)
def test_found(claim: str, context: str, rule: Rule) -> None:
    assert rule in codes(claim, context)


LEFT_ALONE = [
    ("Permanent staff get 30 days of paid leave each year.", LEAVE),
    ("Interns get 10 days.", LEAVE),
    ("正式员工每年享有三十日带薪年假。", "正式员工每年享有30天带薪年假。"),
    ("The notice period is one month.", "The notice period is 30 days."),
    ("Sales in the north were $19.4 million in 2023.", f"(in thousands of dollars)\n{SALES}"),
    ("Both regions together sold 23,643 in 2023.", SALES),
    ("The south grew by 15.5%.", SALES),
    ("The employee works 35 hours a week.", '{"name": "R. K.", "weekly_hours": 35}'),
    ("Revenue rose by more than 9%.", "Revenue rose by 9.3%."),
    ("Acme's HR keeps the file.", "The Human Resources of Acme keep the file."),
    ("The shop is in Austin, Texas.", "The shop is at 5 Elm St, Austin, TX."),
    ("As Passage 2 says, leave requests go to the manager.", LEAVE),
    ("The 3rd request goes to the manager.", LEAVE),
    ("一般由统一的部门负责。", "由部门统一负责。"),
    (
        "Termination needs five days' written notice.",
        "Either party may terminate upon five (5) days written notice.",
    ),
    ("利润约占六成。", "利润占比为59.3%。"),
    ('It says "requests go to the line  manager".', LEAVE),
    ("员工不得转租。", "禁止员工转租。"),
]


@pytest.mark.parametrize(("claim", "context"), LEFT_ALONE)
def test_left_alone(claim: str, context: str) -> None:
    weak = {Rule.COUNT_MISSING, Rule.WORDS_EXCHANGED}  # may be reckoned; may be synonyms
    assert codes(claim, context) <= weak


def test_a_hit_names_both_values_and_where_the_other_stands() -> None:
    context = "Intro. " + LEAVE
    hit = next(hit for hit in hits("Interns receive 12 days.", context) if hit.rule is Rule.VALUE_DIFFERS)
    assert hit.params == {"claim": "12 days", "evidence": "ten days"}
    assert hit.contradicts
    assert hit.at is not None
    window = ContextSource([context]).windows("Interns receive 12 days.", None, 3)[0]
    assert window.text[slice(*hit.at)] == "ten days"


def test_a_value_of_the_question_is_no_news() -> None:
    question = "Is a company with sales of 480 million a small one?"
    assert Rule.VALUE_MISSING not in codes(
        "With 480 million it is one.", "Small ones sell below 500 million.", question=question
    )


def test_a_value_far_from_its_subject_is_told_apart_from_one_that_is_nowhere() -> None:
    source = ContextSource(["Parking costs nothing for staff.", "The fine is 700 euros."])
    claim = "Parking costs 700 euros for staff."
    near = [window for window in source.windows(claim, None, 2) if window.context_index == 0]
    found = run_rules(claim, None, near, align(claim, None, near), source.texts())
    assert [hit.rule for hit in found] == [Rule.VALUE_ELSEWHERE]


def test_support_from_another_document_than_the_question_names_is_told() -> None:
    acme = "Master agreement with Acme\nThe notice period is three months."
    bolt = "Master agreement with Bolt\nPayment is due in thirty days."
    question = "What is the notice period in the Bolt contract?"
    assert Rule.SUBJECT_DIFFERS in codes("The notice period is three months.", acme, bolt, question=question)
    right = "What is the notice period in the Acme contract?"
    assert Rule.SUBJECT_DIFFERS not in codes("The notice period is three months.", acme, bolt, question=right)


def test_names_in_other_scripts_are_not_compared() -> None:
    assert Rule.NAME_MISSING not in codes("It is Marvel's Atlas of Wonders.", "Atlas of Wonders, by Marvel.")
    assert Rule.NAME_MISSING not in codes("The seller is Beijing Trading.", "卖方为北京贸易公司。")


def test_rules_do_not_depend_on_width_or_script() -> None:
    simplified = codes("正式员工每年享有45天带薪年假。", "正式员工每年享有30天带薪年假。")
    assert codes("正式員工每年享有４５天帶薪年假。", "正式员工每年享有30天带薪年假。") == simplified


def test_the_number_of_a_clause_is_no_exchanged_word() -> None:
    source = ContextSource(
        ["第五条 费用\n5.1 校准每年一次。 5.2 年服务费为人民币286,000元，分两期支付，每期于季初支付。"]
    )
    claim = "每年服务费为人民币286,000元，分三期支付，每期于季初支付。"
    windows = source.windows(claim, None, 2)
    hits = run_rules(claim, None, windows, align(claim, None, windows), source.texts())
    assert not any("5.2" in str(hit.params) for hit in hits if hit.rule is Rule.WORDS_EXCHANGED)


SERIES = (
    "The KP-200 has an accuracy of 0.25 % of full scale. The selected version KP-200H reaches 0.1 %. The long-term "
    "drift is at most 0.3 % a year.",
    "价格表\nKG-10：网关，含税单价2,380.00元。\nKG-10C：网关，含税单价2,980.00元。",
)


@pytest.mark.parametrize(
    ("claim", "hit"),
    [
        ("The KP-200H has an accuracy of 0.25 %.", ("0.25 %", "KP-200", "0.1 %")),
        ("KG-10C网关的含税单价是2,380.00元。", ("2,380.00元", "KG-10", "2,980.00元")),
        ("The KP-200H has an accuracy of 0.1 %.", None),
        ("The KP-200 has an accuracy of 0.25 %.", None),
        ("The KP-200H drifts by 0.3 % a year.", None),  # it stands beside no code: whose it is cannot be told
        ("The accuracy is 0.25 %.", None),
    ],
)
def test_a_value_of_another_code_is_told_with_its_owner(claim: str, hit: tuple[str, ...] | None) -> None:
    source = ContextSource(SERIES)
    windows = source.windows(claim, None, 3)
    hits = run_rules(claim, None, windows, align(claim, None, windows), source.texts())
    found = [tuple(h.params.values()) for h in hits if h.rule is Rule.VALUE_OF_ANOTHER]
    assert found == ([hit] if hit else [])


RECEIPTS = "Above which amount must receipts be kept for other travel expenses?"


@pytest.mark.parametrize(
    ("claim", "contexts", "off_topic"),
    [
        (
            "The answer is: 20.",
            ("Receipts must be kept for travel expenses above $75.", "We met 20 times."),
            True,
        ),
        (
            "The answer is: 20.",
            ("Receipts must be kept for travel expenses above $20.", "We met 20 times."),
            False,
        ),
        (
            "The answer is: 20.",
            ("Receipts must be kept for travel expenses above $75.", "We met 30 times."),
            False,
        ),
        (
            "We met 20 times.",
            ("Receipts must be kept for travel expenses above $75.", "We met 20 times."),
            False,
        ),
        ("20", ("We met 20 times.",), False),
    ],
)
def test_a_bare_value_needs_a_passage_about_the_question(
    claim: str, contexts: tuple[str, ...], off_topic: bool
) -> None:
    source = ContextSource(contexts)
    found = Verifier(None).findings(claim, source, RECEIPTS)
    assert any(hit.rule is Rule.SUBJECT_DIFFERS for one in found for hit in one.hits) is off_topic
