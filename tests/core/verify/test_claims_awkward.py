"""More awkward answers: what splits wrongly when one thinks of tidy prose only, and what must stay a claim."""

# ruff: noqa: E501 - cases stay whole, so that they can be read and compared

from __future__ import annotations

import pytest

from core.verify.claims import ClaimKind, split

ENGLISH = [
    # abbreviations, initials, decimals, names with marks
    ("The fee is approx. 5% p.a. and rises yearly.", ["The fee is approx. 5% p.a. and rises yearly."]),
    ("Mr. J. Smith Jr. signed on Jan. 5. It took effect then.", ["Mr. J. Smith Jr. signed on Jan. 5.", "It took effect then."]),
    ("Clause no. 7 applies. See pp. 12-14 of vol. 2.", ["Clause no. 7 applies.", "See pp. 12-14 of vol. 2."]),
    ("The rule (cf. Art. 4 para. 2) is strict. It has no exception.", ["The rule (cf. Art. 4 para. 2) is strict.", "It has no exception."]),
    ("Prof. Dr. Lee, Ph.D., teaches at St. John's. She writes.", ["Prof. Dr. Lee, Ph.D., teaches at St. John's.", "She writes."]),
    ("Items incl. VAT cost 5 euros. Shipping is free.", ["Items incl. VAT cost 5 euros.", "Shipping is free."]),
    ("The rate fell to .5 percent. It rose later.", ["The rate fell to .5 percent.", "It rose later."]),
    ("The value is 3. The limit is 5.", ["The value is 3.", "The limit is 5."]),
    ("Yahoo! was founded in 1994. It is in California.", ["Yahoo! was founded in 1994.", "It is in California."]),
    ("Node.js is used. ASP.NET is not.", ["Node.js is used.", "ASP.NET is not."]),
    ("The policy is strict.It allows nothing.", ["The policy is strict.", "It allows nothing."]),
    ("Ask booking.Com for a refund.", ["Ask booking.Com for a refund."]),
    # quotes and references
    ('He asked "Why?" and left. She stayed.', ['He asked "Why?" and left.', "She stayed."]),
    ("“Leave is paid.” “It lasts 30 days.”", ["“Leave is paid.”", "“It lasts 30 days.”"]),
    ("The fee is 5 euros[1]. It is yearly.[2] It may rise (see [3]).", ["The fee is 5 euros[1].", "It is yearly.[2]", "It may rise (see [3])."]),
    ("It is due in May.[1][2] It may rise.", ["It is due in May.[1][2]", "It may rise."]),
    # emphasis and code
    ("The answer is **30 days**. **It** is paid.", ["The answer is **30 days**.", "**It** is paid."]),
    ("**Leave is paid.** **Sick pay is not.**", ["**Leave is paid.**", "**Sick pay is not.**"]),
    ("Use `a.b(c)`. It returns `x; y`.", ["Use `a.b(c)`.", "It returns `x; y`."]),
    # marks of lists
    ("(a) Managers approve it.\n(b) Finance pays it.", ["Managers approve it.", "Finance pays it."]),
    ("i. Managers approve it.\nii. Finance pays it.", ["Managers approve it.", "Finance pays it."]),
    ("(i) Managers approve it.\n(ii) Finance pays it.", ["Managers approve it.", "Finance pays it."]),
    ("1.1 Managers approve it.\n1.2 Finance pays it.", ["Managers approve it.", "Finance pays it."]),
    ("2.5 Million people live there.", ["2.5 Million people live there."]),
    ("- [x] The form is filled in.\n- [ ] The form is sent.", ["The form is filled in.", "The form is sent."]),
    ("> The fee is 5 euros.\n> It is paid yearly.", ["The fee is 5 euros.", "It is paid yearly."]),
    ("* 25 days\n  of leave\n* 10 sick days", ["25 days\n  of leave", "10 sick days"]),
    ("The limits are: (1) 5 days of leave; (2) 10 days of sick pay.", ["The limits are: (1) 5 days of leave;", "10 days of sick pay."]),
    ("Step 1: Fill in the form.\nStep 2: Send it to HR.", ["Step 1: Fill in the form.", "Step 2: Send it to HR."]),
    # one statement
    ("Employees, managers, and interns may apply.", ["Employees, managers, and interns may apply."]),
    ("The rent is due monthly, while the deposit is paid once.", ["The rent is due monthly, while the deposit is paid once."]),
]  # fmt: skip

CHINESE = [
    ("该费率约为5%。其中A类为3.5%，B类为4.2%。", ["该费率约为5%。", "其中A类为3.5%，B类为4.2%。"]),
    ("依据《劳动合同法》第39条第（二）项，可以解除合同。无需支付补偿。", ["依据《劳动合同法》第39条第（二）项，可以解除合同。", "无需支付补偿。"]),
    ("他问：“可以吗？”然后离开了。", ["他问：“可以吗？”", "然后离开了。"]),
    ("试用期为三个月，且工资不得低于正式工资的80%。", ["试用期为三个月，且工资不得低于正式工资的80%。"]),
    ("首先，填写申请表。其次，提交给经理。", ["首先，填写申请表。", "其次，提交给经理。"]),
    ("一、租期为三年。\n二、租金按月支付。", ["租期为三年。", "租金按月支付。"]),
    ("一、二级城市的住宿标准为500元。", ["一、二级城市的住宿标准为500元。"]),
    ("1.租期为三年。\n2.租金按月支付。", ["租期为三年。", "租金按月支付。"]),
    ("1．租期为三年。\n2．租金按月支付。", ["租期为三年。", "租金按月支付。"]),
    ("5.1 校准每年一次。\n5.2 费用按年支付。", ["校准每年一次。", "费用按年支付。"]),
    ("3.5 亿元为上年收入。", ["3.5 亿元为上年收入。"]),
    ("1.5 倍工资按月支付。", ["1.5 倍工资按月支付。"]),
    ("(1)租期为三年；\n(2)租金按月支付。", ["租期为三年；", "租金按月支付。"]),
    ("①租期为三年；②租金按月支付。", ["租期为三年；", "租金按月支付。"]),
    ("第一，租期为三年；第二，租金按月支付。", ["第一，租期为三年；", "第二，租金按月支付。"]),
    ("·年假5天\n·病假10天", ["年假5天", "病假10天"]),
    ("公司成立于1998年．总部在深圳．", ["公司成立于1998年．", "总部在深圳．"]),
    ("增长率为3.5％．利润为2亿元．", ["增长率为3.5％．", "利润为2亿元．"]),
    ("价格为￥1,200.00。运费另计。", ["价格为￥1,200.00。", "运费另计。"]),
    ("会议时间为上午9:30。地点在三楼。", ["会议时间为上午9:30。", "地点在三楼。"]),
    ("请登录https://hr.example.cn/a?x=1。然后提交。", ["请登录https://hr.example.cn/a?x=1。", "然后提交。"]),
    ("可以的！员工可以报销。", ["可以的！员工可以报销。"]),
    ("没错。员工可以报销。", ["没错。员工可以报销。"]),
    ("该公司（成立于1998年。总部深圳）是龙头企业。", ["该公司（成立于1998年。总部深圳）是龙头企业。"]),
    ("可以报销吗？可以。须提供发票。", ["可以报销吗？", "可以。须提供发票。"]),
    ("**年假**：5天。**病假**：10天。", ["**年假**：5天。", "**病假**：10天。"]),
    ("年假为五天。[1]病假为十天。[2]", ["年假为五天。[1]", "病假为十天。[2]"]),
    ("本合同自2024.3.1起生效。有效期三年。", ["本合同自2024.3.1起生效。", "有效期三年。"]),
    ("根据ISO 9001:2015标准，每年审核一次。", ["根据ISO 9001:2015标准，每年审核一次。"]),
    ("使用Windows 10。安装Python 3.11。Then run it.", ["使用Windows 10。", "安装Python 3.11。", "Then run it."]),
    ("「年假為五天。」他說。", ["「年假為五天。」", "他說。"]),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), [*ENGLISH, *CHINESE])
def test_pieces(answer: str, expected: list[str]) -> None:
    assert [draft.text for draft in split(answer)] == expected


NO_CLAIM = {
    ClaimKind.GREETING: (
        "Hi there, thanks for reaching out!", "Good question!", "I'd be happy to help you with that.", "I hope this answers your question.",
        "Have a great day!", "Best,", "Cheers,", "To whom it may concern,", "您好，很高兴为您解答。", "很高兴为您服务！", "尊敬的王先生，您好！", "祝您工作顺利！",
    ),
    ClaimKind.REFUSAL: (
        "I do not know.", "I don't know the answer.", "There is not enough information to answer.", "No relevant documents were found.",
        "This question cannot be answered from the given documents.", "It is unclear from the passages whether pets are allowed.", "The documents are silent on this point.",
        "我不知道。", "文件中没有相关规定。", "上述文档未对此作出规定。", "文档里没写。", "抱歉，没有找到。", "无法确定。",
    ),
    ClaimKind.HEDGE: ("I'm not a lawyer.", "I am only an AI assistant.", "以上就是全部内容。", "具体以公司最新规定为准。"),
    ClaimKind.OPINION: ("It seems to me that the policy is fair.", "依我看，规定偏严。"),
    ClaimKind.INSTRUCTION: (
        "We recommend consulting a lawyer.", "You should consult a tax advisor.", "Please contact HR for more information.", "For further details, see the handbook.",
        "如需更多信息，请随时告诉我。", "如有不明之处，欢迎继续提问。", "建议您联系人力资源部。", "详情请参阅员工手册。", "请联系客服了解更多信息。",
    ),
    ClaimKind.QUESTION: ("Is there anything else I can help you with?", "还有什么可以帮您的吗？"),
    ClaimKind.HEADING: ("Note:", "Sure, here is the summary:", "注意：", "尊敬的客户：", "---"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "answer"), [(kind, text) for kind, texts in NO_CLAIM.items() for text in texts]
)
def test_what_asserts_nothing(kind: ClaimKind, answer: str) -> None:
    assert [draft.kind for draft in split(answer)] == [kind]


@pytest.mark.parametrize(
    "answer",
    [
        "The fee cannot be determined in advance.", "Customers do not know when the fee applies.", "There was not enough evidence to convict him.",
        "No such permits are available to visitors under 18.", "The tenant has no information right.", "Best before May 2025.", "Have a day off on Fridays.",
        "Please contact HR by 5 May for approval.", "We recommend a dose of 5 mg.", "You should consult the board within 10 days.", "Contact it@acme.com for access.",
        "Staff are happy to help visitors until 5 p.m.", "I hope the court approves.", "It seems that the fee is 5 euros.", "Good questions earn 5 points.",
        "资料不提前公布。", "本合同没有期限限制。", "经理不知道该费用。", "请联系财务部在5日内付款。", "建议您每年缴费500元。", "尊敬的客户可免费停车。",
        "以上是三年期的利率。", "如需更多假期，须提前30天申请。", "详情请于3月1日前提交。", "法院无法认定该事实，因此驳回起诉。", "该信息不提供给第三方，违者罚款。",
    ],
)  # fmt: skip
def test_a_statement_that_looks_like_none_is_checked(answer: str) -> None:
    assert all(draft.checkable for draft in split(answer))


def test_points_of_a_list_carry_what_leads_them_in() -> None:
    drafts = split("租赁条件如下：\n1.租期为三年。\n2.租金按月支付。")
    assert [draft.text for draft in drafts if draft.checkable] == ["租期为三年。", "租金按月支付。"]
    assert all("租赁条件" in (draft.before or "") for draft in drafts[1:])


@pytest.mark.parametrize(
    ("kind", "answer"), [(kind, text) for kind, texts in NO_CLAIM.items() for text in texts]
)
def test_more_white_space_changes_no_kind(kind: ClaimKind, answer: str) -> None:
    assert [draft.kind for draft in split(answer.replace(" ", "  "))] == [kind]
