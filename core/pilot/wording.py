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
    ("what is", "which is"),
    ("above which amount", "from what amount on"),
    ("in advance", "beforehand"),
    ("for how long", "for what time"),
    ("expire", "lapse"),
    ("employee", "member of staff"),
)
_SYNONYMS_ZH = (
    ("不得超过", "最多不能超过"),
    ("多长时间", "多久"),
    ("自何时起", "从什么时候起"),
    ("应当", "应该"),
    ("不少于", "至少为"),
    ("可以", "能够"),
    ("享受", "享有"),
    ("是多少", "为多少"),
    ("多少天", "几天"),
    ("几年", "多少年"),
)
# A question for a figure or a name cannot be turned by "not" ("how many days is it not valid?" asks nothing):
# only its bound can, a question for yes or no, and one for what somebody may or must do.
_BOUNDS_EN = (
    ("maximum", "minimum"), ("minimum", "maximum"), ("at least", "at most"), ("at most", "at least"),
    ("above which", "below which"), ("below which", "above which"), ("no more than", "no less than"),
    ("more than", "less than"), ("less than", "more than"), ("highest", "lowest"), ("lowest", "highest"),
    ("upper limit", "lower limit"), ("earliest", "latest"), ("latest", "earliest"),
)  # fmt: skip
_BOUNDS_ZH = (
    ("不得低于", "不得高于"), ("不得少于", "不得多于"), ("不得超过", "不得少于"), ("不低于", "不高于"),
    ("不少于", "不多于"), ("不超过", "不少于"), ("至少", "至多"), ("最多", "最少"), ("最高", "最低"),
    ("最低", "最高"), ("上限", "下限"), ("下限", "上限"),
    ("最晚", "最早"), ("最迟", "最早"),
)  # fmt: skip
_NOT_ZH = (
    ("是否", "是否不"), ("能不能", "是不是不能"), ("可不可以", "是不是不可以"), ("应当做什么", "不得做什么"),
    ("可以做什么", "不可以做什么"), ("应当", "不应当"), ("必须", "不必"), ("可以", "不可以"),
    ("需要", "不需要"), ("能", "不能"),
)  # fmt: skip
_YES_NO_ZH = re.compile(r"吗[？?]?$|是否|能不能|可不可以|做什么")
_NOT_EN = {
    "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "does": "doesn't", "do": "don't",
    "did": "didn't", "can": "can't", "must": "mustn't", "should": "shouldn't", "will": "won't",
    "has": "hasn't", "have": "haven't",
}  # fmt: skip
_YES_NO_EN = re.compile(rf"({'|'.join(_NOT_EN)})(?= )", re.IGNORECASE)
_WHAT_TO_DO = re.compile(
    r"\b(?:should|must|may|can) (?:I|you|we|they|(?:the|an?) [\w-]+)(?= do\b)", re.IGNORECASE
)
# Characters that are often typed for each other because they sound alike.
_SOUND_ALIKE = dict(
    zip(
        "的在做帐假期限规定销工同职账份再作订须需合和公",
        "得再作账价其线归订消公铜值帐分在做定需须和合工",
        strict=True,
    )
)
_WORD = re.compile(r"[A-Za-z]{5,}")


def reworded(question: str) -> str | None:
    """The question with some words exchanged and an introduction that changes nothing."""
    if detect_language(question) is Language.ZH:
        return f"请根据文件回答：{_exchanged(question, _SYNONYMS_ZH)}"
    changed = _exchanged(question, _SYNONYMS_EN)
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
    alike. None where nothing can be mistyped. Figures are never touched.
    """
    if detect_language(question) is Language.ZH:
        places = [at for at, char in enumerate(question) if char in _SOUND_ALIKE][:2]
        letters = list(question)
        for at in places:
            letters[at] = _SOUND_ALIKE[letters[at]]
        return "".join(letters) if places else None
    longest = sorted(_WORD.finditer(question), key=lambda found: (-len(found.group()), found.start()))[:2]
    for found in longest:
        middle = found.start() + len(found.group()) // 2
        swapped = question[middle] + question[middle - 1]
        question = question[: middle - 1] + swapped + question[middle + 1 :]
    return question if longest else None


def negated(question: str) -> str | None:
    """The question turned round: its bound, or a "not" where that asks for something. Else None."""
    chinese = detect_language(question) is Language.ZH
    for word, other in _BOUNDS_ZH if chinese else _BOUNDS_EN:
        found = re.search(re.escape(word) if chinese else rf"\b{word}\b", question, re.IGNORECASE)
        if found:
            new = other.capitalize() if found.group()[0].isupper() else other
            return question[: found.start()] + new + question[found.end() :]
    return _denied_zh(question) if chinese else _denied_en(question)


def _denied_zh(question: str) -> str | None:
    if _YES_NO_ZH.search(question):
        for word, other in _NOT_ZH:
            if word in question:
                return question.replace(word, other, 1)
    return None


def _denied_en(question: str) -> str | None:
    if found := _WHAT_TO_DO.search(question):
        return f"{question[: found.end()]} not{question[found.end() :]}"
    if found := _YES_NO_EN.match(question):
        return _NOT_EN[found.group().lower()].capitalize() + question[found.end() :]
    return None
