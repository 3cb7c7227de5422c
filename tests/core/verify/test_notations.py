"""The notations of values that answers and documents use, one by one, and what comparing them finds."""

# ruff: noqa: E501 - cases stay whole, so that they can be read and compared

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.verify.rules import Rule, align, run_rules
from core.verify.rules.values import Bound, Value, values
from core.verify.sources import ContextSource


def one(text: str) -> Value:
    found = values(text)
    assert len(found) == 1, found
    return found[0]


SAME = [
    # digits, words, scales
    ("1.234,50 €", "€1,234.50"), ("12,5 %", "12.5%"), ("1.000.000", "1 million"), ("1½ hours", "90 minutes"), ("3 1/2 years", "42 months"),
    ("half a million", "500,000"), ("two and a half hours", "2.5 hours"), ("one and a half years", "18 months"), ("a year and a half", "18 months"),
    ("人民币壹万元整", "10,000元"), ("叁拾万元", "300,000元"), ("三点五万元", "35,000元"), ("1亿2000万元", "1.2亿元"), ("1亿2千万元", "120,000,000元"),
    ("3万5千元", "35,000元"), ("注册资本2000万元", "20 million yuan"), ("thirty (30) days", "30天"), ("三十（30）个工作日", "30 working days"),
    ("二十（20）日", "twenty (20) days"), ("2000名员工", "2000 employees"),
    # shares and multiples
    ("万分之五", "0.05%"), ("万分之五", "0.5‰"), ("百分之十五点五", "15.5%"), ("六成五", "65%"), ("三成半", "35%"), ("一半", "50%"), ("25个基点", "0.25%"),
    ("twice", "两倍"), ("3x", "three times"), ("翻一番", "twofold"), ("三次", "three times"), ("双倍", "2倍"), ("七折", "70%"), ("七折", "30% off"), ("八五折", "8.5折"),
    # durations in two units
    ("1小时30分钟", "90 minutes"), ("1 hour 30 minutes", "1.5 hours"), ("一年六个月", "18 months"), ("5 years and 6 months", "5.5 years"), ("5元5角", "5.50元"),
    ("三个半小时", "3.5 hours"), ("一刻钟", "15 minutes"), ("within a month", "one month"),
    # dates, quarters, half-years, days of the week, times
    ("20240220", "20 Feb 2024"), ("20.02.2024", "2024年2月20日"), ("3Q24", "2024年第三季度"), ("Q3 FY2024", "third quarter of 2024"), ("2024Q3", "Q3 2024"),
    ("2024年上半年", "H1 2024"), ("下半年", "second half of the year"), ("first half of 2024", "2024年上半年"), ("FY2024", "2024财年"), ("FY24", "fiscal year 2024"),
    ("2024/02", "February 2024"), ("星期三", "Wednesday"), ("周日", "Sundays"), ("百分之零点五", "0.5%"), ("noon", "12:00"), ("midnight", "24:00"), ("5 o'clock", "17:00"),
    # money and units
    ("A$500", "500澳元"), ("NT$500", "新台币500元"), ("JPY 500", "500日元"), ("CHF 500", "500瑞士法郎"), ("10 m²", "10平方米"), ("10㎡", "10 sqm"),
    ("3 m³", "3立方米"), ("20 kWh", "20千瓦时"), ("20度电", "20 kWh"), ("5 t", "5吨"), ("3亩", "2000平方米"), ("60 km/h", "60公里/小时"), ("-5°C", "零下5摄氏度"),
    ("100 lbs", "100磅"),
    # codes
    ("Art. 12", "第十二条"), ("Sec. 4.2", "§ 4.2"), ("附件2", "Annex 2"), ("附件二", "附件2"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME)
def test_same_value(first: str, second: str) -> None:
    assert one(first).agrees(one(second))
    assert one(second).agrees(one(first))


OTHER = [
    ("万分之五", "千分之五"), ("5成", "5%"), ("七折", "80%"), ("七折", "八折"), ("百分之十五点五", "15%"), ("twice", "three times"), ("三次", "四次"), ("翻一番", "三倍"),
    ("2000万元", "2000元"), ("1亿2000万元", "1亿元"), ("一年六个月", "一年八个月"), ("1 hour 30 minutes", "1 hour"), ("H1 2024", "H2 2024"), ("上半年", "下半年"),
    ("Q3 FY2024", "Q3 FY2023"), ("FY2024", "FY2023"), ("20240220", "2024-02-21"), ("20.02.2024", "21.02.2024"), ("2024/02", "2024/03"), ("周一", "星期二"), ("Monday", "周二"),
    ("noon", "midnight"), ("$5", "A$5"), ("500日元", "500元"), ("3 m²", "3 m³"), ("20 kW", "20 kWh"), ("-5°C", "5°C"), ("10亩", "10公顷"), ("100磅", "100斤"),
    ("Art. 12", "Art. 13"), ("A类", "B类"), ("附件一", "附件二"), ("June 2000", "2000万元"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_other_value(first: str, second: str) -> None:
    assert not one(first).agrees(one(second))


BOUNDS = [
    *((text, Bound.AT_MOST) for text in (
        "≤ 30 days", "<= 30 days", "30天以内", "30日内", "24小时内", "不得超过三十日", "30 days or less", "max. 5 days", "no longer than 30 days", "not to exceed 30 days",
        "不大于5%", "小于等于5%", "less than or equal to 30 %", "最多可借5本", "上限为30天", "30人以下", "up to a maximum of 5 days", "5 or fewer",
    )),
    *((text, Bound.AT_LEAST) for text in (
        "≥5年", "5年及以上", "30天或以上", "3年起", "min. 5 days", "5 years minimum", "5 days or longer", "大于等于5", "greater than or equal to 5", "三人以上", "2个以上",
        "至少提前30天", "年满十八周岁", "no fewer than three people", "不低于80%", "下限为5天", "18 or older",
    )),
    *((text, Bound.MORE) for text in ("10余天", "5+ years", "超过5%", "over 30 days", "过半数")),
    *((text, Bound.LESS) for text in ("under 18", "未满18周岁", "孩子满一周岁以前", "不足一年", "fewer than 5 days")),
    *((text, None) for text in ("30 days", "高达7,175家", "自3月1日起", "三年起诉", "3年内部审计")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bound(text: str, bound: Bound | None) -> None:
    assert one(text).bound is bound


@pytest.mark.parametrize(
    "text",
    [
        "前三季度", "每周一次", "一次性支付", "再一次", "打折出售", "a double room", "折叠桌", "a schedule of meetings", "the first of these", "周一般不上班", "3-part tariff in sum"
        .replace("3-part", "three-part"), "noonday",
    ],
)  # fmt: skip
def test_no_value(text: str) -> None:
    assert [value for value in values(text) if value.number != 3] == []


def test_the_name_of_a_series_bounds_nothing() -> None:
    assert [value.bound for value in values("a Boeing 737 MAX 8")] == [None, None]


def test_a_paragraph_of_an_article_is_told_from_the_article() -> None:
    english, chinese = values("Article 5(2)"), values("第五条第二款")
    assert [a.agrees(b) for a, b in zip(english, chinese, strict=True)] == [True, True]
    assert one("Article 5").agrees(english[0])
    assert not values("Article 5(3)")[1].agrees(english[1])


def test_three_by_four_metres_is_no_three_times() -> None:
    assert all(value.group != "times" for value in values("a room of 3 x 4 metres"))


UNITS = st.sampled_from(
    [
        ("day", "天", 1),
        ("week", "周", 7),
        ("hour", "小时", Fraction(1, 24)),
        ("minute", "分钟", Fraction(1, 1440)),
    ]
)
counts = st.integers(2, 999)


@settings(deadline=None, max_examples=60)
@given(counts, UNITS, counts, UNITS)
def test_durations_agree_exactly_when_they_are_equal(
    number: int, unit: tuple[str, str, Fraction], other: int, another: tuple[str, str, Fraction]
) -> None:
    english, chinese = one(f"It takes {number} {unit[0]}s."), one(f"需要{other}{another[1]}。")
    assert english.comparable(chinese)
    assert english.agrees(chinese) is (number * unit[2] == other * another[2])


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 99), st.integers(1, 99))
def test_shares_agree_exactly_when_they_are_equal(share: int, other: int) -> None:
    notations = [f"{share}%", f"{share} percent", f"百分之{share}", f"{share * 10}‰", f"千分之{share * 10}"]
    if share % 10 == 0:
        notations.append(f"{'零一二三四五六七八九'[share // 10]}成")
    for first in notations:
        assert all(one(first).agrees(one(second)) for second in notations)
        assert one(first).agrees(one(f"{other} per cent")) is (share == other)


def rules(claim: str, context: str) -> set[Rule]:
    source = ContextSource([context])
    windows = source.windows(claim, None, 3)
    hits = run_rules(claim, None, windows, align(claim, None, windows), source.texts())
    return {hit.rule for hit in hits} & VALUE_RULES


VALUE_RULES = {
    Rule.VALUE_DIFFERS, Rule.VALUE_MISSING, Rule.VALUE_ELSEWHERE, Rule.COUNT_MISSING, Rule.BOUND_DIFFERS, Rule.UNIT_DIFFERS,
    Rule.DATE_DIFFERS, Rule.DATE_MISSING, Rule.CODE_DIFFERS, Rule.CODE_MISSING,
}  # fmt: skip

DIFFER = [
    ("逾期付款的，按日万分之三支付违约金。", "逾期付款的，按日万分之五支付违约金。", Rule.VALUE_DIFFERS),
    ("滞纳金为百分之三。", "滞纳金为百分之五。", Rule.VALUE_DIFFERS),
    ("The levy is three percent.", "The levy is five percent.", Rule.VALUE_DIFFERS),
    ("会员购书享受八折优惠。", "会员购书享受七折优惠。", Rule.VALUE_DIFFERS),
    ("公司注册资本为2000万元。", "公司注册资本为3000万元。", Rule.VALUE_DIFFERS),
    ("The deep clean is done twice a year.", "The deep clean is done three times a year.", Rule.VALUE_DIFFERS),
    ("设备每年检修三次。", "设备每年检修两次。", Rule.VALUE_DIFFERS),
    ("The help desk is closed on Mondays.", "The help desk is closed on Tuesdays.", Rule.DATE_DIFFERS),
    ("食堂每逢周三供应面食。", "食堂每逢周五供应面食。", Rule.DATE_DIFFERS),
    ("Revenue was highest in H2 2024.", "Revenue was highest in H1 2024.", Rule.DATE_DIFFERS),
    ("刑期为一年六个月。", "刑期为一年八个月。", Rule.VALUE_DIFFERS),
    ("The notice must be given within a week.", "The notice must be given within two weeks.", Rule.VALUE_DIFFERS),
    ("租赁面积为120平方米。", "租赁面积为102平方米。", Rule.VALUE_DIFFERS),
    ("The store is kept at -18 °C.", "The store is kept at -8 °C.", Rule.VALUE_DIFFERS),
    ("Reports are due under Article 5(3).", "Reports are due under Article 5(2).", Rule.CODE_DIFFERS),
    ("申请应当在30日以上提出。", "申请应当在30日内提出。", Rule.BOUND_DIFFERS),
    ("Lessons last at least 45 minutes.", "Lessons last no longer than 45 minutes.", Rule.BOUND_DIFFERS),
    ("The yearly fee is A$900.", "The yearly fee is US$900.", Rule.UNIT_DIFFERS),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "context", "rule"), DIFFER)
def test_a_changed_value_is_found(claim: str, context: str, rule: Rule) -> None:
    assert rule in rules(claim, context)


AGREE = [
    ("逾期付款的，每日按0.05%支付违约金。", "逾期付款的，按日万分之五支付违约金。"),
    ("Late payment costs 0.05 % a day.", "逾期付款的，按日万分之五支付违约金。"),
    ("会员购书可打七折。", "Members pay 70 % of the price of books."),
    ("Members get 30 % off books.", "会员购书享受七折优惠。"),
    ("The registered capital is 20 million yuan.", "公司注册资本为2000万元。"),
    ("检修每年进行两次。", "The plant is overhauled twice a year."),
    ("The desk is open on Wednesday.", "The desk is open from Monday to Friday."),
    ("服务台周三开放。", "服务台周一至周五开放。"),
    ("营业收入在2024年上半年最高。", "Revenue was highest in H1 2024."),
    ("刑期为十八个月。", "刑期为一年六个月。"),
    ("The notice must be given within a week.", "通知应当在7日内发出。"),
    ("租赁面积为120 m²。", "The premises measure 120 square metres."),
    ("The firm employs two thousand people.", "The firm has 2000 employees."),
    ("依照第五条第二款报告。", "Reports are due under Article 5(2)."),
    ("Either side may leave on thirty (30) days' notice.", "任何一方可提前三十日书面通知解除合同。"),
    ("It is open for a year.", "It opened in spring and closed the spring after."),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "context"), AGREE)
def test_the_same_value_in_another_notation_is_left_alone(claim: str, context: str) -> None:
    assert rules(claim, context) == set()
