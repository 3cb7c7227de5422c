"""Units and currencies in both languages, each with its group and its factor to the group's base unit."""

# ruff: noqa: E501 - patterns and tables stay whole, so that they can be read and compared

from __future__ import annotations

import re
from fractions import Fraction

# unit spelling -> (group, factor to the base unit of the group)
UNITS: dict[str, tuple[str, Fraction]] = {}


def _declare(kind: str, factor: Fraction | int, spellings: str) -> None:
    for spelling in spellings.split("|"):
        UNITS[spelling] = (kind, Fraction(factor))


_declare(
    "share", Fraction(1, 100), "%|percent|per cent|pct|percentage points|percentage point|个百分点|百分点"
)
_declare("share", Fraction(1, 1000), "‰|per mille|千分点")
_declare("share", Fraction(1, 10000), "bps|basis points|基点|个基点")
_declare("share", Fraction(1, 10), "成")
_declare("times", 1, "倍|times|fold|-fold|x|×|次")
_declare("days", Fraction(1, 86400), "seconds|second|secs|sec|秒|秒钟")
_declare("days", Fraction(1, 1440), "minutes|minute|mins|min|分钟")
_declare("days", Fraction(1, 24), "hours|hour|hrs|hr|小时|个小时|钟头|个钟头")
_declare("days", Fraction(1, 96), "刻钟")
_declare("days", 1, "days|day|calendar days|calendar day|天|日|自然日|个自然日")
_declare("days", 7, "weeks|week|周|星期|个星期|礼拜|个礼拜")
_declare("days", 14, "fortnights|fortnight")
_declare(
    "workdays", 1, "working days|working day|business days|business day|workdays|workday|工作日|个工作日"
)
_declare("months", 1, "months|month|个月|月|calendar months|calendar month|个自然月")
_declare("months", 3, "quarters|个季度")
_declare("months", 12, "years|year|年|周年|个年度")
_declare("months", 120, "decades|decade")
_declare("age", 1, "周岁|岁|years old|years of age|year old|-year-old")
for _name, _spellings in {
    "usd": "dollars|dollar|usd|us dollars|u.s. dollars|美元|美金|$",
    "eur": "euros|euro|eur|欧元|€",
    "gbp": "pounds|gbp|pounds sterling|英镑|£",
    "cny": "yuan|rmb|cny|renminbi|元|人民币|元人民币|块|块钱|圆|¥",
    "jpy": "yen|jpy|日元|円",
    "hkd": "hkd|hk dollars|hong kong dollars|港元|港币",
    "aud": "aud|australian dollars|澳元|澳币",
    "cad": "cad|canadian dollars|加元|加币",
    "sgd": "sgd|singapore dollars|新加坡元|新元",
    "twd": "twd|新台币|台币",
    "chf": "chf|swiss francs|swiss franc|francs|瑞士法郎|瑞郎",
    "krw": "krw|韩元",
    "inr": "inr|rupees|rupee|卢比",
    "rub": "rub|roubles|rubles|卢布",
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
    "公斤:1|千克:1|斤:1/2|市斤:1/2|磅:45359237/100000000|t:1000|tonne:1000|ton:1000|tonnes:1000|tons:1000|吨:1000|lbs:45359237/100000000|lb:45359237/100000000",
    "volume": "ml:1/1000|毫升:1/1000|m³:1000|m3:1000|立方米:1000|cubic metres:1000|cubic meters:1000|cubic metre:1000|cubic meter:1000|立方厘米:1/1000|l:1|litres:1|liters:1|litre:1|liter:1|升:1",
    "area": "m²:1|m2:1|㎡:1|square metre:1|square meter:1|sq m:1|km²:1000000|km2:1000000|hectare:10000|亩:2000/3|square metres:1|square meters:1|sqm:1|平方米:1|平米:1|hectares:10000|公顷:10000|平方公里:1000000|square kilometers:1000000|"
    "square feet:145161/1562500|sq ft:145161/1562500|平方英尺:145161/1562500",
    "bytes": "kb:1000|mb:1000000|gb:1000000000|tb:1000000000000|kib:1024|mib:1048576|gib:1073741824",
    "power": "w:1|watts:1|瓦:1|kw:1000|千瓦:1000|mw:1000000|兆瓦:1000000",
    "energy": "wh:1|kwh:1000|kilowatt hours:1000|kilowatt-hours:1000|千瓦时:1000|度电:1000|mwh:1000000|兆瓦时:1000000",
    "speed": "km/h:1|kph:1|公里/小时:1|公里每小时:1|千米/小时:1",
    "rate": "kbps:1/1000|mbps:1|gbps:1000|mbit/s:1|gbit/s:1000",
    "degrees c": "°c:1|℃:1|degrees celsius:1|摄氏度:1",
    "degrees f": "°f:1|degrees fahrenheit:1|华氏度:1",
}.items():
    for _entry in _table.split("|"):
        _spelling, _, _factor = _entry.rpartition(":")
        _declare(_group, Fraction(_factor), _spelling)


COUNTERS = "个名人位项条件家份张台户种类部辆套所间层批笔款期轮场页字点档级"


def _pattern(spelling: str) -> str:
    """A unit ends where the word ends; a currency's sign is the next number's where one follows at once."""
    if spelling in "$€£¥":
        return re.escape(spelling) + r"(?!\d)"
    if spelling == "次":
        return r"次(?!性|要|级|序|方|品|贷|日|数|第|年|月|于|之)"
    if spelling in ("x", "×"):
        return rf"{spelling}(?![a-z\d]|\s?\d)"  # 3 x 4 metres is no three times
    if spelling == "t":
        return r"t(?![a-z\d/-])"
    return re.escape(spelling) + (r"(?![a-z])" if spelling[-1].isascii() and spelling[-1].isalpha() else "")


UNIT = re.compile(f"(?:{'|'.join(_pattern(unit) for unit in sorted(UNITS, key=len, reverse=True))})")
MONEY_SIGNS = {
    "$": "usd", "us$": "usd", "hk$": "hkd", "a$": "aud", "au$": "aud", "c$": "cad", "ca$": "cad", "s$": "sgd", "nt$": "twd",
    "€": "eur", "£": "gbp", "¥": "cny", "人民币": "cny", "rmb": "cny", "新台币": "twd",
    **{code: code for code in ("usd", "eur", "gbp", "cny", "jpy", "hkd", "aud", "cad", "sgd", "twd", "chf", "krw", "inr")},
}  # fmt: skip
MONEY_BEFORE = re.compile(
    r"(?a)((?:\b(?:us|hk|au?|ca?|s|nt))?\$|[€£¥]|\b(?:rmb|usd|eur|gbp|cny|jpy|hkd|aud|cad|sgd|twd|chf|krw|inr)|人民币|新台币)\s?$"
)
