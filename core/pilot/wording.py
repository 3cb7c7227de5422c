"""A question in other words, with typing errors, or turned round: by rule, so that it can be repeated."""

from __future__ import annotations

import re

from core.language import detect_language
from core.types import Language

_SYNONYMS_EN = (
    ("within how many", "in how many"),
    ("at any given time", "at one time"),
    ("maximum", "highest"),
    ("what happens to", "what becomes of"),
    ("how much does", "what sum does"),
    ("above which amount", "from what amount on"),
    ("in advance", "beforehand"),
    ("for how long", "how long"),
    ("expire", "lapse"),
    ("an employee", "a staff member"),
    ("employee", "staff member"),
)
_SYNONYMS_ZH = (
    ("不得超过", "最多不能超过"),
    ("多长时间", "多久"),
    ("自何时起", "从什么时候起"),
    ("应当", "应该"),
    ("不少于", "至少为"),
    ("可以", "能"),
    ("享受", "享有"),
    ("是多少", "为多少"),
    ("多少天", "几天"),
    ("几年", "多少年"),
)
_WHAT_IS = re.compile(r"What (?:is|was) (?=the )(.+?)\?", re.IGNORECASE)
# A question for a figure or a name cannot be turned by "not" ("how many days is it not valid?" asks nothing),
# and one for yes or no keeps its answer ("isn't it waterproof?": it is). What can be turned is a bound, and
# what somebody must or may do.
_BOUNDS_EN = (
    ("maximum", "minimum"), ("minimum", "maximum"), ("at least", "at most"), ("at most", "at least"),
    ("above which", "below which"), ("below which", "above which"), ("no more than", "no less than"),
    ("more than", "fewer than"), ("fewer than", "more than"), ("less than", "more than"),
    ("highest", "lowest"), ("lowest", "highest"),
    ("upper limit", "lower limit"), ("earliest", "latest"), ("latest", "earliest"),
)  # fmt: skip
_BOUNDS_ZH = (
    ("不得低于", "不得高于"), ("不得少于", "不得多于"), ("不得超过", "不得少于"), ("不低于", "不高于"),
    ("不少于", "不多于"), ("不超过", "不少于"), ("至少", "至多"), ("最多", "最少"), ("最高", "最低"),
    ("最低", "最高"), ("上限", "下限"), ("下限", "上限"),
    ("最晚", "最早"), ("最迟", "最早"),
)  # fmt: skip
_TO_DO_ZH = (("应当做什么", "不得做什么"), ("应该做什么", "不能做什么"), ("可以做什么", "不可以做什么"))
_TO_DO_EN = re.compile(
    r"\b(?:should|must|may|can) (?:I|you|we|they|(?:the|an?) [\w-]+)(?= do\b)", re.IGNORECASE
)
# Characters that are often typed for each other because they sound alike.
_SOUND_ALIKE = dict(
    zip("的在做帐期限规销同账再作订须需和计以至位", "得再作账其线归消铜帐在做定需须合记已致为", strict=True)
)
_NAMES_ZH = re.compile(r"有限(?:责任)?公司|[\w-]*[A-Za-z0-9][\w-]*", re.ASCII)
_WORD = re.compile(r"\b[a-z]{5,}\b")


def reworded(question: str) -> str | None:
    """The question with some words exchanged and an introduction that changes nothing."""
    if detect_language(question) is Language.ZH:
        return f"请根据文件回答：{_exchanged(question, _SYNONYMS_ZH)}"
    changed = _exchanged(question, _SYNONYMS_EN)
    if asked := _WHAT_IS.fullmatch(changed):
        return f"Please give {asked.group(1)}, as the documents state it."
    return f"Please answer from the documents: {changed[:1].lower()}{changed[1:]}"


def _exchanged(question: str, synonyms: tuple[tuple[str, str], ...]) -> str:
    """The first two synonyms that apply, whatever their case."""
    changed = 0
    for word, other in synonyms:
        found = re.search(rf"{re.escape(word)}(?![a-rt-z])", question, re.IGNORECASE)
        if found and changed < 2:
            question = question[: found.start()] + other + question[found.end() :]
            changed += 1
    return question


def with_typos(question: str) -> str | None:
    """The question with two typing errors: letters exchanged in the longest words, or characters that sound
    alike, never two side by side. None where nothing can be mistyped. Names and figures are not touched: with
    another name another thing would be asked for.
    """
    if detect_language(question) is Language.ZH:
        return _mistyped_zh(question)
    longest = sorted(_WORD.finditer(question), key=lambda found: (-len(found.group()), found.start()))[:2]
    for found in longest:
        middle = found.start() + len(found.group()) // 2
        swapped = question[middle] + question[middle - 1]
        question = question[: middle - 1] + swapped + question[middle + 1 :]
    return question if longest else None


def _mistyped_zh(question: str) -> str | None:
    kept = {at for name in _NAMES_ZH.finditer(question) for at in range(*name.span())}
    places: list[int] = []
    for at, char in enumerate(question):
        if char in _SOUND_ALIKE and at not in kept and at - 1 not in places:
            places.append(at)
    letters = list(question)
    for at in places[:2]:
        letters[at] = _SOUND_ALIKE[letters[at]]
    return "".join(letters) if places else None


def negated(question: str) -> str | None:
    """The question turned round, so that the right answer is another one: its bound, or what must be done.
    None for every other question.
    """
    chinese = detect_language(question) is Language.ZH
    for word, other in _BOUNDS_ZH if chinese else _BOUNDS_EN:
        found = re.search(re.escape(word) if chinese else rf"\b{word}\b", question, re.IGNORECASE)
        if found:
            new = other.capitalize() if found.group()[0].isupper() else other
            return question[: found.start()] + new + question[found.end() :]
    return _denied_zh(question) if chinese else _denied_en(question)


def _denied_zh(question: str) -> str | None:
    for word, other in _TO_DO_ZH:
        if word in question:
            return question.replace(word, other, 1)
    return None


def _denied_en(question: str) -> str | None:
    found = _TO_DO_EN.search(question)
    return f"{question[: found.end()]} not{question[found.end() :]}" if found else None
