"""Answers into claims: a corpus of awkward cases, both languages."""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.verify.claims import ClaimKind, split

CLAIM, HEADING, REFUSAL = ClaimKind.CLAIM, ClaimKind.HEADING, ClaimKind.REFUSAL

PIECES = [
    # abbreviations, initials, decimals, addresses
    ("Dr. Smith joined Acme Inc. in 2020. He left.", ["Dr. Smith joined Acme Inc. in 2020.", "He left."]),
    ("It grew 2.1% vs. 3.4% before.", ["It grew 2.1% vs. 3.4% before."]),
    ("J. R. R. Tolkien wrote it. It sold well.", ["J. R. R. Tolkien wrote it.", "It sold well."]),
    ("See Sec. 4.2 of the contract, e.g. the annex.", ["See Sec. 4.2 of the contract, e.g. the annex."]),
    (
        "Open https://intra.example.org/a.html?page=2 first.",
        ["Open https://intra.example.org/a.html?page=2 first."],
    ),
    (
        "It is run by Acme Co. Ltd. The office is in Leeds.",
        ["It is run by Acme Co. Ltd.", "The office is in Leeds."],
    ),
    ("The meeting starts at 9 a.m. Bring your badge.", ["The meeting starts at 9 a.m.", "Bring your badge."]),
    (
        "Use report.v2.pdf, not report.pdf. It is newer.",
        ["Use report.v2.pdf, not report.pdf.", "It is newer."],
    ),
    # quotes, brackets, ellipsis
    ('He said "It is late. Go home." Then he left.', ['He said "It is late.', 'Go home."', "Then he left."]),
    ("They waited... and went on. Done!", ["They waited... and went on.", "Done!"]),
    ("The cap (see Art. 5. It matters.) is 10 days.", ["The cap (see Art. 5. It matters.) is 10 days."]),
    # short answers join what they answer
    ("Yes. Staff may fly business class.", ["Yes. Staff may fly business class."]),
    ("Certainly. Staff may fly business.", ["Certainly. Staff may fly business."]),
    ("No, unpaid leave does not count.", ["No, unpaid leave does not count."]),
    ("Yes.", ["Yes."]),
    # clauses that stand alone
    (
        "Leave is 25 days per year; unused days lapse in March.",
        ["Leave is 25 days per year;", "unused days lapse in March."],
    ),
    ("Apples; pears; plums.", ["Apples; pears; plums."]),
    # lists and wrapped lines
    ("1. Fill in the form.\n2. Send it to HR.", ["Fill in the form.", "Send it to HR."]),
    ("- 25 days of leave\n* 10 sick days", ["25 days of leave", "10 sick days"]),
    (
        "The policy covers all permanent employees and contractors who\nwork more than 20 hours. It does not cover interns.",
        [
            "The policy covers all permanent employees and contractors who\nwork more than 20 hours.",
            "It does not cover interns.",
        ],
    ),
    # Chinese
    ("年假为5天。病假为10天！", ["年假为5天。", "病假为10天！"]),
    ("根据第3.2条，租金为5,000.50元。", ["根据第3.2条，租金为5,000.50元。"]),
    ("不一定。单位和个人无偿转让货物视同应税交易。", ["不一定。单位和个人无偿转让货物视同应税交易。"]),
    ("员工每年享有十天年假；病假须提供医院证明。", ["员工每年享有十天年假；", "病假须提供医院证明。"]),
    ("合同写明“逾期付款。须付利息。”并无例外。", ["合同写明“逾期付款。须付利息。”", "并无例外。"]),
    ("（一）提交申请表；\n（二）等待经理批准。", ["提交申请表；", "等待经理批准。"]),
    ("1、先登记。\n2、再付款。", ["先登记。", "再付款。"]),
    ("他说了很多……然后离开。", ["他说了很多……", "然后离开。"]),
    # mixed scripts
    ("使用 v2.3.1 版本。Install it with pip.", ["使用 v2.3.1 版本。", "Install it with pip."]),
    ("SLA 为 99.9%。超出部分按 Section 4.1 处理。", ["SLA 为 99.9%。", "超出部分按 Section 4.1 处理。"]),
]


@pytest.mark.parametrize(("answer", "expected"), PIECES)
def test_pieces(answer: str, expected: list[str]) -> None:
    assert [draft.text for draft in split(answer)] == expected


KINDS = [
    ("Hello!", ClaimKind.GREETING),
    ("You're welcome.", ClaimKind.GREETING),
    ("Thank you for your question!", ClaimKind.GREETING),
    ("您好！", ClaimKind.GREETING),
    ("希望以上信息对您有所帮助。", ClaimKind.GREETING),
    ("感谢您的提问。", ClaimKind.GREETING),
    ("Dear Mr. Hallam-Roy,", ClaimKind.GREETING),
    ("Thank you for your questions about service agreement SC-2025-041.", ClaimKind.GREETING),
    ("With kind regards,", ClaimKind.GREETING),
    ("感谢贵公司对服务合同KSM-FW-2025-018的关注，现将有关要点答复如下。", ClaimKind.GREETING),
    ("Thank you for paying the fee of £500.", ClaimKind.CLAIM),
    ("Dear customers pay 20 euros.", ClaimKind.CLAIM),
    ("感谢您支付500元服务费。", ClaimKind.CLAIM),
    ("What is your employee number?", ClaimKind.QUESTION),
    ("您的工号是多少？", ClaimKind.QUESTION),
    ("I think the policy is generous.", ClaimKind.OPINION),
    ("我认为这项规定比较合理。", ClaimKind.OPINION),
    ("Please let me know if you have any other questions.", ClaimKind.INSTRUCTION),
    ("If you have any further questions, ask me.", ClaimKind.INSTRUCTION),
    ("如有其他疑问，请随时联系我。", ClaimKind.INSTRUCTION),
    ("请咨询专业律师。", ClaimKind.INSTRUCTION),
    ("It depends.", ClaimKind.HEDGE),
    ("以上内容仅供参考。", ClaimKind.HEDGE),
    ("具体以合同为准。", ClaimKind.HEDGE),
    ("# Travel policy", HEADING),
    ("**Leave entitlement:**", HEADING),
    ("Here is a summary of the passage:", HEADING),
    ("总结如下：", HEADING),
    ("The documents do not mention a dress code.", REFUSAL),
    ("I could not find this in the provided documents.", REFUSAL),
    ("Unable to answer based on given passages.", REFUSAL),
    ("There is no information about parking in the handbook.", REFUSAL),
    ("This is not specified in the contract.", REFUSAL),
    ("文档中未提及加班费的标准。", REFUSAL),
    ("抱歉，未在资料中找到相关内容。", REFUSAL),
    ("根据现有资料无法确定租金数额。", REFUSAL),
    ("没有相关信息。", REFUSAL),
    # claims that look like something else
    ("Hello Kitty is a trademark of Sanrio.", CLAIM),
    ("Please submit the form to HR within 5 days.", CLAIM),
    ("Thanks to the new policy, staff get 30 days.", CLAIM),
    ("The contract does not allow subletting.", CLAIM),
    ("The passage does not mention parking, but the annex grants every tenant two spaces.", CLAIM),
    ("请在五日内向人事部提交申请。", CLAIM),
    ("员工不得将设备带出公司。", CLAIM),
    (
        "文件未提及停车位，但附件规定每户可使用两个车位并免收第一年的费用和管理费用，超出部分另行收费，每月三百元起，由物业统一收取。",
        CLAIM,
    ),
    ("Certainly.", CLAIM),
    ("The rate is $200 per foot, and for the others the passages do not mention a price at all.", CLAIM),
    ("The passages don't mention the time, so it is advisable to cook the pork for two hours.", CLAIM),
    ("Jaime Meline", CLAIM),
    ("1997", CLAIM),
]


@pytest.mark.parametrize(("answer", "kind"), KINDS)
def test_kinds(answer: str, kind: ClaimKind) -> None:
    drafts = split(answer)
    assert [draft.kind for draft in drafts] == [kind]
    assert drafts[0].checkable is (kind is CLAIM)


def test_table_rows_carry_their_header() -> None:
    drafts = split("| Grade | Limit |\n|---|---|\n| A | 200 EUR |\n| B | 150 EUR |\n")
    assert [draft.kind for draft in drafts] == [HEADING, HEADING, CLAIM, CLAIM]
    assert drafts[3].text == "B | 150 EUR"
    assert drafts[3].before is not None
    assert "Grade" in drafts[3].before


def test_list_items_carry_the_line_that_leads_them_in() -> None:
    drafts = split("Managers must approve in writing the following purchases:\n- laptops\n- phones")
    assert [draft.text for draft in drafts if draft.checkable][-2:] == ["laptops", "phones"]
    assert all("approve" in (draft.before or "") for draft in drafts[1:])


def test_a_claim_carries_the_one_before_it() -> None:
    first, second = split("该公司成立于1998年。其总部位于深圳。")
    assert first.before is None
    assert second.before == first.text


def test_code_is_one_piece_whatever_it_holds() -> None:
    answer = "Run this:\n```sh\npip install x. y\n\nls\n```\nIt takes a minute."
    assert [draft.text for draft in split(answer)][1:] == [
        "```sh\npip install x. y\n\nls\n```",
        "It takes a minute.",
    ]


def test_an_unclosed_fence_is_not_lost() -> None:
    assert split("```\nrm -rf x")[0].text == "```\nrm -rf x"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab 1.。,，;；!?？\n|#*-`“”()（）:：年第条\t")), max_size=120))
def test_every_meaningful_character_lies_in_exactly_one_piece(answer: str) -> None:
    drafts = split(answer)
    ends = [0, *(draft.end for draft in drafts)]
    assert all(draft.text == answer[draft.start : draft.end] for draft in drafts)
    assert all(draft.start >= before for draft, before in zip(drafts, ends, strict=False))
    covered = {at for draft in drafts for at in range(draft.start, draft.end)}
    left = "".join(char for at, char in enumerate(answer) if at not in covered)
    assert not set(left) & set("年第条")


@pytest.mark.parametrize(
    ("letter", "signer"),
    [
        ("The fee is £90.\n\nWith kind regards,\nKestrelmont Instruments Ltd", "Kestrelmont Instruments Ltd"),
        ("Paid.\n\nYours sincerely,\nMara Lindqvist\nHead of Sales", "Head of Sales"),
        ("年费为九十元。\n\n此致\n敬礼\n\n科思蒙仪器（苏州）有限公司", "科思蒙仪器（苏州）有限公司"),
    ],
)
def test_who_signs_a_letter_states_nothing(letter: str, signer: str) -> None:
    last = split(letter)[-1]
    assert last.text == signer
    assert last.kind is ClaimKind.SIGNATURE
    assert not last.checkable


@pytest.mark.parametrize(
    "letter",
    [
        "With kind regards,\nRefunds take ten days",
        "With kind regards,\nKestrelmont pays 30 days later",
        "With kind regards,\nRefunds Are Not Available",
        "With kind regards,\nClaim Denied",
        "With kind regards,\nFree Delivery Included",
        "此致\n敬礼\n\n本公司不予退款",
        "此致\n敬礼\n\n全部责任归贵公司",
        "此致\n敬礼\n\n退款责任全在贵公司",
        "此致\n敬礼\n\n十日内退款至贵公司账上",
        "Kestrelmont Instruments Ltd",
    ],
)
def test_a_statement_cannot_hide_below_a_greeting(letter: str) -> None:
    assert split(letter)[-1].checkable
