from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.cli.show import held, plain, show_answer
from core.types import Answer, Decision, Language, Verdict

MakeAnswer = Callable[..., Answer]


def test_an_answer_is_shown_with_claim_reason_evidence_place_and_gate(
    make_answer: MakeAnswer, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(make_answer(), Language.EN)
    shown = capsys.readouterr().out
    for expected in (
        "Hotels are paid up to 150 €.",
        "contradicted",
        "93%",
        "130 €",
        "travel-policy.md · p. 2",
        "HELD",
    ):
        assert expected in shown
    assert "1 of 1 claims" in shown


def test_chinese_words_for_chinese_users(make_answer: MakeAnswer, capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(make_answer(), Language.ZH)
    shown = capsys.readouterr().out
    for expected in ("与文件矛盾", "第 2 页", "风险"):
        assert expected in shown


def test_text_from_a_document_cannot_drive_the_terminal(
    make_answer: MakeAnswer, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = make_answer("Up to \x1b[2J\x1b]0;owned\x07150 € \u202emoc.live")
    show_answer(answer, Language.EN)
    shown = capsys.readouterr().out
    assert "\x1b]" not in shown
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown


def test_plain_keeps_lines_and_letters() -> None:
    assert plain("第一条\n\tabc — “é”") == "第一条\n\tabc — “é”"


def test_no_claim_counts_neither_as_claim_nor_as_checked(
    make_answer: MakeAnswer, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = make_answer("The documents do not say.")
    claim = replace(answer.check.claims[0], verdict=Verdict.NO_CLAIM, evidence=(), reasons=())
    show_answer(replace(answer, check=replace(answer.check, claims=(claim,))), Language.EN)
    assert "0 of 0 claims" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("decision", "expected"),
    [(Decision.USABLE, False), (Decision.HELD, True), (Decision.REJECTED, True), (Decision.RELEASED, False)],
)
def test_what_may_not_be_used_exits_3(make_answer: MakeAnswer, decision: Decision, expected: bool) -> None:
    answer = make_answer(decision=decision)
    released = replace(answer, final_text=answer.text if decision is Decision.RELEASED else None)
    assert held(released) is expected
