"""Real sentences: rewording keeps values, changes change them, labels line up with what was changed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.encoders.embedder import Embedder
from core.verify.rules.values import values as read
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, Example, encode
from training.made import answers, changes, passages, real
from training.made.parallel import statement
from training.made.quantities import quantities
from training.made.rewording import CLOSE, OPEN, joins, reworded

ZH = (
    "用人单位自用工之日起超过一个月不满一年未与劳动者订立书面劳动合同的，应当向劳动者每月支付二倍的工资。",
    "经营者应当自收到退回商品之日起七日内返还消费者支付的商品价款。",
    "未经投保人书面同意，保险人不得提高保险费。",
    "除法律另有规定外，公司应当在每年3月31日前向全体股东公布年度报告。",
    "2023年该公司营业收入为35000万元，同比增长12%。",
    "职工累计工作已满1年不满10年的，年休假5天。",
)
EN = (
    "The Receiving Party shall return all Confidential Information within 30 days of termination.",
    "Employees must submit receipts within ten working days unless the amount is below $25.",
    "On March 15, 2021, the company increased its dividend by 12% to $1.5 million.",
    "The warranty is valid for 24 months and covers all parts.",
)
SENTENCES = [("zh", s) for s in ZH] + [("en", s) for s in EN]


def _amounts(text: str) -> set[object]:
    return {(v.group, v.amount, v.day) for v in read(text)}


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES)
def test_rewording_keeps_every_value(lang: str, sentence: str) -> None:
    rng = random.Random(2)
    before = _amounts(sentence)
    for _ in range(30):
        assert _amounts(reworded(sentence, lang, 0.9, rng)) == before


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES)
def test_a_quantity_is_rewritten_alike_or_changed(lang: str, sentence: str) -> None:
    rng = random.Random(4)
    for _ in range(30):
        for found in quantities(sentence, lang, rng):
            put = [
                sentence[: found.start] + form + sentence[found.end :] for form in (*found.same, *found.other)
            ]
            amounts = [_amounts(text) for text in put]
            assert all(one == amounts[0] for one in amounts[: len(found.same)]), put
            assert all(one != amounts[0] for one in amounts[len(found.same) :]), put


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES)
def test_a_right_and_a_wrong_claim_differ_where_the_span_says(lang: str, sentence: str) -> None:
    rng = random.Random(9)
    text = f"{sentence}\n{'会议记录由秘书保管。' if lang == 'zh' else 'Minutes are kept by the clerk.'}"
    other = passages.Passage("别处。" if lang == "zh" else "Elsewhere.", 0, 3, "test")
    for _ in range(25):
        for example in real.of_passage(passages.Passage(text, 0, len(sentence), "test"), [other], lang, rng):
            assert OPEN not in example.claim
            assert CLOSE not in example.claim
            if example.label == ENTAILED:
                assert example.spans == ()
                continue
            assert example.spans
            ((start, end),) = example.spans
            assert 0 <= start < end <= len(example.claim)
            if example.label == CONTRADICTED:
                claim, span = example.claim, example.claim[start:end]
                context = claim[max(0, start - 4) : start] + span + claim[end : end + 4]
                assert context not in example.evidence


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        ("未经股东会同意，不得对外担保。", "未经股东会同意，不得", "股东会同意，"),
        ("除紧急情况外，会议须提前通知。", "除紧急情况外，", "包括紧急情况在内，"),
        ("股东不按期缴纳出资的，应当赔偿损失。", "股东不按期缴纳出资的，", "是"),
    ],
)
def test_conditions_are_kept_or_dropped(sentence: str, old: str, new: str) -> None:
    found = [c for c in changes.changes(sentence, "zh", random.Random(0)) if c.kind == "dropped_condition"]
    assert any(c.old[0] == old and any(new in form for form in c.new) for c in found)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("平均工资为5000元。", "均"),
        ("负责人应当到场。", "负责"),
        ("保质期内有效期为2年。", "有效"),
        ("被告人到庭。", "被告"),
    ],
)
def test_parts_of_other_words_are_left_alone(sentence: str, word: str) -> None:
    assert all(c.old[0] != word for c in changes.changes(sentence, "zh", random.Random(0)))


def test_two_parties_change_places() -> None:
    found = changes.changes("The employer pays the employee a bonus.", "en", random.Random(1))
    assert any(c.new == ("employee pays the employer",) for c in found)


def test_an_invented_detail_is_not_found() -> None:
    change = changes.added("会议于周一举行。", "zh", random.Random(0))
    assert change is not None
    assert change.label == NOT_FOUND
    assert change.start == len("会议于周一举行")


@pytest.mark.parametrize(
    ("before", "after", "clash"), [("10", "5日", True), ("10日", "5", False), ("at", "most", True)]
)
def test_numbers_and_words_do_not_run_together(before: str, after: str, clash: bool) -> None:
    assert joins(before, after) is clash


@pytest.mark.parametrize(
    ("question", "answer", "lang", "text"),
    [
        ("谁在1562年绘制了地图?", "让·里博", "zh", "让·里博在1562年绘制了地图。"),
        ("蒙古军队在何时被击败了？", "1288年", "zh", "蒙古军队在1288年被击败了。"),
        ("Who wrote the report?", "the auditor", "en", "The auditor wrote the report."),
        ("What is the programme called?", "Orion", "en", "The programme is called Orion."),
        ("Why did they leave?", "the flood", "en", None),
        ("哪个群体可以修订宪法？", "议会", "zh", None),
    ],
)
def test_question_and_answer_become_a_statement(
    question: str, answer: str, lang: str, text: str | None
) -> None:
    made = statement(question, answer, lang)
    assert (made and made[0]) == text
    if made:
        assert made[0][slice(*made[1])].lower() == answer.lower()


def test_an_aside_in_brackets_that_rewording_leaves_out_makes_no_empty_claim() -> None:
    aside = Example("（地点:武汉市硚口区园博路附近）", "在武汉市硚口区园博路附近将货车拦停。", ENTAILED)
    made = [e for seed in range(40) for e in answers.changed(aside, "zh", random.Random(seed))]
    assert made
    assert all(example.claim.strip() for example in made)


def test_an_example_without_a_claim_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without a claim"):
        encode(
            Embedder.open(threads=1).tokenizer, [Example(" ", "Thirty days.", ENTAILED)], tmp_path / "x.npz"
        )
