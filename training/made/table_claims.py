"""The kinds of claims about a table, each with a right and a wrong filling."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from core.verify.tables import Table, number_of, written, year_of

Rng = random.Random
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in both languages with its right and its wrong filling."""

    en: str
    zh: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    cells: dict[str, tuple[str, Fraction]]  # what a row is called -> its cell and number

    def ranked(self) -> list[str]:
        return sorted(self.cells, key=lambda name: -self.cells[name][1])


def _column(table: Table, rng: Rng, *, years: bool = False) -> _Column | None:
    """A numeric column whose rows have names of their own."""
    numeric = [c for c in table.numeric if c != table.names and (not years or year_of(table.columns[c]))]
    numeric = [c for c in numeric if table.columns[c] and len(table.columns[c]) <= _LONGEST_NAME]
    if not numeric:
        return None
    column = rng.choice(numeric)
    cells: dict[str, tuple[str, Fraction]] = {}
    for row in table.rows:
        name, number = row[table.names], number_of(row[column])
        if (
            number is not None
            and name
            and len(name) <= _LONGEST_NAME
            and name not in cells
            and "{" not in name
        ):
            cells[name] = row[column], number
    return _Column(table.columns[column].replace("{", ""), cells) if len(cells) >= 3 else None


def extreme(table: Table, rng: Rng) -> Said | None:
    """Which row has the largest or the smallest."""
    column = _column(table, rng)
    if column is None:
        return None
    ranked = column.ranked()
    high = rng.random() < 0.6
    if not high:
        ranked.reverse()
    if column.cells[ranked[0]][1] == column.cells[ranked[1]][1]:
        return None
    en = rng.choice(("{0} has the %s {1}.", "The %s {1} is that of {0}.", "No other has a %s {1} than {0}."))
    most = (
        ("higher" if high else "lower")
        if "than" in en
        else rng.choice(("highest", "largest") if high else ("lowest", "smallest"))
    )
    zh = rng.choice(("{0}的{1}%s。", "{1}%s的是{0}。")) % (
        rng.choice(("最高", "最大")) if high else rng.choice(("最低", "最小"))
    )
    other = rng.choice(ranked[1:3])
    return Said(en % most, zh, (ranked[0], column.name), (other, column.name))


def extreme_value(table: Table, rng: Rng) -> Said | None:
    """What the largest or the smallest is."""
    column = _column(table, rng)
    if column is None:
        return None
    ranked = column.ranked()
    high = rng.random() < 0.6
    best, other = (ranked[0], ranked[1]) if high else (ranked[-1], ranked[-2])
    en = f"The {'highest' if high else 'lowest'} {{0}} is {{1}}."
    zh = f"{{0}}{'最高' if high else '最低'}为{{1}}。"
    return Said(en, zh, (column.name, column.cells[best][0]), (column.name, column.cells[other][0]))


def compared(table: Table, rng: Rng) -> Said | None:
    """One row against another: which way, or by how much."""
    column = _column(table, rng)
    if column is None:
        return None
    one, other = rng.sample(sorted(column.cells), 2)
    gap = column.cells[one][1] - column.cells[other][1]
    if not gap:
        return None
    more, less = ("higher", "lower") if gap > 0 else ("lower", "higher")
    if rng.random() < 0.5:
        zh = {"higher": "高于", "lower": "低于"}
        if rng.random() < 0.5:
            return Said(
                f"{{0}} has a {more} {{2}} than {{1}}.",
                f"{{0}}的{{2}}{zh[more]}{{1}}。",
                (one, other, column.name),
                (other, one, column.name),
            )
        return Said(
            "The {2} of {0} is {3} than that of {1}.",
            "与{1}相比,{0}的{2}更{3}。",
            (one, other, column.name, more),
            (one, other, column.name, less),
        )
    zh_more = "高" if gap > 0 else "低"
    wrong = written(abs(gap) + rng.choice((1, 2, 10)) * max(Fraction(1), Fraction(abs(gap) // 20)))
    return Said(
        f"The {{2}} of {{0}} is {{3}} {more} than that of {{1}}.",
        f"{{0}}的{{2}}比{{1}}{zh_more}{{3}}。",
        (one, other, column.name, written(abs(gap))),
        (one, other, column.name, wrong),
    )


def changed_over_time(table: Table, rng: Rng) -> Said | None:
    """One row from an earlier year to a later one: which way, by what share, by how much."""
    years = [c for c in table.numeric if c != table.names and year_of(table.columns[c])]
    if len(years) < 2:
        return None
    first, second = sorted(rng.sample(years, 2), key=lambda c: year_of(table.columns[c]) or 0)
    row = rng.choice(table.rows)
    old, new = number_of(row[first]), number_of(row[second])
    if old is None or new is None or old <= 0 or new <= 0 or old == new or not row[table.names]:
        return None
    change = abs(new - old) / old * 100
    up = new > old
    one, other = str(year_of(table.columns[first])), str(year_of(table.columns[second]))
    name = row[table.names].replace("{", "")
    if rng.random() < 0.4:  # which way
        ways = ("rose", "fell") if up else ("fell", "rose")
        in_zh = ("增长", "下降") if up else ("下降", "增长")
        if rng.random() < 0.5:
            return Said(
                "{0} {3} between {1} and {2}.",
                "{1}年至{2}年,{0}有所{3}。",
                (name, one, other, ways[0]),
                (name, one, other, ways[1]),
            )
        return Said(
            f"{{0}} {ways[0]} from {{1}} to {{2}}.",
            f"{{0}}从{{1}}年到{{2}}年{in_zh[0]}了。",
            (name, one, other),
            (name, other, one),
        )
    en_way, zh_way = ("rose", "增长") if up else ("fell", "下降")
    if rng.random() < 0.6:
        right, wrong = _shares(change, rng)
        return Said(
            f"{{0}} {en_way} by {{3}} from {{1}} to {{2}}.",
            f"{{2}}年{{0}}较{{1}}年{zh_way}{{3}}。",
            (name, one, other, right),
            (name, one, other, wrong),
        )
    gap = abs(new - old)
    wrong = written(gap + rng.choice((1, 3, 10)) * max(Fraction(1, 10), Fraction(gap // 15)))
    return Said(
        f"{{0}} {en_way} by {{3}} between {{1}} and {{2}}.",
        f"{{0}}{{2}}年比{{1}}年{zh_way}了{{3}}。",
        (name, one, other, written(gap)),
        (name, one, other, wrong),
    )


def _shares(change: Fraction, rng: Rng) -> tuple[str, str]:
    """A share as text, exact or rounded, and another one."""
    digits = rng.choice((0, 1, 1, 2))
    far = change + rng.choice((-1, 1)) * max(Fraction(3), change * Fraction(rng.randint(8, 40), 100))
    right, wrong = (f"{float(abs(share)):.{digits}f}" for share in (change, far))
    return f"{right}%", f"{wrong}%"


def summed(table: Table, rng: Rng) -> Said | None:
    """The sum or the average of a column."""
    column = _column(table, rng)
    if column is None or any(name.lower().startswith(("total", "合计", "总")) for name in column.cells):
        return None
    numbers = [number for _, number in column.cells.values()]
    if len(numbers) != len(table.rows):
        return None
    total = sum(numbers, Fraction(0))
    mean = rng.random() < 0.4
    right = total / len(numbers) if mean else total
    wrong = right + rng.choice((-1, 1)) * max(Fraction(1), abs(right) * Fraction(rng.randint(3, 30), 100))
    en, zh = (
        ("The average {0} is {1}.", "{0}平均为{1}。")
        if mean
        else ("The total {0} comes to {1}.", "{0}合计{1}。")
    )
    return Said(
        en, zh, (column.name, written(right)), (column.name, written(wrong if mean else Fraction(int(wrong))))
    )


def counted(table: Table, rng: Rng) -> Said | None:
    """How many rows hold a state."""
    numeric = set(table.numeric)
    states = [
        column
        for column in range(len(table.columns))
        if column not in numeric and column != table.names
        and 2 <= len({row[column] for row in table.rows}) <= max(2, len(table.rows) // 2)
    ]  # fmt: skip
    if not states:
        return None
    column = rng.choice(states)
    state = rng.choice(sorted({row[column] for row in table.rows}))
    count = sum(row[column] == state for row in table.rows)
    wrong = rng.choice([n for n in (count - 1, count + 1, count + 2) if n > 0])
    if not state or len(state) > _LONGEST_NAME:
        return None
    return Said(
        "There are {0} rows with {2} {1}.",
        "{2}为{1}的共有{0}个。",
        (str(count), state, table.columns[column]),
        (str(wrong), state, table.columns[column]),
    )


def beyond(table: Table, rng: Rng) -> Said | None:
    """How many rows lie beyond a limit."""
    column = _column(table, rng)
    if column is None or len(column.cells) != len(table.rows):
        return None
    numbers = sorted(number for _, number in column.cells.values())
    limit = Fraction(round(float(rng.choice(numbers[1:-1])) * rng.choice((0.9, 1.05, 1.1))))
    above = rng.random() < 0.6
    count = sum(number > limit if above else number < limit for number in numbers)
    wrong = rng.choice([n for n in (count - 1, count + 1, count + 2) if n >= 0])
    if limit <= 0 or not count:
        return None
    en = f"{{0}} of them have a {{1}} {'above' if above else 'below'} {{2}}."
    zh = f"有{{0}}个{{1}}{'高于' if above else '低于'}{{2}}。"
    return Said(en, zh, (str(count), column.name, written(limit)), (str(wrong), column.name, written(limit)))


def looked_up(table: Table, rng: Rng) -> Said | None:
    """What stands in a cell."""
    column = _column(table, rng)
    if column is None:
        return None
    one, other = rng.sample(sorted(column.cells), 2)
    right, wrong = column.cells[one][0], column.cells[other][0]
    en, zh = rng.choice((("The {1} of {0} is {2}.", "{0}的{1}为{2}。"), ("{0}: {1} {2}.", "{0},{1}:{2}。")))
    return Said(en, zh, (one, column.name, right), (one, column.name, wrong))


KINDS: tuple[Callable[[Table, Rng], Said | None], ...] = (
    extreme, extreme, extreme_value, compared, compared, changed_over_time, changed_over_time,
    changed_over_time, summed, counted, beyond, looked_up,
)  # fmt: skip
