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
_NOT_EN = {
    "must": "mustn't", "can": "can't", "should": "shouldn't", "does": "doesn't", "do": "don't",
    "did": "didn't", "is": "isn't", "are": "aren't",
    "was": "wasn't", "were": "weren't", "will": "won't", "has": "hasn't",
    "have": "haven't", "may": "may not",
}  # fmt: skip
_NOT_ZH = (
    ("不得", "可以"), ("不少于", "少于"), ("不需要", "需要"), ("应当", "不应当"), ("应该", "不应该"),
    ("必须", "不必"), ("可以", "不可以"), ("需要", "不需要"), ("享受", "不享受"), ("具有", "不具有"),
    ("应", "不应"), ("能", "不能"),
    ("有", "没有"), ("是", "不是"),
)  # fmt: skip
# Characters that are often typed for each other because they sound alike.
_SOUND_ALIKE = dict(
    zip(
        "的在做帐假期限规定销工同职账份再作订须需合和公",
        "得再作账价其线归订消公铜值帐分在做定需须和合工",
        strict=True,
    )
)
_WORD = re.compile(r"[A-Za-z]{5,}")
_AUXILIARY = re.compile(rf"\b({'|'.join(_NOT_EN)})\b", re.IGNORECASE)


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
    """The question turned round by its first auxiliary verb; None where it has none."""
    if detect_language(question) is Language.ZH:
        for word, other in _NOT_ZH:
            if word in question:
                return question.replace(word, other, 1)
        return None
    found = _AUXILIARY.search(question)
    if found is None:
        return None
    return question[: found.start()] + _NOT_EN[found.group().lower()] + question[found.end() :]
