"""Drafted questions from sentences: a figure taken out, a condition, a definition, a duty, a doer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from core.language import detect_language
from core.pilot.types import Question
from core.types import Language, Passage
from core.verify.rules.values import Kind, Value, values
from core.verify.sentences import sentences
from core.verify.text import keys
from core.words import say

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
_FIGURES = (Kind.MONEY, Kind.SHARE, Kind.DURATION, Kind.MEASURE)


def name_of(passage: Passage) -> str:
    """The name of a passage's file, without its folder."""
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
                yield name_of(passage), text


def asked(code: str, language: Language, document: str, expected: str, **params: str) -> Question:
    """A question of one form (``draft.<code>`` of the words), with the answer that was taken out."""
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
        yield asked(code, language, document, figure.text.strip(), gap=gap)


def numbers(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """For an amount, a share, a duration or a measure."""
    return _gaps(passages, language, lambda value: value.kind in _FIGURES, "gap")


def dates(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """For a date; a bare year is none."""
    return _gaps(
        passages, language, lambda value: value.kind is Kind.DATE and not value.text.isdigit(), "gap_date"
    )


def conditions(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """For what applies under a condition."""
    for document, text in _stand_alone(passages, language):
        found = _CONDITION[language].match(text)
        if found and not _BEGINS_BADLY.match(found.group(1)) and not _LISTED.match(found.group(2)):
            word = text.split(" ", 1)[0].lower() if language is Language.EN else ""
            yield asked(
                "condition", language, document, found.group(2), when=f"{word} {found.group(1)}".strip()
            )


def facts(passages: Sequence[Passage], language: Language) -> Iterator[Question]:
    """Meanings first; what somebody must do where a document defines nothing."""
    for document, text in _stand_alone(passages, language):
        meaning, duty = _MEANING[language].match(text), _DUTY[language].match(text)
        if meaning:
            yield asked("meaning", language, document, meaning.group(2), term=meaning.group(1))
        elif duty:
            yield asked("duty", language, document, duty.group(2), who=_inside(duty.group(1)))
        else:
            yield from _doers(document, text, language)


def _doers(document: str, text: str, language: Language) -> Iterator[Question]:
    """Who does something: ``Trips abroad are approved by the head of department.``"""
    found = _DOER[language].match(text)
    if found and language is Language.EN:
        what, verb, done, who = found.groups()
        yield asked("doer", language, document, who, what=f"{verb} {_inside(what)}", done=done)
    elif found:
        what, who, done = found.groups()
        yield asked("doer", language, document, who, what=what, done=done)


def _inside(subject: str) -> str:
    """A subject as it is written within a sentence: the article or quantifier at its start small."""
    first = subject.split(" ", 1)[0]
    small = first.lower() in ("the", "a", "an", "every", "each", "all", "trips", "costs", "amounts")
    return first.lower() + subject[len(first) :] if small else subject
