from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.fold import fold, simplified


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_code_point_keeps_its_length_and_place() -> None:
    everything = "".join(map(chr, range(0x110000)))
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("差旅費報銷規定", "差旅费报销规定"),
        ("臺灣分公司", "台湾分公司"),
        ("５００元／晚", "500元/晚"),
        ("ＡＢＣ－１２％", "abc-12%"),
        ("￥１，２００", "¥1，200"),
        ("第一条　总则", "第一条 总则"),
        ("⼀年⾦额", "一年金额"),
        ("Hotel RATES", "hotel rates"),
        ("薴", "苎"),
    ],
)
def test_spellings_meet(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_chinese_punctuation_stays() -> None:
    assert fold("“是”，（否）；《法》：、。！？…—") == "“是”，（否）；《法》：、。！？…—"


def test_letters_whose_lower_case_is_longer_stay() -> None:
    assert fold("İstanbul") == "İstanbul"
    assert fold("ÄÖÜ") == "äöü"


def test_simplified_changes_the_script_and_nothing_else() -> None:
    assert simplified("員工報銷須在３０日內提交 Invoice A。") == "员工报销须在３０日内提交 Invoice A。"
    assert simplified("员工报销须在30日内提交。") == "员工报销须在30日内提交。"
