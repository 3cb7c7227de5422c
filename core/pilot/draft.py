"""Questions proposed from a library, by rule, for a person to keep or delete.

A sentence with one figure becomes the question for what stands in its gap; a condition, the question for
what then applies; a definition, the question for its meaning; a row of a table, the question for one cell;
a row that two files have, for both; and a topic that no passage speaks of, a question to refuse. The answer
is what was taken out, so it is known; whether the question is worth asking is for a person to say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from core.errors import PilotError
from core.language import detect_language
from core.pilot.types import Question
from core.store.database import Library
from core.store.passages import all_passages
from core.types import Language, Passage
from core.verify.rules.values import Kind, Value, values
from core.verify.sentences import sentences
from core.verify.text import keys
from core.words import say

DRAFT = "draft"  # the tag of a question that nobody has looked at
_SHORTEST = {Language.EN: 45, Language.ZH: 18}
_LONGEST = {Language.EN: 240, Language.ZH: 110}
_MARKUP = re.compile(r"[|#*_`<>\[\]{}\n\t\\]|https?:|--|/ |\.{3}|…|@")
_COMPLETE = {Language.EN: re.compile(r"[A-Z][^;:]+\.$"), Language.ZH: re.compile(r"[^；：]+。$")}
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十])?[\s　]+")
_LISTED = re.compile(r"\w+,? (?:or|and) ")  # a comma of a list, and no consequence after it
_BEGINS_BADLY = re.compile(  # a sentence that hangs on the one before it
    r"(?:It|This|That|These|Those|They|He|She|We|You|I|If so|But|And|Or|However|Then|Here|"
    r"There|Such|See|All such|Each such)\b|"
    r"(?:其|该|此|这|那|它|他|她|前款|上述|本条|依照前款|但|而|或|并|以上|同时|另外|如)"
)
_CONDITION = {
    Language.EN: re.compile(r"(?:If|When|Where|Unless) ([^,]{12,120}), ([^.]{12,140})\.$"),
    Language.ZH: re.compile(
        r"((?:[^，。]{6,40}，)?[^，。]{4,40}的)，((?:应当|由|可以|不得|须|按|处)[^。]{4,70})。$"
    ),
}
_MEANING = {
    Language.EN: re.compile(r"(?:The term )?[“\"]([^”\"]{3,50})[”\"] (?:means|refers to) ([^.]{15,180})\.$"),
    Language.ZH: re.compile(
        r"(?:本法所称|本条例所称|本规定所称|所称)?([^，。是]{2,16})，?是指([^。]{8,100})。$"
    ),
}
_DUTY = {
    Language.EN: re.compile(r"((?:The|An?|Every|Each|All) [^,.]{6,60}?) (?:must|shall) ([^.]{12,150})\.$"),
    Language.ZH: re.compile(r"([^，。的]{3,18}?)(?:应当|必须|须|应)([^，。]{6,60})。$"),
}
_DOER = {
    Language.EN: re.compile(
        r"([A-Z][^,.]{8,80}?) (is|are) "
        r"((?!follow|accompani|caus)[a-z]+ed|paid|given|kept|made|held) by ([^.,]{4,50})\.$"
    ),
    Language.ZH: re.compile(
        r"([^，。]{3,24})由([^，。]{2,24})(审批|批准|负责|承担|保管|组织|制定|执行|规定|监督|统一预订|预订|审核)[，。]"
    ),
}
_CELLS = re.compile(r"\s*\|\s*")
_FIGURES = (Kind.MONEY, Kind.SHARE, Kind.DURATION, Kind.MEASURE)
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


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table by the names of its row and column."""

    document: str
    row: str
    column: str
    value: str
    language: Language


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


def _name(passage: Passage) -> str:
    return PurePath(passage.place.document.replace("\\", "/")).name


def _stand_alone(passages: Sequence[Passage], language: Language) -> Iterator[tuple[str, str]]:
    """Sentences that can be understood by themselves, with their document's name."""
    for passage in passages:
        for start, end in sentences(passage.text):
            text = _ARTICLE.sub("", " ".join(passage.text[start:end].split()), count=1)
            fits = _SHORTEST[language] <= len(text) <= _LONGEST[language]
            odd = _MARKUP.search(passage.text[start:end].strip()) or _BEGINS_BADLY.match(text)
            whole = _COMPLETE[language].fullmatch(text) and detect_language(text) is language
            if fits and whole and not odd:
                yield _name(passage), text


def _asked(code: str, language: Language, document: str, expected: str, **params: str) -> Question:
    text = say(f"draft.{code}", language, {"document": document, **params})
    return Question(1, text, expected, document, False)


def _gaps(
    passages: Sequence[Passage], language: Language, wanted: Callable[[Value], bool], code: str
) -> Iterator[Question]:
    """Sentences with just one figure, which is taken out."""
    for document, text in _stand_alone(passages, language):
        figures = values(text)
        if len(figures) != 1 or not wanted(figures[0]):
            continue
        figure = figures[0]
        rest = text[: figure.start] + text[figure.end :]
        if not figure.start and figure.kind is not Kind.DATE:
            continue  # often the head of a saying or a name
        if len(keys(rest)) < 5 or re.search(r"\d", rest) or text.count(figure.text) != 1:
            continue
        gap = f"{text[: figure.start]}____{text[figure.end :]}"
        yield _asked(code, language, document, figure.text.strip(), gap=gap)


def _numbers(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    return _gaps(passages, language, lambda value: value.kind in _FIGURES, "gap")


def _dates(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    return _gaps(
        passages, language, lambda value: value.kind is Kind.DATE and not value.text.isdigit(), "gap_date"
    )


def _conditions(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    for document, text in _stand_alone(passages, language):
        found = _CONDITION[language].match(text)
        if found and not _BEGINS_BADLY.match(found.group(1)) and not _LISTED.match(found.group(2)):
            word = text.split(" ", 1)[0].lower() if language is Language.EN else ""
            yield _asked(
                "condition", language, document, found.group(2), when=f"{word} {found.group(1)}".strip()
            )


def _facts(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """Meanings first; what somebody must do where a document defines nothing."""
    for document, text in _stand_alone(passages, language):
        meaning, duty = _MEANING[language].match(text), _DUTY[language].match(text)
        if meaning:
            yield _asked("meaning", language, document, meaning.group(2), term=meaning.group(1))
        elif duty:
            yield _asked("duty", language, document, duty.group(2), who=_inside(duty.group(1)))
        else:
            yield from _doers(document, text, language)


def _doers(document: str, text: str, language: Language) -> Iterator[Question]:
    """Who does something: ``Trips abroad are approved by the head of department.``"""
    found = _DOER[language].match(text)
    if found and language is Language.EN:
        what, verb, done, who = found.groups()
        yield _asked("doer", language, document, who, what=f"{verb} {_inside(what)}", done=done)
    elif found:
        what, who, done = found.groups()
        yield _asked("doer", language, document, who, what=what, done=done)


def _inside(subject: str) -> str:
    """A subject as it is written within a sentence: the article or quantifier at its start small."""
    first = subject.split(" ", 1)[0]
    small = first.lower() in ("the", "a", "an", "every", "each", "all", "trips", "costs", "amounts")
    return first.lower() + subject[len(first) :] if small else subject


def _cells(passages: Sequence[Passage], language: Language) -> Iterator[_Cell]:
    """Cells of tables whose header is known; the first cell names the row. Not of PDFs, whose tables are
    pieced together from places on the page: a row there may pass for a header.
    """
    for passage in passages:
        if passage.place.page is not None:
            continue
        header: list[str] = []
        lines = [*(passage.header or "").splitlines()[-1:], *passage.text.splitlines()]
        for line in lines:
            cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
            if len(cells) < 3:
                header = []
            elif not header:
                header = cells
            elif len(cells) == len(header) and detect_language(" ".join(header)) is language:
                for column, value in zip(header[1:], cells[1:], strict=True):
                    if (
                        len(cells[0]) > 1
                        and "http" not in cells[0]
                        and _is_name(column)
                        and _is_figure(value)
                    ):
                        yield _Cell(_name(passage), cells[0], column, value, language)


def _is_name(column: str) -> bool:
    """Whether a header's cell names something: a row of figures under a lost header is no header."""
    return sum(char.isalpha() for char in column) > 1


def _is_figure(value: str) -> bool:
    """Whether a cell holds something short with a digit: what can be asked for and compared."""
    return len(value) <= 30 and any(char.isdigit() for char in value)


def _tables(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    for cell in _unambiguous(passages, language):
        yield _asked("cell", language, cell.document, cell.value, column=cell.column, row=cell.row)


def _unambiguous(passages: Sequence[Passage], language: Language) -> list[_Cell]:
    """Cells whose row and column name only one value within their document."""
    held: dict[tuple[str, str, str], set[_Cell]] = {}
    for cell in _cells(passages, language):
        held.setdefault((cell.document, cell.row, cell.column), set()).add(cell)
    return [next(iter(cells)) for cells in held.values() if len(cells) == 1]


def _two(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """The same row and column in two files with different values."""
    held: dict[tuple[str, str], list[_Cell]] = {}
    for cell in _unambiguous(passages, language):
        held.setdefault((cell.row, cell.column), []).append(cell)
    for (row, column), cells in held.items():
        if len(cells) == 2 and cells[0].value != cells[1].value:
            one, other = sorted(cells, key=lambda cell: cell.document)
            expected = f"{one.document}: {one.value}; {other.document}: {other.value}"
            params = {"row": row, "column": column, "second": other.document}
            yield _asked("two", language, one.document, expected, **params)


def _absent(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """Topics of which no passage holds half of the words."""
    held = [keys(passage.text) for passage in passages]
    for number in range(1, _TOPICS + 1):
        topic = say(f"draft_topic.{number}", language)
        wanted = keys(topic)
        if all(2 * len(wanted & words) < len(wanted) for words in held):
            yield Question(1, say("draft.absent", language, {"topic": topic}), None, None, True)


_MAKERS: dict[DraftKind, Callable[[Sequence[Passage], Language], Iterator[Question]]] = {
    DraftKind.FACT: _facts,
    DraftKind.NUMBER: _numbers,
    DraftKind.DATE: _dates,
    DraftKind.CONDITION: _conditions,
    DraftKind.TABLE: _tables,
    DraftKind.TWO: _two,
    DraftKind.ABSENT: _absent,
}
