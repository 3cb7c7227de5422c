"""Numbers, periods, amounts and dates inside real sentences: other writings of the same, and wrong ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from training.made import values
from training.numbers import MONTHS, chinese, english, from_chinese

Rng = random.Random
_ZH = re.compile(
    r"(?<![\d.,第零〇一二三四五六七八九十百千万亿几数])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[一二两三四五六七八九十][一二三四五六七八九十百千零]*)"
    r"(个?工作日|日|天|个月|年(?!级|代|度|龄|老)|周岁|岁|小时|分钟|%|％|[万亿]?(?:美元|欧元|港元|元|人|吨)|倍|名|次|家|种|项)"
    r"(?![\d一二三四五六七八九十])"
)
_ZH_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ZH_DAY = re.compile(r"(?<!年)(?<!\d)(\d{1,2})月(\d{1,2})日")
_ZH_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)年(?!\d{1,2}月|代|度)")
_EN_WORDS = {english(n): n for n in range(2, 100)}
_EN_NUMBER = "|".join(sorted((*_EN_WORDS, "one"), key=len, reverse=True))
_EN_UNIT = re.compile(
    rf"(?<![\w.,$-])(\d+|(?i:{_EN_NUMBER}))(?: \(\d+\))? "
    r"(calendar days|business days|working days|days|months|years|hours|minutes|weeks)\b"
)
_EN_PERCENT = re.compile(r"(?<![\w.,-])(\d+(?:\.\d+)?)(?:%| per ?cent\b)")
_EN_MONEY = re.compile(r"(?<![\w])\$(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (million|billion))?(?![\d,.]*\d)")
_EN_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_EN_YEAR = re.compile(r"(?<![\d/.,$-])((?:1[5-9]|20)\d\d)(?![\d/,%-])")
_EN_PLAIN = re.compile(
    rf"(?<![\w.,$/-])(\d{{1,3}}(?:,\d{{3}})+|[2-9]|[1-9]\d{{1,2}}|(?:{_EN_NUMBER}))(?= [a-z]{{3,}}s\b)"
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A quantity at ``start:end``: writings of the same value, the one of the text first, and of another."""

    start: int
    end: int
    same: tuple[str, ...]
    other: tuple[str, ...]
    kind: str


def quantities(text: str, lang: str, rng: Rng) -> list[Rewritten]:
    """Every quantity that can be changed; overlapping readings keep the longest."""
    found = sorted(
        _zh(text, rng) if lang == "zh" else _en(text, rng), key=lambda q: (q.start, q.start - q.end)
    )
    kept: list[Rewritten] = []
    for one in found:
        if (not kept or kept[-1].end <= one.start) and one.other and one.other[0] != one.same[0]:
            kept.append(one)
    return kept


def _made(m: re.Match[str], same: tuple[str, ...], other: tuple[str, ...], kind: str = "number") -> Rewritten:
    others = tuple(form for form in dict.fromkeys(other) if form != m[0])
    return Rewritten(m.start(), m.end(), tuple(dict.fromkeys((m[0], *same))), others, kind)


def near(number: int, rng: Rng) -> int:
    """Another whole number of like size."""
    if number > 9999:
        return (
            int(str(number)[::-1])
            if rng.random() < 0.2 and number % 10
            else number + rng.choice((1, 2, -1)) * 10 ** (len(str(number)) - rng.choice((1, 2)))
        )
    steps = (1, 2, -1, 3, 5, number, -2, 10) if number < 20 else (5, 10, -5, -10, 1, number, 20, number // 2)
    return rng.choice([number + step for step in steps if step and number + step > 1])


def _zh(text: str, rng: Rng) -> Iterator[Rewritten]:
    for m in _ZH_DATE.finditer(text):
        year, month, day = int(m[1]), int(m[2]), int(m[3])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        wrong = _other_date(year, month, day, rng)
        yield _made(
            m,
            _shuffled(values.date(year, month, day).zh, rng),
            _shuffled(values.date(*wrong).zh, rng),
            "date",
        )
    for m in _ZH_DAY.finditer(text):
        month, day = int(m[1]), int(m[2])
        wrong_day = rng.choice([d for d in range(1, 29) if d != day])
        yield _made(m, (f"{chinese(month)}月{chinese(day)}日",), (f"{month}月{wrong_day}日",), "date")
    for m in _ZH_YEAR.finditer(text):
        year = int(m[1])
        yield _made(m, values.year(year).zh, _shuffled(values.year(_other_year(year, rng)).zh, rng), "date")
    for m in _ZH.finditer(text):
        one = _zh_unit(m, rng)
        if one:
            yield one


def _zh_unit(m: re.Match[str], rng: Rng) -> Rewritten | None:
    written, unit = m[1].replace(",", ""), m[2]
    if "." in written:
        wrong = f"{float(written) + rng.choice((1, 2, -1, 0.5, 10)):.{len(written.split('.')[1])}f}"
        return _made(m, (), (f"{wrong}{unit}",)) if not wrong.startswith("-") else None
    number = int(written) if written.isdigit() else from_chinese(written.replace("两", "二"))
    if (
        not number
        or (unit == "年" and (number > 100))
        or (unit == "日" and "年" in m.string[max(0, m.start() - 3) : m.start()])
    ):
        return None
    if unit in ("日", "天") and m.string[max(0, m.start() - 1) : m.start()] == "月":
        return None
    if number >= 10_000 and unit in ("日", "天", "个月", "个工作日", "工作日"):
        return None
    make = _zh_writer(unit)
    wrong_number = near(number, rng)
    swap = {
        "日": "个工作日",
        "天": "个工作日",
        "个工作日": "日",
        "工作日": "日",
        "个月": "年",
        "万元": "亿元",
        "亿元": "万元",
        "元": "美元",
        "小时": "天",
    }.get(unit)
    if swap and rng.random() < 0.25:
        return _made(m, make(number), _shuffled(tuple(m[1] + swap for _ in range(1)), rng), "unit")
    return _made(m, make(number), _shuffled(make(wrong_number), rng))


def _zh_writer(unit: str) -> Callable[[int], tuple[str, ...]]:
    """How to write a number with a unit in Chinese."""
    return _ZH_WRITERS.get(unit) or (lambda n: _spelled(n, unit))


def _spelled(number: int, unit: str) -> tuple[str, ...]:
    return (f"{number}{unit}", f"{values.counted(number)}{unit}") if number < 10_000 else (f"{number}{unit}",)


def _days(number: int, unit: str) -> tuple[str, ...]:
    written = chinese(number) + "日" if unit == "日" else values.counted(number) + "天"
    return (f"{number}{unit}", written, f"{number}天", f"{values.counted(number)}天")


def _sum(number: int, unit: str) -> tuple[str, ...]:
    large = number >= 10_000 and number % 100 == 0
    return (
        f"{number}{unit}",
        *((f"{values.short(number, 10_000)}万{unit}", f"{number:,}{unit}") if large else ()),
    )


def _scaled(number: int, unit: str) -> tuple[str, ...]:
    other = f"{number * 10_000:,}" if unit[0] == "万" else f"{number * 10_000}万"
    return f"{number}{unit}", f"{other}{unit[1:]}"


_ZH_WRITERS: dict[str, Callable[[int], tuple[str, ...]]] = {
    **{unit: partial(_days, unit=unit) for unit in ("日", "天")},
    **dict.fromkeys(("个工作日", "工作日"), lambda n: values.workdays(n).zh),
    **{unit: partial(_sum, unit=unit) for unit in ("元", "美元", "欧元", "港元")},
    **{
        unit: partial(_scaled, unit=unit)
        for unit in ("万元", "亿元", "万美元", "亿美元", "万人", "万吨", "亿吨", "亿人")
    },
    **dict.fromkeys("%％", lambda n: (f"{n}%", f"百分之{chinese(n)}") if n < 1000 else (f"{n}%",)),
    "个月": lambda n: values.months(n).zh,
}


def _en(text: str, rng: Rng) -> Iterator[Rewritten]:
    for m in _EN_DATE.finditer(text):
        year, month, day = int(m[3]), MONTHS.index(m[1]) + 1, int(m[2])
        if 1 <= day <= 31:
            wrong = values.date(*_other_date(year, month, day, rng))
            yield _made(m, _shuffled(values.date(year, month, day).en, rng), _shuffled(wrong.en, rng), "date")
    for m in _EN_MONEY.finditer(text):
        yield _made(m, *_en_money(m[1], m[2], rng))
    for m in _EN_PERCENT.finditer(text):
        wrong_text = _wrong_digits(m[1], rng)
        yield _made(
            m, (f"{m[1]} percent", f"{m[1]}%"), _shuffled((f"{wrong_text}%", f"{wrong_text} percent"), rng)
        )
    for m in _EN_UNIT.finditer(text):
        yield _en_unit(m, rng)
    for m in _EN_YEAR.finditer(text):
        yield _made(m, (), (str(_other_year(int(m[1]), rng)),), "date")
    for m in _EN_PLAIN.finditer(text):
        number = _en_value(m[1])
        if number > 1:
            yield _made(m, _en_forms(number), _shuffled(_en_forms(near(number, rng)), rng))


def _en_value(word: str) -> int:
    word = word.lower().replace(",", "")
    return int(word) if word.isdigit() else 1 if word == "one" else _EN_WORDS[word]


def _en_forms(number: int) -> tuple[str, ...]:
    return (f"{number:,}", english(number)) if number < 100 else (f"{number:,}",)


def _en_unit(m: re.Match[str], rng: Rng) -> Rewritten:
    number, unit = _en_value(m[1]), m[2]
    same = tuple(f"{form} {unit}" for form in _en_forms(number))
    if unit == "months" and number % 12 == 0:
        same += values.years(number // 12).en
    if unit == "days" and number in (7, 14, 21):
        same += values.days(number).en
    wrong = near(number, rng)
    return _made(m, same, _shuffled(tuple(f"{form} {unit}" for form in _en_forms(wrong)), rng))


def _en_money(digits: str, scale: str | None, rng: Rng) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wrong = _wrong_digits(digits, rng)
    tail = f" {scale}" if scale else ""
    other_scale = {"million": " billion", "billion": " million"}.get(scale or "", "")
    changed = (
        (f"${digits}{other_scale}",)
        if scale and rng.random() < 0.3
        else (f"${wrong}{tail}", f"{wrong}{tail} dollars")
    )
    same = [f"{digits}{tail} dollars", f"US${digits}{tail}"]
    if scale and "," not in digits:
        same.append(f"${round(float(digits) * {'million': 10**6, 'billion': 10**9}[scale]):,}")
    return _shuffled(tuple(same), rng), _shuffled(changed, rng)


def _wrong_digits(digits: str, rng: Rng) -> str:
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    at = rng.choice(places[:2])
    new = rng.choice([d for d in ("123456789" if at == 0 else "0123456789") if d != digits[at]])
    return digits[:at] + new + digits[at + 1 :]


def _other_date(year: int, month: int, day: int, rng: Rng) -> tuple[int, int, int]:
    match rng.randrange(3):
        case 0:
            return year + rng.choice((-2, -1, 1, 2)), month, day
        case 1:
            return year, rng.choice([m for m in range(1, 13) if m != month]), min(day, 28)
    return year, month, rng.choice([d for d in range(1, 29) if d != day])


def _other_year(year: int, rng: Rng) -> int:
    return year + rng.choice((-10, -5, -3, -2, -1, 1, 2, 3, 5, 10))


def _shuffled(forms: tuple[str, ...], rng: Rng) -> tuple[str, ...]:
    return tuple(rng.sample(forms, len(forms)))
