from __future__ import annotations

import pytest

from core.pilot.wording import negated, reworded, with_typos


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("What is the maximum salary?", "What is the minimum salary?"),
        ("Above which amount is a receipt kept?", "Below which amount is a receipt kept?"),
        ("What must the customer do before a repair?", "What must the customer not do before a repair?"),
        ("试用期不得超过多长时间？", "试用期不得少于多长时间？"),
        ("收到退货后客服应当做什么？", "收到退货后客服不得做什么？"),
        ("What is the fee for more than 5 accounts?", "What is the fee for fewer than 5 accounts?"),
    ],
)
def test_a_question_is_turned_by_its_bound_or_a_not_that_asks_something(question: str, turned: str) -> None:
    assert negated(question) == turned


@pytest.mark.parametrize(
    "question",
    [
        "When does comp time expire?",
        "Is the wireless probe waterproof?",  # the answer to "isn't it?" is the same
        "未拆封的型号可以退货吗？",
        "How many days must a claim be kept?",
        "注册商标的有效期为多少年？",
        "临澜市水务有限公司的年度服务费是多少？",
        "女职工每月享有几张电影票？",
    ],
)
def test_what_a_not_would_make_nonsense_of_is_left_out(question: str) -> None:
    assert negated(question) is None


@pytest.mark.parametrize(
    ("question", "other"),
    [
        (
            "What is the employee discount for bicycles?",
            "Please give the staff member discount for bicycles, as the documents state it.",
        ),
        (
            "How many hours can an employee have at any given time?",
            "Please answer from the documents: how many hours can a staff member have at one time?",
        ),
        ("多少天内可以退货？", "请根据文件回答：几天内能退货？"),
    ],
)
def test_other_words_are_still_a_sentence(question: str, other: str) -> None:
    assert reworded(question) == other


@pytest.mark.parametrize(
    ("question", "mistyped"),
    [
        ("Which sector does Coca-Cola belong to?", "Which setcor does Coca-Cola beolng to?"),
        (
            "How many weeks of leave does Kestrelmont grant?",
            "How many weeks of laeve does Kestrelmont grant?",
        ),
        ("苏州有限公司的合同期限是几年？", "苏州有限公司得合铜期限是几年？"),
        ("可以退货吗？", "可已退货吗？"),
    ],
)
def test_typing_errors_leave_names_and_never_stand_side_by_side(question: str, mistyped: str) -> None:
    assert with_typos(question) == mistyped


@pytest.mark.parametrize("question", ["Is Kestrelmont in GSA?", "KT-110C是什么？"])
def test_a_question_of_names_alone_is_not_mistyped(question: str) -> None:
    assert with_typos(question) is None
