"""What the tables of the evidence say without writing it down, as far as a claim asks for it.

Counts, the largest and the smallest, sums, averages, differences and changes are reckoned exactly and put
into a line of plain words that the checker reads below the window. Which are reckoned follows from the words
of claim and question, never from the claim's figures: else some way to a wrong figure would always be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

from core.documents.fold import fold
from core.verify.tables.asked import MOST_COLUMNS, MOST_ROWS, Asked, asked_of
from core.verify.tables.table import Table, number_of, tables, unit_of, year_of
from core.verify.text import weight
from core.verify.windows import WINDOW_WEIGHT

MOST_WEIGHT = 60.0
_SUPERLATIVE = re.compile(
    r"\b(?:most|least|fewest|highest|lowest|largest|smallest|greatest|longest|shortest|biggest|best|worst|maximum|"
    r"minimum|oldest|youngest|earliest|latest|top|bottom|leading|first|last|second|third|\w{3,}est)\b|最|第[一二三]|首"
)
_COUNT = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|times?|only|all|every|each|"
    r"both|no|none|never|any|other|several|majority|half|multiple|more than|less than|fewer|number|same)\b"
    r"|[一二两三四五六七八九十\d][个家项次条种人名行]|均|都|仅|只|没有|多数|半数|数量"
)
_SUM = re.compile(r"\b(?:total|sum|combined?|together|altogether|overall)\b|合计|总|一共|共")
_AVERAGE = re.compile(r"\b(?:average|mean)\b|平均")
_CHANGE = re.compile(
    r"\b(?:chang\w*|differ\w*|increas\w*|decreas\w*|gr[eo]w\w*|growth|rose|risen?|f[ae]ll\w*|declin\w*|drop\w*|higher|"
    r"lower|longer|shorter|more|less|fewer|greater|smaller|larger|better|worse|older|younger|compar\w*|versus|than|"
    r"percent\w*|ratio|proportion|share)\b|%|增|减|降|升|相差|差|变动|变化|比|占|高于|低于|超"
)
_LIMIT = re.compile(
    r"(?P<above>more than|greater than|over|above|at least|higher than|超过|高于|多于|至少)|"
    r"(?P<below>less than|fewer than|under|below|at most|lower than|低于|少于|不足|至多)"
)
_LIMIT_NUMBER = re.compile(r"[^\d]{0,6}(\d[\d,]{0,20}(?:\.\d{1,9})?)")
_MOST_NAMES = 4


def reckoned(claim: str, question: str | None, texts: Sequence[str], *, whole: bool = True) -> str:
    """One line for the checker, empty where the tables of the texts have nothing to add.

    ``whole`` False: the texts may hold parts of tables only, so that nothing is counted over all rows.
    """
    said = fold(f"{question or ''} {claim}")
    lines: list[str] = []
    for text in texts:
        for table in tables(text):
            asked = asked_of(table, said)
            lines += _over_rows(asked) if whole and not table.cut else []
            lines += _between(asked)
            lines += _rows(asked)
    return _fitting(dict.fromkeys(lines))


def below(reading: str, line: str) -> str:
    """A window's reading with the reckoned line below it."""
    return f"{reading}\n{line}" if line else reading


def _fitting(lines: Iterable[str]) -> str:
    kept: list[str] = []
    size = 0.0
    for line in lines:
        size += weight(line) + 1
        if size <= MOST_WEIGHT:
            kept.append(line)
    return "; ".join(kept)


def _over_rows(asked: Asked) -> Iterator[str]:
    """Counts, extremes, sums and averages over all rows."""
    if _COUNT.search(asked.said):
        yield from _counts(asked)
    for column in asked.columns[:MOST_COLUMNS]:
        if _SUPERLATIVE.search(asked.said):
            yield from _extremes(asked, column)
        numbers, name = asked.table.numbers[column], asked.table.columns[column]
        if len(asked.table.body) < len(asked.table.rows):
            continue  # the table tells its totals itself
        if numbers and _SUM.search(asked.said):
            yield f"{asked.words['sum']} {name}: {written(sum(numbers.values(), Fraction(0)))}"
        if numbers and _AVERAGE.search(asked.said):
            mean = sum(numbers.values(), Fraction(0)) / len(numbers)
            yield f"{asked.words['average']} {name}: {written(mean)}"


def _counts(asked: Asked) -> Iterator[str]:
    table, words = asked.table, asked.words
    yield f"{words['rows']}: {len(table.body)}"
    for cell, column in islice(asked.cells, 3):
        holding = asked.holding(cell, column)
        if column != table.names or len(holding) > 1:
            names = _names(asked, holding, column)
            yield f"{table.columns[column]} {cell}: {len(holding)} {words['rows']}{names}"
    if len(asked.cells) == 2 and asked.cells[0][1] != asked.cells[1][1]:
        (one, first), (other, second) = asked.cells
        both = sum(fold(row[first]) == one and fold(row[second]) == other for row in table.rows)
        yield f"{one} + {other}: {both} {words['rows']}"
    yield from _limits(asked)


def _names(asked: Asked, rows: Sequence[int], column: int) -> str:
    names = [asked.name(at) for at in rows if column != asked.table.names]
    return f" ({', '.join(names)})" if names and len(names) <= _MOST_NAMES else ""


def _limits(asked: Asked) -> Iterator[str]:
    """How many rows lie beyond a limit that the claim sets."""
    for found in _LIMIT.finditer(asked.said):
        number = _LIMIT_NUMBER.match(asked.said, found.end())
        if number is None:
            continue
        side = "above" if found["above"] else "below"
        limit = Fraction(number[1].replace(",", ""))
        for column in asked.columns[:MOST_COLUMNS]:
            numbers = asked.table.numbers[column]
            beyond = [
                at
                for at, amount in numbers.items()
                if at in asked.table.body and (amount > limit if side == "above" else amount < limit)
            ]
            name = asked.table.columns[column]
            count = f"{len(beyond)} {asked.words['rows']}{_names(asked, beyond, column)}"
            yield f"{name} {asked.words[side]} {number[1]}: {count}"


def _extremes(asked: Asked, column: int) -> Iterator[str]:
    numbers = {at: number for at, number in asked.table.numbers[column].items() if at in asked.table.body}
    if len(numbers) < 2:
        return
    order = sorted(numbers, key=lambda at: (-numbers[at], at))
    name, words, row = asked.table.columns[column], asked.words, asked.table.rows
    first, second, last = order[0], order[1], order[-1]
    yield (
        f"{words['highest']} {name}: {row[first][column]} ({asked.name(first)}), {words['then']} "
        f"{row[second][column]} ({asked.name(second)})"
    )
    yield f"{words['lowest']} {name}: {row[last][column]} ({asked.name(last)})"


def _between(asked: Asked) -> Iterator[str]:
    """Differences and changes between columns of a named row, and between two named rows."""
    compares, averages = _CHANGE.search(asked.said), _AVERAGE.search(asked.said) or _SUM.search(asked.said)
    if not (compares or averages):
        return
    numeric = [column for column in asked.table.numeric if column != asked.table.names]
    along = asked.columns if len(asked.columns) >= 2 else numeric
    if len(asked.columns) >= 2 or all(year_of(asked.table.columns[column]) for column in along):
        for at in asked.rows[:MOST_ROWS]:
            yield from _along_row(asked, at, along[:3])
    for one, other in islice(combinations(asked.rows[:3], 2), 2):
        for column in (asked.columns or numeric)[:MOST_COLUMNS]:
            yield from _two_rows(asked, one, other, column)


def _along_row(asked: Asked, at: int, columns: Sequence[int]) -> Iterator[str]:
    row, words, table = asked.table.rows[at], asked.words, asked.table
    held = [(column, number) for column in columns if (number := number_of(row[column])) is not None]
    if len({unit_of(row[column]) for column, _ in held}) > 1:
        return
    if _CHANGE.search(asked.said):
        for (one, first), (other, second) in islice(combinations(_by_time(table, held), 2), 2):
            names = f"{table.columns[one]} → {table.columns[other]}"
            yield f"{asked.name(at)} {names}: {_difference(words, first, second)}"
    if len(held) >= 2 and (_AVERAGE.search(asked.said) or _SUM.search(asked.said)):
        total = sum((number for _, number in held), Fraction(0))
        names = ", ".join(table.columns[column] for column, _ in held)
        mean = written(total / len(held))
        yield f"{asked.name(at)} {names}: {words['sum']} {written(total)}, {words['average']} {mean}"


def _rows(asked: Asked) -> Iterator[str]:
    """The named rows as they are, of a table that no window holds as a whole."""
    if weight("".join(map("".join, asked.table.rows))) > WINDOW_WEIGHT:
        for at in asked.rows[:MOST_ROWS]:
            yield ", ".join(filter(None, asked.table.rows[at]))


def _by_time(table: Table, held: list[tuple[int, Fraction]]) -> list[tuple[int, Fraction]]:
    """From the earlier column to the later one where headers name years, else as they stand."""
    return sorted(held, key=lambda item: year_of(table.columns[item[0]]) or 0)


def _difference(words: dict[str, str], first: Fraction, second: Fraction) -> str:
    text = f"{words['difference']} {written(second - first)}"
    return f"{text}, {words['change']} {written((second - first) / first * 100)} %" if first else text


def _two_rows(asked: Asked, one: int, other: int, column: int) -> Iterator[str]:
    table, words = asked.table, asked.words
    numbers = table.numbers[column]
    if one not in numbers or other not in numbers:
        return
    first, second = numbers[one], numbers[other]
    text = (
        f"{table.columns[column]}: {asked.name(one)} {table.rows[one][column]}, {asked.name(other)} "
        f"{table.rows[other][column]}, "
        f"{words['difference']} {written(abs(first - second))}, {words['sum']} {written(first + second)}"
    )
    yield f"{text}, {words['share']} {written(first / second * 100)} %" if second else text


def written(number: Fraction) -> str:
    """A number with grouped thousands and two digits behind the point, four where it is below 1."""
    text = f"{float(number):,.{2 if abs(number) >= 1 else 4}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
