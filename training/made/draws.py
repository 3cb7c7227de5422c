"""Draws a value of each numeric kind of slot."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from training.made.values import (
    Value,
    age,
    clock,
    count,
    date,
    days,
    decimal,
    degrees,
    hours,
    leave,
    minutes,
    money,
    months,
    multiple,
    percent,
    rate,
    workdays,
    year,
    years,
)

Rng = random.Random
Maker = Callable[[Rng, str], Value]
_ROUND = (5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80)
_DAYS = (3, 5, 7, 10, 14, 15, 20, 21, 30, 45, 60, 90, 120, 180)
NUMERIC: dict[str, Maker] = {
    "days": lambda r, _: days(r.choice(_DAYS)),
    "workdays": lambda r, _: workdays(r.choice((2, 3, 5, 7, 10, 15, 20, 30))),
    "leave": lambda r, _: leave(r.randint(2, 30)),
    "weekdays": lambda r, _: leave(r.randint(1, 4)),
    "months": lambda r, _: months(r.choice((1, 2, 3, 4, 6, 6, 9, 12, 12, 18, 24, 24, 36))),
    "nmonths": lambda r, _: months(r.randint(1, 5)),
    "years": lambda r, _: years(r.choice((1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 10, 15, 20, 30))),
    "hours": lambda r, _: hours(r.choice((2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72))),
    "minutes": lambda r, _: minutes(r.choice((10, 15, 20, 30, 30, 45, 60, 60, 75, 90))),
    "money": lambda r, c: money(r.randint(2, 99) * r.choice((100, 500, 1000, 1000)), c),
    "smallmoney": lambda r, c: money(r.randint(2, 99) * r.choice((5, 10, 10, 20)), c),
    "bigmoney": lambda r, c: money(r.randint(11, 999) * r.choice((10**4, 10**5, 10**6, 10**6)), c),
    "rate": lambda r, _: rate(r.choice((2, 3, 4, 5, 6, 8, 10, 20, 30, 50))),
    "percent": lambda r, _: percent(Fraction(r.choice((*_ROUND, r.randint(2, 98))))),
    "lowpercent": lambda r, _: percent(Fraction(r.randint(120, 780), 100)),
    "uptime": lambda r, _: percent(Fraction(r.choice((9900, 9950, 9970, 9980, 9990, 9995, 9999)), 100)),
    "percent150": lambda r, _: multiple(r.choice((120, 150, 150, 175, 200, 200, 250, 300))),
    "date": lambda r, _: date(r.randint(2016, 2027), r.randint(1, 12), r.randint(1, 28)),
    "year": lambda r, _: year(r.randint(2008, 2026)),
    "time": lambda r, _: clock(r.randint(7, 11), r.choice((0, 0, 15, 30, 45))),
    "time:b": lambda r, _: clock(r.randint(15, 21), r.choice((0, 0, 15, 30, 45))),
    "age": lambda r, _: age(r.choice((16, 18, 20, 25, 50, 55, 58, 60, 62, 63, 65, 67, 70))),
    "count3": lambda r, _: count(r.randint(2, 7)),
    "count10": lambda r, _: count(r.randint(6, 16)),
    "count60": lambda r, _: count(r.choice((50, 55, 60, 65, 70, 75, 80))),
    "bigcount": lambda r, _: count(r.randint(11, 250) * r.choice((1, 10, 100, 1000)) + 100),
    "decimal": lambda r, _: decimal(r.randint(3, 98)),
    "degrees": lambda r, _: degrees(r.choice((-25, -20, -18, -15, -10, 2, 4, 5, 8, 10, 15, 18, 20, 25, 30))),
}  # fmt: skip
