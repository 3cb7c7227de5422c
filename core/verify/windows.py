"""A document's text as sentences and rows, and the runs of them that are short enough to read at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.verify.sentences import Span, sentences
from core.verify.text import weight

WINDOW_WEIGHT = 100.0
MAX_UNIT = 90.0
_HEADING = re.compile(r"^\s*(?:#{1,6}\s+|第[一二三四五六七八九十百\d]{1,5}[章节编]\s)")
_TITLE_LENGTH = 60
_SOFT_BREAK = re.compile(r"[,，、;；:：]\s?|\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a row: ``text[start:end]`` of its document, its size, and what stands above it."""

    start: int
    end: int
    size: float
    header: str | None


def units(text: str) -> tuple[Unit, ...]:
    """Cut a document's text into sentences and rows; nothing but white space lies between them."""
    found: list[Unit] = []
    title, heading, columns, table_lines = _title(text), None, None, 0
    for start, end in _lines(text):
        line = text[start:end]
        if _is_row(line):
            table_lines += 1
            columns = line.strip() if table_lines == 1 else columns
        else:
            table_lines, columns = 0, None
        header = _header(title if start else None, heading, columns if table_lines > 1 else None)
        if _HEADING.match(line):
            heading = line.strip(" #\t")
        spans = [(start, end)] if table_lines else list(sentences(text, start, end))
        for begin, stop in spans:
            found += [Unit(b, s, weight(text[b:s]), header) for b, s in _cut(text, begin, stop)]
    return tuple(found)


def windows(found: tuple[Unit, ...]) -> list[tuple[int, int]]:
    """For each unit the longest run from it that fits a window, as unit indices, half open."""
    runs: list[tuple[int, int]] = []
    for first in range(len(found)):
        last, size = first, 0.0
        while last < len(found) and (last == first or size + found[last].size <= WINDOW_WEIGHT):
            size += found[last].size
            last += 1
        runs.append((first, last))
        if last == len(found):
            break
    return runs


def _header(*parts: str | None) -> str | None:
    kept = [part for part in parts if part]
    return "\n".join(dict.fromkeys(kept)) or None


def _title(text: str) -> str | None:
    """The first line where it names the document rather than says something."""
    line = text.lstrip().split("\n", 1)[0].strip(" #\t*")
    short = 0 < len(line) <= _TITLE_LENGTH and len(line) < len(text.strip())
    return line if short and line[-1] not in ".。!！?？;；,，" else None


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        if not line.strip():
            continue
        if spans and _wrapped(text[slice(*spans[-1])], text[spans[-1][1] : start], line):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [_strip(text, start, end) for start, end in spans]


def _wrapped(before: str, between: str, line: str) -> bool:
    """Whether a line goes on with the one above it, wrapped at a column of the page."""
    last = before.rstrip().rsplit("\n", 1)[-1]
    if between.strip("\r\n") or len(last) < 50 or _is_row(last) or _is_row(line) or _HEADING.match(last):
        return False
    first = line.lstrip()[0]
    return last[-1] not in ".。!！?？:：;；" and (first.islower() or last[-1] in ",，、-" or len(last) < 100)


def _is_row(line: str) -> bool:
    return line.count("|") >= 2 or line.count("\t") >= 2 or (line.count(",") >= 3 and ", " not in line)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> list[Span]:
    """Break a unit that is too long for a window at its commas or spaces."""
    if weight(text[start:end]) <= MAX_UNIT:
        return [(start, end)]
    spans: list[Span] = []
    begin, fits = start, start
    for found in _SOFT_BREAK.finditer(text, start, end):
        if weight(text[begin : found.end()]) > MAX_UNIT and fits > begin:
            spans.append(_strip(text, begin, fits))
            begin = fits
        fits = found.end()
    if weight(text[begin:end]) > MAX_UNIT and fits > begin:
        spans.append(_strip(text, begin, fits))
        begin = fits
    spans += [_strip(text, at, min(at + 400, end)) for at in range(begin, end, 400)]
    return [span for span in spans if span[0] < span[1]]
