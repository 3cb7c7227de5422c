"""The exact values of a text: numbers with their units, money, shares, durations, dates, times and codes.

Two values are comparable when they measure the same thing (``group``); they agree when they are exactly
equal after conversion, or when the text leaves open what would tell them apart (30 days and one month, a
date and its year).
"""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from core.documents.fold import fold
from core.verify.rules.dates import Day, dates, times
from core.verify.rules.numerals import ZH_NUMERAL, Numeral, numerals


class Kind(StrEnum):
    """What a value measures."""

    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DURATION = "duration"
    MEASURE = "measure"
    DATE = "date"
    TIME = "time"
    CODE = "code"


class Bound(StrEnum):
    """Which side of a value a statement leaves open."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a text. ``amount`` is in the base unit of ``group``; ``day`` is set for dates only.

    ``number`` is the bare number as written, and ``step`` the unit of its last digit, in the base unit (0 where it was
    written in words).
    """

    kind: Kind
    group: str
    amount: Fraction
    text: str
    start: int
    end: int
    day: Day | None = None
    bound: Bound | None = None
    open_half: bool = False
    number: Fraction = Fraction(0)
    step: Fraction = Fraction(0)

    def comparable(self, other: Value) -> bool:
        """Whether both measure the same thing, so that they can differ."""
        if self.day is not None and other.day is not None:
            return self.day.comparable(other.day)
        if self.kind is Kind.CODE or other.kind is Kind.CODE:
            return self.kind is other.kind and self.group == other.group
        return self.group == other.group or {self.group, other.group} in _LOOSELY_COMPARABLE

    def agrees(self, other: Value) -> bool:
        """Whether the two may be the same value."""
        if self.day is not None and other.day is not None:
            return self.day.comparable(other.day) and self.day.agrees(other.day)
        if self.kind is Kind.TIME and other.kind is Kind.TIME:
            return _same_time(self, other)
        if self.group == other.group:
            return self.amount == other.amount
        if {self.group, other.group} == {"days", "months"}:
            return _days_and_months(self, other)
        return {self.group, other.group} in _UNITLESS and self.amount == other.amount


_LOOSELY_COMPARABLE = ({"days", "months"}, {"days", "workdays"})
_UNITLESS = ({"", "share"}, {"", "money:"})

# unit spelling -> (group, factor to the base unit of the group)
_UNITS: dict[str, tuple[str, Fraction]] = {}


def _declare(kind: str, factor: Fraction | int, spellings: str) -> None:
    for spelling in spellings.split("|"):
        _UNITS[spelling] = (kind, Fraction(factor))


_declare(
    "share", Fraction(1, 100), "%|percent|per cent|pct|percentage points|percentage point|个百分点|百分点"
)
_declare("share", Fraction(1, 1000), "‰|per mille|千分点")
_declare("share", Fraction(1, 10000), "bps|basis points|基点|个基点")
_declare("share", Fraction(1, 10), "成")
_declare("times", 1, "倍|times|fold|-fold")
_declare("days", Fraction(1, 86400), "seconds|second|secs|sec|秒|秒钟")
_declare("days", Fraction(1, 1440), "minutes|minute|mins|min|分钟")
_declare("days", Fraction(1, 24), "hours|hour|hrs|hr|小时|个小时|钟头|个钟头")
_declare("days", 1, "days|day|calendar days|calendar day|天|日|自然日|个自然日|日内|天内")
_declare("days", 7, "weeks|week|周|星期|个星期|礼拜|个礼拜")
_declare("days", 14, "fortnights|fortnight")
_declare(
    "workdays", 1, "working days|working day|business days|business day|workdays|workday|工作日|个工作日"
)
_declare("months", 1, "months|month|个月|月|calendar months|calendar month|个自然月")
_declare("months", 3, "quarters|个季度")
_declare("months", 12, "years|year|年|周年|个年度|年内")
_declare("months", 120, "decades|decade")
_declare("age", 1, "周岁|岁|years old|years of age|year old|-year-old")
for _name, _spellings in {
    "usd": "dollars|dollar|usd|us dollars|u.s. dollars|美元|美金|$",
    "eur": "euros|euro|eur|欧元|€",
    "gbp": "pounds|gbp|pounds sterling|英镑|£",
    "cny": "yuan|rmb|cny|renminbi|元|人民币|元人民币|块|块钱|圆|¥",
    "jpy": "yen|jpy|日元|円",
    "hkd": "hkd|hk dollars|港元|港币",
}.items():
    _declare(f"money:{_name}", 1, _spellings)
_declare("money:usd", Fraction(1, 100), "cents|cent|美分")
_declare("money:cny", Fraction(1, 10), "角")
for _group, _table in {
    "length": "mm:1/1000|millimetres:1/1000|millimeters:1/1000|毫米:1/1000|cm:1/100|centimetres:1/100|centimeters:1/100|"
    "厘米:1/100|公分:1/100|m:1|metres:1|meters:1|metre:1|meter:1|米:1|km:1000|kilometres:1000|kilometers:1000|"
    "千米:1000|公里:1000|inches:127/5000|inch:127/5000|英寸:127/5000|feet:381/1250|foot:381/1250|ft:381/1250|"
    "英尺:381/1250|yards:1143/1250|miles:201168/125|mile:201168/125|英里:201168/125",
    "mass": "mg:1/1000000|毫克:1/1000000|g:1/1000|grams:1/1000|gram:1/1000|克:1/1000|kg:1|kilograms:1|kilogram:1|kilos:1|"
    "公斤:1|千克:1|斤:1/2|tonnes:1000|tons:1000|吨:1000|lbs:45359237/100000000|lb:45359237/100000000",
    "volume": "ml:1/1000|毫升:1/1000|l:1|litres:1|liters:1|litre:1|liter:1|升:1",
    "area": "square metres:1|square meters:1|sqm:1|平方米:1|平米:1|hectares:10000|公顷:10000|平方公里:1000000|square kilometers:1000000|"
    "square feet:145161/1562500|sq ft:145161/1562500|平方英尺:145161/1562500",
    "bytes": "kb:1000|mb:1000000|gb:1000000000|tb:1000000000000|kib:1024|mib:1048576|gib:1073741824",
    "power": "w:1|watts:1|瓦:1|kw:1000|千瓦:1000|mw:1000000|兆瓦:1000000",
    "degrees c": "°c:1|℃:1|degrees celsius:1|摄氏度:1",
    "degrees f": "°f:1|degrees fahrenheit:1|华氏度:1",
}.items():
    for _entry in _table.split("|"):
        _spelling, _, _factor = _entry.rpartition(":")
        _declare(_group, Fraction(_factor), _spelling)

_COUNTERS = "个名人位项条件家份张台户件种类部辆套所间层批笔户款期轮场页字点档级"


def _unit_pattern(spelling: str) -> str:
    """A unit ends where the word ends; a currency's sign is the next number's where one follows at once."""
    if spelling in "$€£¥":
        return re.escape(spelling) + r"(?!\d)"
    return re.escape(spelling) + (r"(?![a-z])" if spelling[-1].isascii() and spelling[-1].isalpha() else "")


_UNIT = re.compile(f"(?:{'|'.join(_unit_pattern(unit) for unit in sorted(_UNITS, key=len, reverse=True))})")
_MONEY_SIGN = {"$": "usd", "us$": "usd", "hk$": "hkd", "€": "eur", "£": "gbp", "¥": "cny", "rmb": "cny", "usd": "usd",
               "eur": "eur", "gbp": "gbp", "cny": "cny", "人民币": "cny"}  # fmt: skip
_BEFORE_MONEY = re.compile(r"(?a)(us\$|hk\$|[$€£¥]|\b(?:rmb|usd|eur|gbp|cny)|人民币)\s?$")
_LABEL_BEFORE = re.compile(
    r"(?a)(?:passage|passages|source|document|doc|table|figure|page|example|option|case|no|number|案例|文档|段落|资料|表|图|例)[\s.#]*$|\[$"
)
_ORDINAL_AFTER = re.compile(r"(?a)(?:st|nd|rd|th)\b")
_RANGE = re.compile(r"\s?(?:-|–|—|~|to|至|到)\s?")
_HALF = re.compile(
    r"(?a)(?<![一二两三四五六七八九十\d个])半(?:个)?(年|天|日|小时|月|个月)|\bhalf[\s-](?:an?\s)?(year|day|hour|month|week|decade)\b"
)
_CODE = re.compile(
    r"(?a)(?P<article>第\s?[零〇一二三四五六七八九十百千\d]+(?:\.\d+)*\s?[条款章节项编](?:之[一二三四五六七八九十])?|"
    r"\b(?:article|section|clause|chapter|appendix|annex|schedule|exhibit)\s\d+(?:\.\d+)*(?:\([a-z0-9]\))?|§\s?\d+(?:\.\d+)*)|"
    r"(?P<mail>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<url>\bhttps?://[^\s)>\]，。]+)|"
    r"(?P<ident>\b[a-z]{1,6}[-‐]\d{1,6}(?:(?!(?:s|st|nd|rd|th)\b)[a-z]{1,3}\b)?(?:[-.](?:\d+|[a-z]{1,2}\b))*\b|\b(?!(?:rmb|usd|eur|gbp|cny)\d)[a-z]{2,5}\d{2,}[a-z0-9]*\b|\biso\s\d{3,5}(?:-\d+)?\b)|"
    r"(?P<phone>(?<!\d)(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)\s?|\d{2,4}-)\d{3,4}-?\d{4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d))|"
    r"(?P<version>\bv?(?!(?:19|20)\d\d\.)\d+\.\d+\.\d+(?:\.\d+)*\b)"
)
_ARTICLE_KIND = {
    "条": "article", "款": "paragraph", "章": "chapter", "节": "section", "项": "item", "编": "part",
    "article": "article", "section": "section", "clause": "article", "chapter": "chapter", "§": "section",
}  # fmt: skip
_BOUND_BEFORE = re.compile(
    r"(?a)(?P<at_least>at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of|from|≥|>=|至少|不少于|不低于|最少|最低)|"
    r"(?P<at_most>at most|no more than|not more than|up to|a maximum of|maximum of|not exceeding|not exceed|no later than|within|≤|<=|至多|不超过|不得超过|不高于|不多于|最多|最高|最长)|"
    r"(?P<more>more than|over|above|exceeding|exceeds|exceed|greater than|beyond|>|超过|高于|多于|大于|逾)|"
    r"(?P<less>less than|fewer than|under|below|<|低于|少于|小于|不足|不满|未满)"
)
_BOUND_AFTER = re.compile(
    r"\s?(?:(?P<at_least>or more|or above|or over|and above|or longer|以上)|(?P<at_most>or less|or fewer|or below|以下|以内|之内))"
)
_NOT_A_NUMBER_AFTER = re.compile(
    r"(?:般|定|切|律|旦|些|致|直|样|同|起|并|经|方面|点(?!\d)|体|贯|共|系列|流|线|万一|分(?:重要|必要|明显|清楚)|足|方|姓|科|货|家企|者|旁|侧)"
)
_NOT_A_NUMBER_BEFORE = re.compile(r"(?:统|唯|单|同|专|之|万|第|逐|任|每|某|另|哪|其|周|星期|礼拜)$")


@lru_cache(maxsize=2048)
def values(text: str) -> tuple[Value, ...]:
    """The values of a text in order, offsets into it."""
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    found: list[Value] = []
    for maker in (_codes, _dates, _times, _halves, _numbers):
        for value in maker(folded):
            if not any(value.start < end and start < value.end for start, end in taken):
                found.append(replace(value, text=text[value.start : value.end]))
                taken.append((value.start, value.end))
    return _shared_units(folded, sorted(found, key=lambda value: value.start))


def _shared_units(folded: str, found: list[Value]) -> tuple[Value, ...]:
    """The first number of a range has the unit of the second: 10-14 days, 十至十四日, between 5 and 8 euros."""
    for at, (one, two) in enumerate(pairwise(found)):
        joint = folded[one.end : two.start]
        spread = _RANGE.fullmatch(joint) or (joint == " and " and folded[: one.start].endswith("between "))
        if spread and one.group == "" and two.number and two.kind not in (Kind.DATE, Kind.TIME, Kind.CODE):
            factor = two.amount / two.number
            found[at] = replace(
                one, kind=two.kind, group=two.group, amount=one.number * factor, step=one.step * factor
            )
    return tuple(found)


def _codes(folded: str) -> Iterator[Value]:
    for found in _CODE.finditer(folded):
        kind = str(found.lastgroup)
        text = found.group()
        group = f"{kind}:{_article_kind(text)}" if kind == "article" else f"{kind}:{_prefix(text)}"
        yield Value(Kind.CODE, f"{group}", Fraction(_code_number(text)), text, found.start(), found.end())


def _article_kind(text: str) -> str:
    marks = [name for mark, name in _ARTICLE_KIND.items() if mark in text]
    return marks[0] if marks else text.split(maxsplit=1)[0]


def _prefix(text: str) -> str:
    return re.split(r"[\d@]", text, maxsplit=1)[0].strip("- ‐") if not re.match(r"\w+@|http", text) else ""


def _code_number(text: str) -> int:
    """A code as a number: equal exactly when the codes are equal."""
    chinese = re.findall(f"[{ZH_NUMERAL}]+", text) if "第" in text else []
    if chinese and not re.search(r"\d", text):
        value = next(iter(numerals(chinese[0])), None)
        body = str(int(value.value)) if value else text
    elif re.match(
        r"第|article|section|clause|chapter|§|appendix|annex|schedule|exhibit|paragraph|rule|step", text
    ):
        body = "".join(re.findall(r"[\d.()]+[a-z)]?", text)).strip(".")
    else:
        body = re.sub(r"[\s\-‐()+]", "", text).rstrip("/.")
    return int.from_bytes(body.encode(), "big")


def _dates(folded: str) -> Iterator[Value]:
    for date in dates(folded):
        text = folded[date.start : date.end]
        if len(text) == 4 and _UNIT.match(folded, _skip_space(folded, date.end)):
            continue  # 2000 metres is no year
        yield Value(Kind.DATE, "date", Fraction(0), text, date.start, date.end, day=date.day)


def _times(folded: str) -> Iterator[Value]:
    for time in times(folded):
        text = folded[time.start : time.end]
        yield Value(
            Kind.TIME, "time", Fraction(time.minutes), text, time.start, time.end, open_half=time.half
        )


def _halves(folded: str) -> Iterator[Value]:
    """半年 and half a year: half of a unit without a number."""
    for found in _HALF.finditer(folded):
        group, factor = _UNITS[found.group(1) or found.group(2)]
        bound = _bound(folded, found.start(), found.end())
        yield Value(_kind(group), group, factor / 2, found.group(), found.start(), found.end(), bound=bound)


def _numbers(folded: str) -> Iterator[Value]:
    for number in numerals(folded):
        value = _with_unit(folded, number)
        if value is not None:
            yield value


def _with_unit(folded: str, number: Numeral) -> Value | None:
    start, end, amount = number.start, number.end, number.value
    if _LABEL_BEFORE.search(folded, max(0, start - 14), start):
        return None  # passage 3 is a name, not a number
    group = "ordinal" if number.digits and _ORDINAL_AFTER.match(folded, end) else ""
    sign = _BEFORE_MONEY.search(folded, max(0, start - 4), start)
    unit = _UNIT.match(folded, _skip_space(folded, end))
    if sign:
        group, start = f"money:{_MONEY_SIGN[sign.group(1)]}", sign.start()
        if unit and _UNITS[unit.group()][0] == group:
            end = unit.end()
    elif unit:
        group, factor = _UNITS[unit.group()]
        amount, end = amount * factor, unit.end()
        amount, end = _and_a_half(folded, end, amount, factor)
    elif folded.startswith("个半月", end):
        group, amount, end = "months", amount + Fraction(1, 2), end + 3
    elif not number.digits and "分之" in folded[start:end]:
        group = "share"
    elif not number.digits and not _counts(folded, number):
        return None
    elif not number.digits and re.match("half|quarter|third", folded[start:end]):
        group = "share"
    factor = amount / number.value if number.value else Fraction(1)
    return Value(
        kind=_kind(group),
        group=group,
        amount=amount,
        text=folded[start:end],
        start=start,
        end=end,
        bound=_bound(folded, start, end),
        number=number.value,
        step=number.step * factor,
    )


def _skip_space(folded: str, at: int) -> int:
    if folded.startswith(")", at):  # five (5) days
        at += 1
    while at < len(folded) and folded[at] in " \u00a0-" and at < len(folded) - 1:
        at += 1
    return at


def _and_a_half(folded: str, end: int, amount: Fraction, factor: Fraction) -> tuple[Fraction, int]:
    """三年半 and 两个半月: half a unit more."""
    if folded.startswith("半", end) and not folded.startswith(("半数", "半年", "半个"), end):
        return amount + factor / 2, end + 1
    return amount, end


def _counts(folded: str, number: Numeral) -> bool:
    """Whether a number in words counts something, rather than being part of another word (一般, 统一, one of)."""
    word = folded[number.start : number.end]
    before, after = folded[max(0, number.start - 2) : number.start], folded[number.end : number.end + 4]
    if word.isascii():
        return word not in ("one", "zero") or bool(re.match(r"\s(?:hundred|thousand)", after))
    if _NOT_A_NUMBER_BEFORE.search(before) or _NOT_A_NUMBER_AFTER.match(after):
        return False
    big = len(word) > 1 and any(char in "十百千万亿拾佰仟" for char in word)
    return big or after[:1] in tuple(_COUNTERS) or word[0] in "壹贰叁肆伍陆柒捌玖"


def _bound(folded: str, start: int, end: int) -> Bound | None:
    after = _BOUND_AFTER.match(folded, end)
    if after:
        return Bound(str(after.lastgroup))
    before = folded[max(0, start - 24) : start].rstrip(" 了$€£¥")
    for found in _BOUND_BEFORE.finditer(before):
        if found.end() == len(before):
            return Bound(str(found.lastgroup))
    return None


def _kind(group: str) -> Kind:
    if group.startswith("money"):
        return Kind.MONEY
    known = {
        "": Kind.NUMBER,
        "share": Kind.SHARE,
        "days": Kind.DURATION,
        "months": Kind.DURATION,
        "workdays": Kind.DURATION,
    }
    return known.get(group, Kind.MEASURE)


def _same_time(one: Value, other: Value) -> bool:
    if one.amount == other.amount:
        return True
    return (one.open_half or other.open_half) and abs(one.amount - other.amount) == 720


def _days_and_months(one: Value, other: Value) -> bool:
    """Whether a number of days may be a number of months (28 to 31 days each, a year 365 or 366)."""
    days, months = (one, other) if one.group == "days" else (other, one)
    whole_years, rest = divmod(months.amount, 12)
    least = whole_years * 360 + rest * 28
    most = whole_years * 366 + rest * 31
    return least <= days.amount <= most
