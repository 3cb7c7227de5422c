"""Statements turned round, and statements that only say "not" in another way, in both languages."""

# ruff: noqa: E501 - cases stay whole, so that they can be read and compared

from __future__ import annotations

import pytest

from core.verify.rules import Rule, align, run_rules
from core.verify.sources import ContextSource

TURNS = {
    Rule.NEGATION_DIFFERS, Rule.MODALITY_DIFFERS, Rule.QUANTITY_DIFFERS, Rule.DIRECTION_DIFFERS, Rule.EXCEPTION_MISSING,
    Rule.BOUND_DIFFERS,
}  # fmt: skip


def turns(claim: str, context: str) -> set[Rule]:
    source = ContextSource([context])
    windows = source.windows(claim, None, 3)
    hits = run_rules(claim, None, windows, align(claim, None, windows), source.texts())
    return {hit.rule for hit in hits} & TURNS


TURNED = [
    ("The deposit is refundable.", "The deposit is non-refundable."), ("Smoking is permitted in the yard.", "Smoking is not permitted in the yard."),
    ("No employee may accept gifts.", "Every employee may accept gifts."), ("Overtime is unpaid.", "Overtime is paid."),
    ("The works were completed.", "The works were not completed."), ("Most members voted in favour.", "Few members voted in favour."),
    ("Children under 12 pay nothing.", "Children over 12 pay nothing."), ("The rate is higher than last year.", "The rate is lower than last year."),
    ("该押金可以退还。", "该押金不予退还。"), ("院内允许吸烟。", "院内禁止吸烟。"), ("员工可以收受礼品。", "员工一律不得收受礼品。"), ("加班无薪酬。", "加班有薪酬。"),
    ("工程已经完工。", "工程尚未完工。"), ("参观免费。", "参观收费。"), ("大多数成员投了赞成票。", "少数成员投了赞成票。"), ("12岁以下儿童免票。", "12岁以上儿童免票。"),
    ("利率高于去年。", "利率低于去年。"), ("报名截止后可以退费。", "报名截止前可以退费。"), ("乙方承担运费。", "甲方承担运费。"), ("全体员工必须参加培训。", "员工自愿参加培训。"),
    ("未经同意也可以转让。", "未经同意不得转让。"), ("该制度适用于外籍员工。", "该制度不适用于外籍员工。"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "context"), TURNED)
def test_a_turned_statement_is_found(claim: str, context: str) -> None:
    assert turns(claim, context)


SAME = [
    ("Gifts must not be accepted.", "Accepting gifts is forbidden."), ("Nobody may enter.", "Entry is prohibited for everyone."),
    ("The deposit is not refunded.", "The deposit is non-refundable."), ("You need not register.", "Registration is not required."),
    ("It may not be opened before noon.", "Opening it before noon is forbidden."), ("All staff must attend.", "Every member of staff is obliged to attend."),
    ("Only managers may sign.", "Signing is reserved to managers."), ("It is free.", "There is no charge."),
    ("Without approval the claim lapses.", "The claim lapses unless it is approved."),
    ("不得收受礼品。", "禁止收受礼品。"), ("无需登记。", "不必登记。"), ("未经批准不得进入。", "须经批准方可进入。"), ("押金不退。", "押金不予退还。"),
    ("全体员工应当参加。", "所有员工都必须参加。"), ("参观不收费。", "参观免费。"), ("没有例外。", "无一例外。"), ("工程还没完工。", "工程尚未完工。"),
    ("由甲方付运费。", "运费由甲方承担。"), ("不超过三人。", "最多三人。"), ("不少于五天。", "至少五天。"), ("不得拒绝。", "必须接受。"),
    ("该制度不适用于外籍员工。", "外籍员工不适用该制度。"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "context"), SAME)
def test_the_same_in_other_words_is_left_alone(claim: str, context: str) -> None:
    assert turns(claim, context) == set()
