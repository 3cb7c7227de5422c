"""A question in other words and in the other language, written by a model and looked at by rule.

A model's rewording may ask for something else. So it counts only where it is one question in the wanted
language with the very figures, codes and names of the original; else the variant is left out.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from core.documents.fold import fold
from core.language import detect_language
from core.llm.engine import Engine, Message, Request, Role, Token
from core.pilot.types import Question
from core.types import Language
from core.verify.rules.names import named_in
from core.verify.rules.values import values

MOST_TOKENS = 80
_LONGEST, _SHORTEST = 5.0, 0.2  # of the original's length; a Chinese question has a third of the letters
_NAME_PART = re.compile(r"[A-Za-z0-9][\w&-]*", re.ASCII)
_ASKS = re.compile(r"[?？]\s*$")
_LEAD = re.compile(
    r"^\s*(?:[-*•\"“]|\d+[.)]|(?:question|rephrased|translation|问题|改写|翻译)\s*[:：])\s*", re.IGNORECASE
)
_ORDERS = {
    (Language.EN, Language.EN): "Write this question in other words. Keep numbers and names. Only that.",
    (Language.EN, Language.ZH): "Translate this question into Chinese. Keep numbers and names. Only that.",
    (Language.ZH, Language.ZH): "请用另一种说法改写下面的问题，数字和名称保持不变，只写问题本身。",
    (Language.ZH, Language.EN): "请把下面的问题翻译成英文，数字和名称保持不变，只写问题本身。",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a model made of a question; None where that could not be used. ``by`` is the model's name."""

    by: str
    reworded: str | None
    other: str | None


def write(question: Question, engine: Engine, by: str) -> Generator[None, None, Wordings]:
    """Let a model reword and translate a question; yields at each event. Raises EngineError, ModelError."""
    own = detect_language(question.text)
    other = Language.EN if own is Language.ZH else Language.ZH
    reworded = yield from written(_ORDERS[own, own], question.text, engine)
    translated = yield from written(_ORDERS[own, other], question.text, engine)
    return Wordings(
        by,
        reworded if usable(question.text, reworded, own) else None,
        translated if usable(question.text, translated, other) else None,
    )


def written(order: str, question: str, engine: Engine, most: int = MOST_TOKENS) -> Generator[None, None, str]:
    """What a model makes of a question, without what models put around it; yields at each event.

    Raises EngineError, ModelError.
    """
    asked = Message(Role.USER, f"{order}\n\n{question}")
    text = ""
    with closing(engine.generate(Request((asked,), most))) as events:
        for event in events:
            text += event.text if isinstance(event, Token) else ""
            yield
    return _LEAD.sub("", text.strip()).strip(' "“”')


def usable(question: str, text: str, wanted: Language) -> bool:
    """Whether a text is one question in the wanted language that asks with the same figures and names."""
    if "\n" in text or not _ASKS.search(text) or detect_language(text) is not wanted:
        return False
    if not _SHORTEST <= len(text) / len(question) <= _LONGEST or _letters(text) == _letters(question):
        return False
    return _same_values(question, text) and _names(question) == _names(text)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _same_values(one: str, other: str) -> bool:
    mine, theirs = values(one), values(other)
    return all(any(a.agrees(b) for b in theirs) for a in mine) and all(
        any(a.agrees(b) for b in mine) for a in theirs
    )


def _names(text: str) -> set[str]:
    """Names and codes in Latin letters, which stay as they are in either language."""
    if detect_language(text) is Language.ZH:
        return {fold(part) for part in _NAME_PART.findall(text) if not part.isdigit()}
    spans = named_in(text)
    return {
        fold(part)
        for start, end in spans
        for part in _NAME_PART.findall(text[start:end])
        if not part.isdigit()
    }
