"""Comparable words of a text, with offsets: what sources, rules and features share.

Every function works on text folded to one width, script and case (``core.documents.fold``), which keeps
its length, so that offsets hold in the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.documents.fold import fold

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_CHAR = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"[{CJK}]+|[a-zà-ɏ0-9]+(?:['’.\-][a-zà-ɏ0-9]+)*")
_MARKUP = re.compile(r"[*_`#|>]+")

STOP_EN = frozenset(
    """
    a an the this that these those it its he she they them his her their we us our you your i me my of
    in on at to for from by with as is are was were be been being am do does did done has have had
    having will would shall should can could may might must and or but if so than then there here which
    who whom whose what when where how why not no nor also into out up down over under about any each
    some such only own same other more most very just too s t re ve ll d per via yes both all
    """.split()  # noqa: SIM905 - a list of one word a line would bury the code
)
STOP_ZH = frozenset("的了和与及或在是为对于其之以而且并等也都就将把被由向从到该这那各此所者有个中上下不无")


@dataclass(frozen=True, slots=True)
class Word:
    """A comparable word: ``key`` is the folded stem (Latin script) or two neighbouring characters (CJK)."""

    key: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text with Markdown marks blanked, of equal length: what a model or a rule should read."""
    return _MARKUP.sub(lambda found: " " * len(found.group()), text)


def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with every run of white space as one space, and for each character where it stood."""
    kept = [at for at, char in enumerate(text) if not char.isspace() or (at and not text[at - 1].isspace())]
    return "".join(" " if text[at].isspace() else text[at] for at in kept), tuple(kept)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light English stem: enough to match plural, past and -ing forms, never a dictionary."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) <= 3 or not word.isalpha():
        return word
    for suffix, least in (("ations", 4), ("ation", 4), ("ments", 4), ("ment", 4), ("ings", 3), ("ing", 3)):
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            return _trim(word[: -len(suffix)])
    for suffix in ("ies", "ied"):
        if word.endswith(suffix) and len(word) > 4:
            return word[:-3] + "y"
    for suffix, least in (("edly", 3), ("ed", 3), ("es", 3), ("ly", 4), ("s", 3)):
        if word.endswith(suffix) and len(word) - len(suffix) >= least and not word.endswith("ss"):
            return _trim(word[: -len(suffix)])
    return _trim(word)


def _trim(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeioslz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Word, ...]:
    """The comparable words of a text in order, function words left out."""
    return tuple(_words(fold(text)))


def _words(folded: str) -> Iterator[Word]:
    for found in _WORD.finditer(folded):
        token, start = found.group(), found.start()
        if _CJK_CHAR.match(token):
            yield from _bigrams(token, start)
        elif token not in STOP_EN:
            yield Word(stem(token), start, found.end())


def _bigrams(run: str, start: int) -> Iterator[Word]:
    if len(run) == 1:
        if run not in STOP_ZH:
            yield Word(run, start, start + 1)
        return
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        if pair[0] in STOP_ZH and pair[1] in STOP_ZH:
            continue
        yield Word(pair, start + at, start + at + 2)


def keys(text: str) -> frozenset[str]:
    """The distinct comparable words of a text."""
    return frozenset(word.key for word in words(text))


def weight(text: str) -> float:
    """The approximate number of model tokens of a text (CJK about 0.65 a character, else 0.27)."""
    chinese = len(_CJK_CHAR.findall(text))
    return 0.65 * chinese + 0.27 * (len(text) - chinese)
