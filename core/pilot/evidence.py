"""Where the expected answer stands among the passages of a question, and its figures changed there."""

from __future__ import annotations

import re
from dataclasses import replace

from core.pilot.types import Question
from core.types import Hit, Passage
from core.verify.rules.values import Value, values
from core.verify.text import keys

_MOST_OF = 0.7  # of the expected answer's own words that a passage holds to count as evidence
_DIGITS = "123456789"
_DIGITS_ZH = "一二三四五六七八九"
_WORDS = {
    "one": "two", "two": "three", "three": "four", "four": "five", "five": "six", "six": "seven",
    "seven": "eight", "eight": "nine",
    "nine": "ten", "ten": "twenty", "twenty": "thirty", "thirty": "forty", "forty": "fifty",
    "fifty": "sixty", "sixty": "seventy", "ninety": "eighty",
}  # fmt: skip
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


def wanted_figures(question: Question) -> tuple[Value, ...]:
    """The figures of the expected answer that the question itself does not give away."""
    asked = values(question.text)
    found = values(question.expected or "")
    return tuple(value for value in found if not any(same(value, other) for other in asked))


def same(one: Value, other: Value) -> bool:
    """Whether two values measure the same thing and may be equal."""
    return one.comparable(other) and one.agrees(other)


def holds(question: Question, passage: Passage) -> bool:
    """Whether a passage holds the expected answer: all of its figures, or else most of its own words."""
    text = f"{passage.header}\n{passage.text}" if passage.header else passage.text
    figures = wanted_figures(question)
    if figures:
        here = values(text)
        return all(any(same(value, other) for other in here) for value in figures)
    wanted = keys(question.expected or "") - keys(question.text)
    return bool(wanted) and len(wanted & keys(text)) / len(wanted) >= _MOST_OF


def changed_figure(text: str) -> str | None:
    """A figure with its first digit one higher (9 becomes 1), in digits, Chinese numerals or English words.

    ``30`` and ``thirty`` change alike, so that a text that says both stays consistent. None for a text
    without a digit.
    """
    for at, char in enumerate(text):
        for digits in (_DIGITS, _DIGITS_ZH):
            if char in digits:
                return text[:at] + digits[(digits.index(char) + 1) % 9] + text[at + 1 :]
        if char == "十":
            return f"{text[:at]}二{text[at:]}"
    found = _NUMBER_WORD.search(text)
    if found is None:
        return None
    return text[: found.start()] + _WORDS[found.group().lower()] + text[found.end() :]


def with_changed_figure(hits: tuple[Hit, ...], figure: Value) -> tuple[Hit, ...] | None:
    """The passages with every statement of this figure changed; None where none states it."""
    changed = tuple(_with_text(hit, _changed(hit.passage.text, figure)) for hit in hits)
    return changed if changed != hits else None


def _changed(text: str, figure: Value) -> str:
    for value in reversed(values(text)):
        other = changed_figure(value.text) if same(value, figure) else None
        if other is not None:
            text = text[: value.start] + other + text[value.end :]
    return text


def _with_text(hit: Hit, text: str) -> Hit:
    return hit if text == hit.passage.text else replace(hit, passage=replace(hit.passage, text=text))
