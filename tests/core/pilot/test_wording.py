from __future__ import annotations

import pytest

from core.pilot.wording import negated


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("What is the maximum salary?", "What is the minimum salary?"),
        ("Above which amount is a receipt kept?", "Below which amount is a receipt kept?"),
        ("Is the wireless probe waterproof?", "Isn't the wireless probe waterproof?"),
        ("What must the customer do before a repair?", "What must the customer not do before a repair?"),
        ("试用期不得超过多长时间？", "试用期不得少于多长时间？"),
        ("未拆封的型号可以退货吗？", "未拆封的型号不可以退货吗？"),
    ],
)
def test_a_question_is_turned_by_its_bound_or_a_not_that_asks_something(question: str, turned: str) -> None:
    assert negated(question) == turned


@pytest.mark.parametrize(
    "question",
    [
        "When does comp time expire?",
        "How many days must a claim be kept?",
        "注册商标的有效期为多少年？",
        "临澜市水务有限公司的年度服务费是多少？",
        "女职工每月享有几张电影票？",
    ],
)
def test_what_a_not_would_make_nonsense_of_is_left_out(question: str) -> None:
    assert negated(question) is None
