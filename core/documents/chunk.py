"""Pages into passages: stretches of whole sentences, rows or clauses of a size that reads and embeds well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.tidy import CELL_SEPARATOR, is_row
from core.types import Page

# Size is counted in weights: a Chinese character says about what two letters do. So a passage holds
# about 600 letters or 300 Chinese characters, and mixed text something between.
TARGET = 600
_MOST = 2 * TARGET
_LEAST = TARGET // 4
_HEADING = TARGET // 6
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\uffee\U00020000-\U000323af]")
_ARTICLE = re.compile(
    r"[ \t\u3000]*第[0-9０-９〇零一二三四五六七八九十百千两]{1,9}条(?:之[一二三四五六七八九十]+)?"
    r"(?![^\s\u3000]{0,2}[款项规中])"
)
_SENTENCE_END = re.compile(
    r"[。！？；…]+[”’」』）》】\"')]*|(?<![A-Z])(?<!\b[A-Za-z])(?<!\bNo)(?<!\bvs)(?<!\bInc)(?<!\bLtd)[.!?;]+[”’\"')\]]*(?=\s)"
)
_SOFTER = re.compile(r"[，、：,:]\s*|\s+")
_HAS_TEXT = re.compile(r"\w")
_NUMBER_CELL = re.compile(r"[(\[]?[-+−]?[$€£¥￥]?\s*\(?\d[\d,.]*\)?\s*(?:%|元|万元|亿元)?[)\]]?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_SENTENCE = re.compile(r"[.。！？!?；;]$")
_HEADER_ROWS = 4
_BETWEEN_ROWS = 2
_CAPTION = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage before it is stored; ``text`` is ``page.text[start:end]``. ``header`` is the table header
    that its rows need and do not hold.
    """

    text: str
    start: int
    end: int
    header: str | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table below its header, and the header."""

    start: int
    end: int
    header: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a row, a line, or a sentence of a long line. ``opens``: a passage starts here;
    ``fresh``: a paragraph does.
    """

    start: int
    end: int
    weight: int
    opens: bool
    fresh: bool


def chunk(page: Page) -> list[Draft]:
    """Cut a page. Every letter and digit of it stands in exactly one passage."""
    groups = _grouped(_units(page.text))
    tables = _tables(page)
    drafts = []
    for group in groups:
        start, end = group[0].start, group[-1].end
        text = page.text[start:end]
        if _HAS_TEXT.search(text):
            drafts.append(Draft(text, start, end, _header_for(tables, start, text)))
    return drafts


def weight(text: str) -> int:
    """The size of a text in letters, a Chinese character counting two."""
    return len(text) + len(_WIDE.findall(text))


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    after_blank = True
    for start, end in _lines(text):
        line = text[start:end]
        if not line.strip():
            after_blank = True
            continue
        opens = bool(_ARTICLE.match(line))
        pieces = [(start, end)] if is_row(line) else list(_sentences(text, start, end))
        for number, (first, last) in enumerate(pieces):
            head = number == 0
            units.append(_Unit(first, last, weight(text[first:last]), opens and head, head and after_blank))
        after_blank = False
    return units


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line, without spaces around; a row keeps its empty first cells."""
    at = 0
    for line in text.split("\n"):
        lead = 0 if is_row(line) else len(line) - len(line.lstrip())
        yield at + lead, at + max(len(line.rstrip()), lead)
        at += len(line) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line in sentences where it is longer than a passage, else whole."""
    if weight(text[start:end]) <= TARGET:
        yield start, end
        return
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield from _pieces(text, at, match.end())
        at = match.end()
    yield from _pieces(text, at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence, cut at a comma or a space where it is too long for any passage, or anywhere at last."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    while end - start > 0 and weight(text[start:end]) > _MOST:
        reach = start + (TARGET if not _WIDE.search(text, start, end) else TARGET // 2)
        soft = [match.end() for match in _SOFTER.finditer(text, start + 1, min(reach, end))]
        cut = soft[-1] if soft else min(reach, end)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
    if start < end:
        yield start, end


def _grouped(units: list[_Unit]) -> list[list[_Unit]]:
    """Neighbours together until a passage is full; a clause article starts one, with the page's heading."""
    groups: list[list[_Unit]] = []
    size = 0
    for unit in units:
        heading = len(groups) == 1 and size < _HEADING and not any(old.opens for old in groups[0])
        if groups and (heading if unit.opens else _fits(size, unit)):
            groups[-1].append(unit)
            size += unit.weight
        else:
            groups.append([unit])
            size = unit.weight
    return _without_crumbs(groups)


def _fits(size: int, unit: _Unit) -> bool:
    """A new paragraph begins a new passage a little earlier than a sentence of the same one would."""
    room = TARGET * 5 // 4 if not unit.fresh else TARGET
    return size < _LEAST or size + unit.weight <= room


def _without_crumbs(groups: list[list[_Unit]]) -> list[list[_Unit]]:
    """A passage too small to say anything joins the one before, unless a clause starts with either."""
    kept: list[list[_Unit]] = []
    for group in groups:
        small = sum(unit.weight for unit in group) < _LEAST
        if kept and small and not group[0].opens and sum(unit.weight for unit in kept[-1]) < TARGET * 5 // 4:
            kept[-1].extend(group)
        else:
            kept.append(group)
    return kept


def _tables(page: Page) -> list[_Table]:
    """The tables of a page: runs of rows with nothing but captions of a line between them."""
    tables: list[_Table] = []
    rows: list[tuple[int, int]] = []
    gap = _BETWEEN_ROWS + 1
    for start, end in _lines(page.text):
        if is_row(page.text[start:end]):
            if gap > _BETWEEN_ROWS or (gap and page.header is None and _names(page.text[start:end])):
                tables += _table(page, rows)
                rows = []
            rows.append((start, end))
            gap = 0
        elif end > start:
            caption = weight(page.text[start:end]) < _CAPTION and not _SENTENCE.search(page.text[start:end])
            gap += 1 if caption else _BETWEEN_ROWS + 1
    return tables + _table(page, rows)


def _table(page: Page, rows: list[tuple[int, int]]) -> list[_Table]:
    """The table of these rows, if something names its columns: the page's header or its own first rows."""
    if not rows:
        return []
    if page.header is not None:
        return [_Table(rows[0][0], rows[-1][1], page.header)]
    lines = [page.text[start:end] for start, end in rows]
    named = next((at for at, line in enumerate(lines) if not _names(line)), None)
    if named is None:  # words only: the first row names the others
        named = 1
    if not 0 < named <= _HEADER_ROWS:
        return []
    return [_Table(rows[named - 1][1], rows[-1][1], "\n".join(lines[:named]))]


def _names(line: str) -> bool:
    """Whether a row could name columns: it holds no figures but years and dates."""
    cells = [cell.strip() for cell in line.split(CELL_SEPARATOR)]
    return not any(_NUMBER_CELL.match(cell) and not _YEAR.match(cell) for cell in cells)


def _header_for(tables: list[_Table], start: int, text: str) -> str | None:
    """The header of the table in whose rows a passage begins, or holds a row of without its header."""
    for table in tables:
        inside = table.start < start + len(text) and start < table.end
        if inside and start >= table.start and table.header not in text:
            return table.header
    return None
