"""A question or claim as a query of the word index: its terms joined by OR, the rarest that fit.

FTS5's syntax never sees what a person typed: only terms, each in quotes.
"""

from __future__ import annotations

import re
from math import log

from core.documents.fold import fold
from core.index.segment import terms

MOST_TERMS = 48  # of a long text the rarest terms say what it is about, and common ones cost the time
_COMMON = 0.2
_ENOUGH = 3
_SATURATED = 1.5  # BM25's factor for a term that stands a few times in a passage of usual length

_ENGLISH_WORDS = (
    "a about according after all also an and any are as at be been being but by can could did do does "
    "doing for from had has have having he her his how i if in into is it its itself just many may me "
    "might more most much my no nor not of on one only or other our ours out over own per please s "
    "shall she should so some such t tell than that the their them then there these they this those "
    "through to too under until up us very was we were what when where which while who whom whose why "
    "will with within would you your"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ASKED = re.compile(
    "请问|请告诉我|为什么|是什么|有什么|什么时候|什么时间|什么样|什么|多少|多久|多长时间|多长|多大|多高|哪一年|哪些|哪个|哪里|哪儿|哪种|哪几|哪位|"
    "怎么样|怎么|怎样|如何|是否|能否|可否|有没有|是不是|能不能|可不可以|谁|几个|几天|几年|根据|按照|关于|以及|或者|并且|因为|所以|但是|如果|那么|"
    "[吗呢吧啊呀么]"
)
_EMPTY_PAIRS = frozenset("的了是在和与及或为之其于由从对将被把也都而等")


def query_terms(text: str) -> list[str]:
    """The terms of a question that say what it is about, each once, in reading order.

    A question that consists of nothing but stop words keeps them all.
    """
    asked = list(dict.fromkeys(terms(_without_questions(text))))
    return [term for term in asked if not _says_nothing(term)] or list(dict.fromkeys(terms(text)))


def match_query(query_terms: list[str]) -> str:
    """The FTS5 query that finds any of these terms."""
    return " OR ".join(f'"{term}"' for term in query_terms)


def rarest(query_terms: list[str], holding: dict[str, int], passages: int) -> list[str]:
    """The terms worth searching for among so many passages, the rarest first.

    A term that more than a fifth of the passages hold tells little and costs most; it counts where fewer
    than three rarer ones are known.
    """
    known = sorted((term for term in query_terms if holding[term]), key=lambda term: (holding[term], term))
    telling = [term for term in known if holding[term] <= passages * _COMMON]
    return (telling if len(telling) >= _ENOUGH else known[:_ENOUGH])[:MOST_TERMS]


def most_bm25(holding: dict[str, int], passages: int) -> float:
    """About the BM25 score of a passage that holds every term as often as makes a difference.

    Terms that no passage holds count in full: where most are unknown, the few that are found say little.
    """
    weights = (log((passages - held + 0.5) / (held + 0.5)) for held in holding.values())
    return _SATURATED * sum(weight for weight in weights if weight > 0) or 1.0


def _without_questions(text: str) -> str:
    """Question words become blanks; the rest keeps its case, which shows where words join."""
    kept = list(text)
    for match in _ASKED.finditer(fold(text)):
        kept[match.start() : match.end()] = " " * len(match[0])
    return "".join(kept)


def _says_nothing(term: str) -> bool:
    return term in _ENGLISH or (len(term) <= 2 and any(char in _EMPTY_PAIRS for char in term))
