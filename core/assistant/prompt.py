"""The prompt: passages with their sources, the question, and the order to answer from them alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from core.llm.engine import Message, Role
from core.settings import RESOURCES
from core.types import Hit, Language, Passage

Counter = Callable[[tuple[Message, ...]], int]
PROMPT_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model will read: its messages, the passages that fit, and how many did not."""

    messages: tuple[Message, ...]
    hits: tuple[Hit, ...]
    cut: int

    def text(self) -> str:
        """The prompt as one text, for the record."""
        return "\n\n".join(f"[{message.role.value}]\n{message.content}" for message in self.messages)


def build_prompt(
    question: str, hits: tuple[Hit, ...], language: Language, budget: int, count: Counter
) -> Prompt:
    """The longest prompt within ``budget`` tokens; the least relevant passages are left out first.

    With no passage that fits, the prompt holds none: the model is then told so and must decline.
    """
    kept = len(hits)
    messages = _messages(question, hits, language)
    while kept and count(messages) > budget:
        kept -= 1
        messages = _messages(question, hits[:kept], language)
    return Prompt(messages, hits[:kept], len(hits) - kept)


def _messages(question: str, hits: tuple[Hit, ...], language: Language) -> tuple[Message, ...]:
    passages = "\n\n".join(shown(hit.passage) for hit in hits)
    values = {"passages": passages, "question": question}
    # One pass over the template: a passage that holds "{question}" stays as it is.
    user = re.sub(r"\{(passages|question)\}", lambda found: values[found[1]], template("user", language))
    return (Message(Role.SYSTEM, template("system", language)), Message(Role.USER, user))


def shown(passage: Passage) -> str:
    """A passage as the model reads it: where it stands, its table's header, its text."""
    header = f"{passage.header}\n" if passage.header else ""
    return f"{source_line(passage)}\n{header}{passage.text}"


def source_line(passage: Passage) -> str:
    """Where a passage stands, in one line: file name, then page, sheet and section."""
    place = passage.place
    parts = [place.document.replace("\\", "/").rsplit("/", 1)[-1]]
    parts += [f"p. {place.page}"] if place.page else []
    parts += [part for part in (place.sheet, place.section) if part]
    return " · ".join(parts)


@cache
def template(name: str, language: Language) -> str:
    """A prompt text of ``resources/prompts``."""
    return (RESOURCES / "prompts" / f"{name}.{language.value}.txt").read_text(encoding="utf-8").strip()
