"""Questions proposed from a library, by rule, for a person to keep or delete.

A sentence with one figure becomes the question for what stands in its gap; a condition, the question for
what then applies; a definition, the question for its meaning; a row of a table, the question for one cell;
a row that two files have, for both; and a topic that no passage speaks of, a question to refuse. The answer
is what was taken out, so it is known; whether the question is worth asking is for a person to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from core.errors import PilotError
from core.pilot import draft_sentences, draft_tables
from core.pilot.types import Question
from core.store.database import Library
from core.store.passages import all_passages
from core.types import Language, Passage
from core.verify.text import keys
from core.words import say

DRAFT = "draft"  # the tag of a question that nobody has looked at
USUAL, MOST = 3, 50  # questions of each kind and language
_TOPICS = 24


class DraftKind(StrEnum):
    """What a proposed question asks for."""

    FACT = "fact"
    NUMBER = "number"
    DATE = "date"
    CONDITION = "condition"
    TABLE = "table"
    TWO = "two_documents"
    ABSENT = "not_in_documents"


def draft(library: Library, count: int) -> tuple[Question, ...]:
    """Up to ``count`` questions of each kind and language of the library's documents, the same each time.

    Raises PilotError ``run_library_empty`` for a library without text, ``draft_none`` where no rule fits.
    """
    passages = list(all_passages(library))
    if not passages:
        raise PilotError("run_library_empty", path=str(library.folder))
    found = [
        question
        for language in Language
        for kind in DraftKind
        for question in _spread(_MAKERS[kind](passages, language), count, kind)
    ]
    if not found:
        raise PilotError("draft_none")
    return tuple(replace(question, number=number) for number, question in enumerate(found, start=1))


def _spread(questions: Iterable[Question], count: int, kind: DraftKind) -> list[Question]:
    """The first of each document in an order that is arbitrary and always the same, then the second …"""
    unique = {question.text: question for question in questions}
    drawn = sorted(unique.values(), key=lambda each: hashlib.sha256(each.text.encode("utf-8")).digest())
    seen: dict[str, int] = {}
    ranked: list[tuple[int, Question]] = []
    for question in drawn:
        name = question.document or ""
        ranked.append((seen.get(name, 0), replace(question, tags=(kind.value, DRAFT))))
        seen[name] = seen.get(name, 0) + 1
    ranked.sort(key=lambda pair: pair[0])
    return [question for _, question in ranked[:count]]


def _absent(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """Topics of which no passage holds half of the words."""
    held = [keys(passage.text) for passage in passages]
    for number in range(1, _TOPICS + 1):
        topic = say(f"draft_topic.{number}", language)
        wanted = keys(topic)
        if all(2 * len(wanted & words) < len(wanted) for words in held):
            yield Question(1, say("draft.absent", language, {"topic": topic}), None, None, True)


_MAKERS: dict[DraftKind, Callable[[Sequence[Passage], Language], Iterator[Question]]] = {
    DraftKind.FACT: draft_sentences.facts,
    DraftKind.NUMBER: draft_sentences.numbers,
    DraftKind.DATE: draft_sentences.dates,
    DraftKind.CONDITION: draft_sentences.conditions,
    DraftKind.TABLE: draft_tables.tables,
    DraftKind.TWO: draft_tables.two,
    DraftKind.ABSENT: _absent,
}
