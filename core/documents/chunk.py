"""Pages into passages: stretches of whole sentences, rows or clauses of a size that reads and embeds well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.documents.table_header import find_tables, header_for, is_caption, lines_of
from core.documents.tidy import WIDE, is_row, weight
from core.types import Page

# Size is counted in weights: a Chinese character says about what two letters do. So a passage holds
# about 600 letters or 300 Chinese characters, and mixed text something between.
TARGET = 600
_MOST = 2 * TARGET
_LEAST = TARGET // 4
_HEADING = TARGET // 6
_ARTICLE = re.compile(
    r"[ \t\u3000]*第[0-9０-９〇零一二三四五六七八九十百千两]{1,9}条(?:之[一二三四五六七八九十]+)?"
    r"(?![的、和与或及至所第]|[^\s\u3000]{0,2}[款项规中])"
)
_SENTENCE_END = re.compile(
    r"[。！？；…]+[”’」』）》】\"')]*"
    r"|(?<![A-Z])(?<!\b[A-Za-z])(?<!\bNo)(?<!\bvs)(?<!\bInc)(?<!\bLtd)[.!?;]+[”’\"')\]]*(?=\s)"
)
_SOFTER = re.compile(r"[，、：,:]\s*|\s+")
_BULLET = re.compile(r"\s*[-•●○▪■◦‣·*–—]\s")
_MOST_CAPTIONS = 2
_HAS_TEXT = re.compile(r"\w")


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
class _Unit:
    """What is never cut: a row, a line, or a sentence of a long line. ``opens``: a passage starts here;
    ``fresh``: a paragraph does; ``caption``: it names what follows.
    """

    start: int
    end: int
    weight: int
    opens: bool
    fresh: bool
    caption: bool


def chunk(page: Page) -> list[Draft]:
    """Cut a page. Every letter and digit of it stands in exactly one passage."""
    groups = _grouped(_units(page.text))
    tables = find_tables(page)
    drafts = []
    for group in groups:
        start, end = group[0].start, group[-1].end
        text = page.text[start:end]
        if _HAS_TEXT.search(text):
            drafts.append(Draft(text, start, end, header_for(tables, start, end)))
    return drafts


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    after_blank = True
    for start, end in lines_of(text):
        line = text[start:end]
        if not line.strip():
            after_blank = True
            continue
        opens = bool(_ARTICLE.match(line))
        caption = is_caption(line) and not _BULLET.match(line)
        pieces = [(start, end)] if is_row(line) else list(_sentences(text, start, end))
        for first, last in pieces:
            head = first == pieces[0][0]
            size = weight(text[first:last])
            units.append(_Unit(first, last, size, opens and head, head and after_blank, caption))
        after_blank = False
    return units


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
        reach = start + (TARGET if not WIDE.search(text, start, end) else TARGET // 2)
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
            groups.append([*_captions(groups, unit), unit])
            size = sum(old.weight for old in groups[-1])
    return _without_crumbs(groups)


def _captions(groups: list[list[_Unit]], unit: _Unit) -> list[_Unit]:
    """Take back the headings at the end of the last passage: they belong to the unit that begins the next."""
    taken: list[_Unit] = []
    while groups and len(groups[-1]) > 1 and groups[-1][-1].caption and len(taken) < _MOST_CAPTIONS:
        if groups[-1][-1].opens or unit.caption:
            break
        taken.insert(0, groups[-1].pop())
    return taken


def _fits(size: int, unit: _Unit) -> bool:
    """A new paragraph begins a new passage a little earlier than a sentence of the same one would."""
    room = TARGET * 5 // 4 if not unit.fresh else TARGET
    return size < _LEAST or size + unit.weight <= room


def _without_crumbs(groups: list[list[_Unit]]) -> list[list[_Unit]]:
    """A passage too small to say anything joins the one before, unless a clause starts in it."""
    kept: list[list[_Unit]] = []
    for group in groups:
        small = sum(unit.weight for unit in group) < _LEAST
        clause = any(unit.opens for unit in group)
        if kept and small and not clause and sum(unit.weight for unit in kept[-1]) < TARGET * 5 // 4:
            kept[-1].extend(group)
        else:
            kept.append(group)
    return kept
