"""Where sentences end, in English, Chinese and a mix of both, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.verify.text import CJK

Span = tuple[int, int]

_END = re.compile(r"[。！？!?]+|…+|\.{3,}|[.．]|[;；]")
_CLOSERS = "\"'”’」』）)】]》〉*_"
_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "[": "]", "【": "】", "`": "`"}
_QUOTES = "”」』"
_MAX_PROTECTED = 160
_ABBREVIATION = re.compile(
    r"""(?:^|[\s(\["“（]|(?<![a-z])')(?:
        mr|mrs|ms|dr|prof|sr|jr|st|no|nos|art|arts|sec|secs|ch|fig|figs|eq|p|pp|vol|ed|eds|inc|ltd|co|corp|llc|
        dept|est|approx|vs|v|etc|e\.g|i\.e|cf|al|ca|viz|min|max|ext|tel|incl|excl|para|paras|cl|ref|attn|esp|ave|blvd|rd|bldg|hon|gov|gen|rep|sen|rev|capt|col|lt|maj|
        jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|u\.s|u\.k|u\.n|e\.u|d\.c|
        a\.m|p\.m|ph\.d|b\.a|m\.a|[a-z]|(?:[a-z]\.)+[a-z]
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS_ANYWAY = re.compile(r"(?:etc|a\.m|p\.m|inc|ltd|u\.s|u\.k|jr|sr)$", re.IGNORECASE)
_NEW_SENTENCE = re.compile(rf"\s+[\"'“‘(\[*]*(?:[A-Z][a-z]+|I\b|[{CJK}])")
_GLUED = re.compile(r"(?!(?:Com|Net|Org)\b)[A-Z][a-z]*(?:['’][a-z]+)?[\s,]")  # "is strict.It allows"
_REFERENCES = re.compile(r"(?:\[\d{1,3}\])+")
_NEXT_POINT = re.compile(
    r"\s*(?:[①-⑳]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|第[一二三四五六七八九十][，、])"
)
_LIST_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}|[a-zA-Z])$")


def sentences(text: str, start: int = 0, end: int | None = None, *, clauses: bool = False) -> Iterator[Span]:
    """The sentences of ``text[start:end]`` as spans without surrounding white space.

    ``clauses`` also ends one at a semicolon where both sides can stand alone.
    """
    end = len(text) if end is None else end
    protected = _protected(text, start, end)
    begin = start
    for found in _END.finditer(text, start, end):
        stop = found.end()
        if found.start() < begin or not _ends(text, begin, found, end, protected, clauses):
            continue
        stop = _closed(text, begin, stop, end)
        yield from _trimmed(text, begin, stop)
        begin = stop
    yield from _trimmed(text, begin, end)


def _closed(text: str, begin: int, stop: int, end: int) -> int:
    """Where a sentence ends with the quotes, brackets, emphasis and references [2] after its last mark."""
    while stop < end and text[stop] in _CLOSERS:
        if text[stop] in "*_" and _even(text, begin, stop):
            break  # it opens the emphasis of what follows
        stop += 2 if text[stop : stop + 2] in ("**", "__") else 1
    references = _REFERENCES.match(text, stop, end)
    return references.end() if references else stop


def _even(text: str, begin: int, at: int) -> bool:
    """Whether as many marks of emphasis like the one at ``at`` close before it as open."""
    mark = text[at : at + 2] if text[at : at + 2] in ("**", "__") else text[at]
    return text.count(mark, begin, at) % 2 == 0


def _ends(
    text: str, begin: int, found: re.Match[str], end: int, protected: list[Span], clauses: bool
) -> bool:
    mark, at, stop = found.group(), found.start(), found.end()
    if _inside(protected, at, stop):
        return False
    if mark in ";；":
        if clauses and _NEXT_POINT.match(text, stop, end):
            return True
        return clauses and _stands(text[begin:at]) and _stands(text[stop:end])
    if mark not in ".．":
        if mark[0] in "!?" and not _asked_or_called(text, begin, stop, end):
            return False
        return mark[0] not in "…." or _starts_new(text, stop, end)
    return _full_stop(text, begin, at, end)


def _asked_or_called(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether a half-width mark ends a sentence: not in ?page=2, "Why?" and left, Yahoo! was."""
    if stop < end and text[stop].isascii() and text[stop].isalnum():
        return False
    rest = text[_closed(text, begin, stop, end) : end].lstrip()
    return not (rest[:1].isascii() and rest[:1].islower())


def _full_stop(text: str, begin: int, at: int, end: int) -> bool:
    after = _closed(text, begin, at + 1, end)
    if after < end and not text[after].isspace() and not re.match(rf"[{CJK}*_]", text[after]):
        glued = text[max(begin, at - 3) : at]
        return (
            len(glued) == 3 and glued.isascii() and glued.islower() and bool(_GLUED.match(text, after, end))
        )
    before = text[max(begin, at - 24) : at]
    if _LIST_NUMBER.match(text[begin:at]):
        return False
    if _ABBREVIATION.search(before):
        return bool(_ENDS_ANYWAY.search(before)) and bool(_NEW_SENTENCE.match(text, after, end))
    return True


def _starts_new(text: str, at: int, end: int) -> bool:
    rest = text[at:end].lstrip()
    return not rest or not rest[0].islower()


def _stands(clause: str) -> bool:
    stripped = clause.strip()
    chinese = len(re.findall(f"[{CJK}]", stripped))
    return chinese >= 6 or len(stripped.split()) >= 4


def _protected(text: str, start: int, end: int) -> list[Span]:
    """Stretches in brackets, quotes or code inside which a mark ends no sentence."""
    spans: list[Span] = []
    open_at: list[tuple[str, int]] = []
    for at in range(start, end):
        char = text[at]
        if char == "\n":
            open_at.clear()
        elif open_at and char == open_at[-1][0]:
            _, opened = open_at.pop()
            if at - opened <= _MAX_PROTECTED:
                spans.append((opened, at + (char not in _QUOTES)))
        elif char in _PAIRS:
            open_at.append((_PAIRS[char], at))
    return spans


def _inside(protected: list[Span], at: int, stop: int) -> bool:
    """Whether a mark lies inside a pair; the last mark before a closing quote ends its sentence."""
    return any(opened < at < closed and stop < closed for opened, closed in protected)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
