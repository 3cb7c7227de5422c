"""Values of facts, each with several ways to write it in English and in Chinese that all mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from training.numbers import MONTHS, chinese, english

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot holds: ``key`` is the meaning, ``en`` and ``zh`` its notations."""

    key: object
    en: Forms
    zh: Forms


def counted(number: int) -> str:
    """A count before a measure word: 两 for two."""
    return "两" if number == 2 else chinese(number)


def capital(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]


def days(number: int) -> Value:
    """Calendar days; exact weeks too."""
    en = [f"{number} days", f"{english(number)} days", f"{number} calendar days"]
    zh = [f"{number}天", f"{number}日", f"{counted(number)}天", f"{chinese(number)}日", f"{number}个自然日"]
    if number in (7, 14, 21):
        weeks = number // 7
        en.append("one week" if weeks == 1 else f"{english(weeks)} weeks")
        zh.append(f"{counted(weeks)}周")
    return Value(("days", number), tuple(en), tuple(zh))


def workdays(number: int) -> Value:
    """Working days."""
    en = (f"{number} working days", f"{english(number)} working days", f"{number} business days")
    return Value(("workdays", number), en, (f"{number}个工作日", f"{counted(number)}个工作日"))


def leave(number: int) -> Value:
    """Days of leave or of the week."""
    unit = "day" if number == 1 else "days"
    en = (f"{number} {unit}", f"{english(number)} {unit}")
    return Value(("days", number), en, (f"{number}天", f"{counted(number)}天"))


def months(number: int) -> Value:
    """Months; exact years and half a year too."""
    unit = "month" if number == 1 else "months"
    en = [f"{number} {unit}", f"{english(number)} {unit}"]
    zh = [f"{number}个月", f"{counted(number)}个月"]
    if number == 6:
        en.append("half a year")
        zh.append("半年")
    if number % 12 == 0:
        whole = years(number // 12)
        en += whole.en
        zh += whole.zh
    return Value(("months", number), tuple(en), tuple(zh))


def years(number: int) -> Value:
    """Whole years."""
    unit = "year" if number == 1 else "years"
    en = [f"{number} {unit}", f"{english(number)} {unit}"]
    zh = [f"{number}年", f"{counted(number)}年"]
    if number <= 3:
        en.append(f"{12 * number} months")
        zh.append(f"{12 * number}个月")
    return Value(("months", 12 * number), tuple(en), tuple(zh))


def hours(number: int) -> Value:
    """Hours."""
    en = (f"{number} hours", f"{english(number)} hours")
    return Value(("hours", number), en, (f"{number}小时", f"{number}个小时", f"{counted(number)}小时"))


def minutes(number: int) -> Value:
    """Minutes; exact hours too."""
    en, zh = [f"{number} minutes", f"{english(number)} minutes"], [f"{number}分钟", f"{chinese(number)}分钟"]
    named = {
        30: ("half an hour", "半小时"),
        60: ("one hour", "一小时"),
        90: ("an hour and a half", "一个半小时"),
    }
    if number in named:
        en.append(named[number][0])
        zh.append(named[number][1])
    return Value(("minutes", number), tuple(en), tuple(zh))


CURRENCIES = {
    "CNY": ("RMB {}", "{} yuan", "CNY {}", "¥{}"),
    "USD": ("US${}", "{} US dollars", "USD {}", "${}"),
    "EUR": ("EUR {}", "{} euros", "€{}"),
    "HKD": ("HK${}", "{} Hong Kong dollars", "HKD {}"),
    "GBP": ("GBP {}", "{} pounds", "£{}"),
}
CURRENCY_ZH = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "GBP": "英镑"}


def money(amount: int, currency: str) -> Value:
    """An amount of money in digits, words, 万 and 亿, million and billion."""
    en = [f"{amount:,}"] + ([english(amount)] if amount < 100 else [])
    unit = CURRENCY_ZH[currency]
    zh = [f"{amount}{unit}" if amount < 10_000 else f"{amount:,}{unit}"]
    if currency == "CNY":
        zh.append(f"人民币{amount:,}元" if amount >= 1000 else f"人民币{amount}元")
    if amount < 10_000 and amount % 100 == 0:
        zh.append(f"{chinese(amount)}{unit}")
        if amount % 1000 == 0 and amount < 100_000:
            en.append(f"{english(amount // 1000)} thousand")
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if amount >= size and amount % (size // 100) == 0:
            en.append(f"{short(amount, size)} {name}")
            break
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if amount >= size and amount % (size // 100) == 0:
            zh += [f"{short(amount, size)}{name}{unit}"] * 2
            if amount % size == 0 and amount // size < 10_000:
                zh.append(f"{counted(amount // size)}{name}{unit}")
            break
    forms = [_dress(form, text, currency) for text in en for form in CURRENCIES[currency]]
    return Value((currency, amount), tuple(dict.fromkeys(forms)), tuple(zh))


def _dress(form: str, text: str, currency: str) -> str:
    words = text[0].isalpha()
    return (
        f"{text} {CURRENCIES[currency][1].split()[-1]}"
        if words and currency != "USD"
        else (f"{text} US dollars" if words else form.format(text))
    )


def short(amount: int, size: int) -> str:
    """An amount in millions or 万 with two decimals at most."""
    return f"{amount / size:.2f}".rstrip("0").rstrip(".")


def percent(value: Fraction) -> Value:
    """A percentage; simple fractions too."""
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    en, zh = [f"{text}%", f"{text} percent", f"{text} per cent"], [f"{text}%", f"{text}%", f"百分之{text}"]
    if value.denominator == 1 and value < 1000:
        en.append(f"{english(int(value))} percent")
        zh.append(f"百分之{chinese(int(value))}")
    named = {50: ("one half", "二分之一"), 25: ("one quarter", "四分之一"), 20: ("one fifth", "五分之一")}
    named |= {
        75: ("three quarters", "四分之三"),
        10: ("one tenth", "十分之一"),
        40: ("two fifths", "五分之二"),
    }
    if value in named:
        en.append(named[int(value)][0])
        zh.append(named[int(value)][1])
    return Value(("percent", value), tuple(en), tuple(zh))


def multiple(value: int) -> Value:
    """150 % and the like, also as a multiple."""
    text = f"{value / 100:.1f}".rstrip("0").rstrip(".")
    en = [f"{value}%", f"{value} percent", f"{text} times"]
    zh = [f"{value}%", f"{text}倍", f"百分之{chinese(value)}"]
    return Value(("percent", Fraction(value)), tuple(en), tuple(zh))


def rate(hundredths: int) -> Value:
    """A small rate in hundredths of a percent: 万分之五, 0.05%."""
    text = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    zh = [f"{text}%", f"万分之{chinese(hundredths)}", f"百分之{text}"]
    if hundredths % 10 == 0:
        zh[1] = f"千分之{chinese(hundredths // 10)}"
    return Value(("percent", Fraction(hundredths, 100)), (f"{text}%", f"{text} percent"), tuple(zh))


def date(year: int, month: int, day: int) -> Value:
    """A day of the calendar."""
    name = MONTHS[month - 1]
    en = (
        f"{day} {name} {year}",
        f"{name} {day}, {year}",
        f"{year}-{month:02}-{day:02}",
        f"{name[:3]} {day}, {year}",
    )
    zh_year = "".join(chinese(int(digit)) if digit != "0" else "〇" for digit in str(year))
    zh = (f"{year}年{month}月{day}日",) * 3 + (
        f"{zh_year}年{chinese(month)}月{chinese(day)}日",
        f"{year}-{month:02}-{day:02}",
        f"{year}.{month:02}.{day:02}",
    )
    return Value(("date", year, month, day), en, zh)


def year(value: int) -> Value:
    """A calendar year."""
    zh_year = "".join(chinese(int(digit)) if digit != "0" else "〇" for digit in str(value))
    return Value(("year", value), (str(value),), (f"{value}年", f"{value}年", f"{zh_year}年"))


def clock(hour: int, minute: int) -> Value:
    """A time of day."""
    twelve = (hour - 1) % 12 + 1
    half = "a.m." if hour < 12 else "p.m."
    en = [f"{hour}:{minute:02}", f"{twelve}:{minute:02} {half}"] + (
        [f"{twelve} {half}"] if minute == 0 else []
    )
    part = "上午" if hour < 12 else "下午" if hour < 18 else "晚上"
    tail = {0: "点", 30: "点半", 15: "点一刻"}.get(minute, f"点{minute}分")
    zh = (f"{hour}:{minute:02}", f"{part}{twelve}:{minute:02}", f"{part}{counted(twelve)}{tail}")
    return Value(("clock", hour, minute), tuple(en), zh)


def count(value: int) -> Value:
    """A bare number that a noun or a measure word follows."""
    en = [f"{value:,}"] + ([english(value)] if value < 100 else [])
    zh = [str(value)] + ([counted(value)] if value < 100 else [f"{value:,}"])
    if value >= 10_000 and value % 100 == 0:
        zh.append(f"{short(value, 10_000)}万")
    return Value(("count", value), tuple(en), tuple(zh))


def age(value: int) -> Value:
    """An age in years."""
    return Value(
        ("age", value), (str(value), english(value)), (f"{value}岁", f"{value}周岁", f"{chinese(value)}岁")
    )


def decimal(tenths: int) -> Value:
    """A number with one decimal."""
    text = f"{tenths / 10:.1f}"
    zh = f"{chinese(tenths // 10)}点{chinese(tenths % 10)}"
    return Value(("count", Fraction(tenths, 10)), (text,), (text, text, zh))


def degrees(value: int) -> Value:
    """A temperature."""
    en = (
        (f"{value} °C", f"{value}°C", f"{value} degrees Celsius")
        if value >= 0
        else (f"{value} °C", f"{value}°C")
    )
    zh = [f"{value}℃", f"{value}摄氏度"] + ([f"零下{-value}℃"] if value < 0 else [f"{chinese(value)}摄氏度"])
    return Value(("degrees", value), en, tuple(zh))
