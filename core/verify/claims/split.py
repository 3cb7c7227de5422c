"""An answer into claims: sentences, list items, table rows and clauses that can stand alone.

Each claim carries the context it needs to be understood ("it", 该, a table's header, the line that leads a
list in), because the words it refers to stand outside of it.
"""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.language import detect_language
from core.types import Language
from core.verify.claims.kinds import ClaimKind, closes, kind_of, signs
from core.verify.sentences import Span, sentences

_FENCE = re.compile(r"^[ \t]*(```|~~~)")
_ROMAN = "i{1,3}|iv|vi{0,3}|ix|x"
_ITEM = re.compile(
    r"[ \t>]*(?:[-*+•·●▪–—]\s+(?:\[[ xX]\]\s+)?|[•·●▪]|\(?\d{1,3}[.)]\s+|\d{1,2}[.．)](?=[\u3400-\u9fff《“])|\d{1,2}、\s*|"
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]\s*|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[①-⑳]\s*|"
    rf"[a-z][.)]\s+|[A-Z]\)\s+|\((?:[a-z]|{_ROMAN})\)\s+|(?:{_ROMAN})[.)]\s+|\[[ xX]\]\s+|"
    r"\d{1,2}(?:\.\d{1,2}){1,2}\s+(?=(?!(?:Million|Billion|Trillion)\b)[A-Z][a-z]+\s)|"
    r"\d{1,2}(?:\.\d{1,2}){1,2}\s+(?=[\u3400-\u9fff])(?![万亿千百十元美欧英日港个名人倍成年月天周小分秒公平立米吨克升度岁件台家项次折])|>+\s*)"
)
_POINT = re.compile(rf"(?:[（(](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|[a-h]|{_ROMAN})[)）]|[①-⑳])\s*")
_HEADING = re.compile(r"[ \t]*#{1,6}\s")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)[^*_]{1,80}(?:\*\*|__)[:：]?\s*$")
_RULE_LINE = re.compile(r"^[\s|:\-=+*_]+$")
_ANSWER_WORD = re.compile(
    r"^(?:yes|no|correct|right|wrong|true|false|maybe|certainly|of course|absolutely|indeed|sure|"
    r"not (?:exactly|quite|necessarily|always)|"
    r"是的?|当然(?:可以)?|可以的|没错|不是|对的?|不对|可以|不可以|不行|行|能|不能|会|不会|需要|不需要|不用|要|不要|算|不算|有|没有|不一定|"
    r"是可以的|应当|不必|错|正确|不正确)[\s.,!。，！]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A stretch of an answer before it is checked; ``text`` is ``answer[start:end]``.

    ``before`` is what a reader needs from earlier in the answer: the preceding claim, the line that leads a
    list in, or a table's header; None where nothing precedes.
    """

    start: int
    end: int
    text: str
    checkable: bool
    kind: ClaimKind
    before: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of one line or paragraph with the line that leads it in."""

    start: int
    end: int
    kind: ClaimKind | None = None
    lead: str | None = None


def split(answer: str, language: Language | None = None) -> tuple[ClaimDraft, ...]:
    """Cut an answer into stretches, each a claim or marked as none.

    ``language`` is found from the text where not given. Every character with a meaning lies in exactly one
    stretch; their order is that of the answer.
    """
    language = language or detect_language(answer)
    drafts: list[ClaimDraft] = []
    previous: str | None = None
    closed = False
    for piece in _joined(answer, list(_pieces(answer))):
        text = answer[piece.start : piece.end]
        kind = piece.kind or kind_of(text)
        if closed and kind is ClaimKind.CLAIM and signs(text):
            kind = ClaimKind.SIGNATURE
        closed = kind is ClaimKind.SIGNATURE or (kind is ClaimKind.GREETING and closes(text))
        before = _context(previous, piece.lead)
        drafts.append(ClaimDraft(piece.start, piece.end, text, kind is ClaimKind.CLAIM, kind, before))
        if kind is ClaimKind.CLAIM:
            previous = text
    return tuple(drafts)


def _context(previous: str | None, lead: str | None) -> str | None:
    parts = [part for part in (lead, previous) if part]
    return " ".join(dict.fromkeys(parts)) or None


def _pieces(answer: str) -> Iterator[_Piece]:
    lead: str | None = None
    header: str | None = None
    for start, end, fenced in _blocks(answer):
        line = answer[start:end]
        if fenced:
            yield _Piece(start, end, ClaimKind.CLAIM, lead)
        elif _is_row(line):
            if header is None or _RULE_LINE.match(line):
                yield from _row(answer, start, end, ClaimKind.HEADING, None)
                header = header or line
            else:
                yield from _row(answer, start, end, ClaimKind.CLAIM, header)
            continue
        elif _HEADING.match(line) or _BOLD_LINE.match(line):
            lead = line.strip(" #*_\t")
            yield from _heading(answer, start, end)
        else:
            yield from _prose(answer, start, end, lead)
            lead = _next_lead(line, lead)
        header = None


def _next_lead(line: str, lead: str | None) -> str | None:
    if line.rstrip().endswith((":", "：")):
        return line.strip()
    return lead if _ITEM.match(line) else None


def _heading(answer: str, start: int, end: int) -> Iterator[_Piece]:
    begin, stop = _strip(answer, start, end)
    if begin < stop:
        yield _Piece(begin, stop, ClaimKind.HEADING)


def _row(answer: str, start: int, end: int, kind: ClaimKind, header: str | None) -> Iterator[_Piece]:
    begin, stop = _strip(answer, start, end)
    while begin < stop and answer[begin] in "| \t":
        begin += 1
    while stop > begin and answer[stop - 1] in "| \t":
        stop -= 1
    if begin < stop:
        yield _Piece(begin, stop, kind, header)


def _prose(answer: str, start: int, end: int, lead: str | None) -> Iterator[_Piece]:
    item = _ITEM.match(answer, start, end)
    begin = item.end() if item else start
    for first, last in sentences(answer, begin, end, clauses=True):
        point = _POINT.match(answer, first, last)  # (2) inside a line names the point, and is no number
        yield _Piece(point.end() if point and point.end() < last else first, last, None, lead)


def _blocks(answer: str) -> Iterator[tuple[int, int, bool]]:
    """Lines of the answer, wrapped lines joined to paragraphs, fenced code as one block."""
    begin: int | None = None
    fence_at: int | None = None
    at = 0
    last_end = 0
    for line in answer.splitlines(keepends=True):
        start, at = at, at + len(line)
        end = start + len(line.rstrip("\r\n"))
        if fence_at is not None:
            if _FENCE.match(line):
                yield fence_at, end, True
                fence_at = None
            continue
        if _FENCE.match(line):
            if begin is not None:
                yield begin, last_end, False
                begin = None
            fence_at = start
        elif begin is not None and _continues(answer[begin:last_end], line):
            last_end = end
        else:
            if begin is not None:
                yield begin, last_end, False
            begin, last_end = (start, end) if line.strip() else (None, end)
    if fence_at is not None:
        yield fence_at, len(answer), True
    if begin is not None:
        yield begin, last_end, False


def _continues(before: str, line: str) -> bool:
    """Whether a line goes on with a sentence that was wrapped at a column."""
    stripped, ended = line.strip(), before.rstrip()
    if (
        stripped
        and line[0] in " \t"
        and _ITEM.match(before)
        and not _ITEM.match(line)
        and stripped[0].islower()
    ):
        return True  # an item that goes on below its first line
    if not stripped or len(before.rsplit("\n", 1)[-1]) < 50 or _is_row(before) or _is_row(line):
        return False
    if _ITEM.match(line) or _HEADING.match(line) or _HEADING.match(before) or _BOLD_LINE.match(line):
        return False
    return ended[-1] not in ".。!！?？:：;；" and (stripped[0].islower() or ended[-1] in ",，、")


def _is_row(line: str) -> bool:
    stripped = line.strip()
    return stripped.count("|") >= 2 and (stripped.startswith("|") or stripped.count(" | ") >= 2)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(answer: str, pieces: list[_Piece]) -> Iterator[_Piece]:
    """Join a bare "Yes." or 不一定。 to the sentence after it: alone it says nothing to look up."""
    held: _Piece | None = None
    for piece in pieces:
        if held is not None:
            near = answer[held.end : piece.start].count("\n") == 0 and piece.kind is None
            if near and kind_of(answer[piece.start : piece.end]) is ClaimKind.CLAIM:
                piece = _Piece(held.start, piece.end, None, held.lead)  # noqa: PLW2901
            else:
                yield held
            held = None
        if piece.kind is None and _ANSWER_WORD.match(answer[piece.start : piece.end]):
            held = piece
        else:
            yield piece
    if held is not None:
        yield held
