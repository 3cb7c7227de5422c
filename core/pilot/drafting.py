"""Drafted questions in a model's words: as a person would ask them, where nothing is lost by it.

A rule's question asks for the right thing in a stiff way. A model may word it, but not change it: its wording
counts only where it is one question in the same language with the same figures, names and quoted words, with
most of the words, without the answer and without a gap. Else the rule's wording stays.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace

from core.documents.fold import fold
from core.identity import require_permitted
from core.language import detect_language
from core.llm.choice import AnyModel, open_model
from core.llm.engine import Engine
from core.llm.process import LlamaProcess
from core.llm.remote import ServerEngine
from core.llm.servers import ServerModel
from core.pilot.rewriting import usable, written
from core.pilot.types import Question
from core.settings import Settings
from core.store.database import Library
from core.types import Language
from core.verify.text import keys

WORDED = "reworded"  # the tag of a question in a model's words
_GAP = "____"
_MOST_TOKENS = 160  # a question holds a whole sentence of the document
_KEPT = {Language.EN: 0.5, Language.ZH: 0.4}  # of the words; of the pairs of characters, which break sooner
_QUOTED = re.compile(r"[“《「]([^”》」]+)[”》」]")
_ORDERS = {
    (Language.EN, False): (
        "Ask this the way a colleague would ask it, in one plain question. Keep every number, name and "
        "quoted word. Do not answer it. Only the question."
    ),
    (Language.EN, True): (
        "Turn the sentence with the gap into one plain question that asks for what is missing. Keep the name "
        "of the document and every number and name. Do not answer it. Only the question."
    ),
    (Language.ZH, False): (
        "请把下面的问题改成同事平时会问的一句话，数字、名称和引号、书名号里的内容保持不变，不要回答，只写问题本身。"
    ),
    (Language.ZH, True): (
        "请把下面带空格的句子改成一句自然的提问，问的就是空格处的内容，文件名、数字和名称保持不变，不要回答，"
        "只写问题本身。"
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How far the questions are worded: ``kept`` of ``done`` are in the model's words."""

    done: int
    total: int
    kept: int


def open_writer(library: Library, model: AnyModel, settings: Settings) -> LlamaProcess | ServerEngine:
    """The engine of a model that words questions, which quote the library's documents.

    Raises EngineError ``server_not_allowed`` and IdentityError ``host_not_permitted`` for a server that may
    not be sent them.
    """
    if isinstance(model, ServerModel):
        require_permitted(library, model.host)
    return open_model(model, settings)


def worded(questions: Iterable[Question], engine: Engine) -> Generator[Wording, None, tuple[Question, ...]]:
    """Let a model word drafted questions; yields at each event. Raises EngineError, ModelError."""
    waiting, made = tuple(questions), []
    so_far = Wording(0, len(waiting), 0)
    for _ in engine.load():
        yield so_far
    for question in waiting:
        asking = _worded(question, engine)
        while True:
            try:
                next(asking)
            except StopIteration as end:
                made.append(end.value)
                break
            yield so_far
        so_far = Wording(len(made), len(waiting), sum(WORDED in each.tags for each in made))
        yield so_far
    return tuple(made)


def keeps(question: Question, text: str) -> bool:
    """Whether a model's wording of a drafted question asks for the same, and does not answer it."""
    language = detect_language(question.text)
    if not usable(question.text, text, language) or _GAP in text:
        return False
    if question.expected and fold(question.expected) in fold(text):
        return False
    quoted = [part for part in _QUOTED.findall(question.text) if _GAP not in part]
    if any(fold(part) not in fold(text) for part in quoted):
        return False
    asked = keys(question.text)
    return len(asked & keys(text)) >= _KEPT[language] * len(asked)


def _worded(question: Question, engine: Engine) -> Generator[None, None, Question]:
    order = _ORDERS[detect_language(question.text), _GAP in question.text]
    text = yield from written(order, question.text, engine, _MOST_TOKENS)
    if not keeps(question, text):
        return question
    return replace(question, text=text, tags=(*question.tags, WORDED))
