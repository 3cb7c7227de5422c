"""Support that comes from another entity, period or contract than the question asks about.

In a large library something nearly always looks like support. So of what the question names (a year, a code,
a name, a title) something must stand in the document that supports the claim, where another document has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from core.documents.fold import fold
from core.language import detect_language
from core.verify.evidence import Window
from core.verify.rules.hits import Aligned, Rule, RuleHit, subject
from core.verify.rules.names import named_in
from core.verify.rules.values import Kind, Value, values

_ANSWER = subject("The answer is: 答案是答为")
_ABOUT = 1 / 3  # of the question's words


def subject_hits(
    claim: str,
    question: str | None,
    windows: Sequence[Window],
    aligned: Sequence[Aligned],
    documents: dict[str, str],
) -> Iterator[RuleHit]:
    """What the question names and the supporting document lacks, while another one has it.

    ``documents``: the text known of each document, by ``Window.document``.
    """
    if not question or not aligned or len(documents) < 2:
        return
    if _off_topic(claim, _last_turn(question), windows):
        yield RuleHit(Rule.SUBJECT_DIFFERS, 0, len(claim), {"question": _last_turn(question).strip()})
        return
    supporting = windows[aligned[0].window].document
    named = _named(_last_turn(question))
    if any(_holds(documents[supporting], name) for name in named):
        return
    for name in named:
        if any(_holds(text, name) for text in documents.values()):
            text = name.text if isinstance(name, Value) else name
            yield RuleHit(Rule.SUBJECT_DIFFERS, 0, len(claim), {"question": text}, aligned[0].window)
            return


def _off_topic(claim: str, question: str, windows: Sequence[Window]) -> bool:
    """Whether a claim that is nothing but a value ("The answer is: 20.") has it only from windows that are
    not about the question: somewhere in a library nearly every number stands. A window in another language
    is one of these where there are others.
    """
    given, asked = values(claim), subject(question)
    if not given or subject(claim) - _ANSWER or len(asked) < 2:
        return False
    language = detect_language(question)
    near = [detect_language(window.reading) is language for window in windows]
    if not any(near) or not any(_shows(window.reading, given) for window in windows):
        return False
    return not any(
        close and _says(window.reading, given) and len(asked & subject(window.reading)) >= _ABOUT * len(asked)
        for window, close in zip(windows, near, strict=True)
    )


def _shows(text: str, given: Sequence[Value]) -> bool:
    """Whether the figures of a value stand in a text, be it inside a date."""
    folded = fold(text)
    return any(re.search(rf"(?<![\d.]){re.escape(value.text)}(?![\d.])", folded) for value in given)


def _says(text: str, given: Sequence[Value]) -> bool:
    """Whether a text holds one of the values, or its number with a unit: $20 for 20, never 20 %."""
    return any(
        mine.agrees(other) or (mine.number == other.number and Kind.SHARE not in (mine.kind, other.kind))
        for mine in given
        for other in values(text)
    )


def known_documents(windows: Sequence[Window], texts: Sequence[str] | None) -> dict[str, str]:
    """The text known of each document: all of a given context, or what was found of a file and its name."""
    if texts is not None and all(window.context_index is not None for window in windows):
        return {str(index): text for index, text in enumerate(texts)}
    known: dict[str, list[str]] = defaultdict(list)
    for window in windows:
        name = window.place.document if window.place else ""
        known[window.document] += [name, window.reading]
    return {document: "\n".join(parts) for document, parts in known.items()}


def _last_turn(question: str) -> str:
    """What is asked now, of a question that carries the talk before it."""
    return re.split(r"(?:^|\n)\s*(?:user|用户)\s*[:：]", question, flags=re.IGNORECASE)[-1]


def _named(question: str) -> list[Value | str]:
    telling = [value for value in values(question) if value.kind in (Kind.DATE, Kind.CODE)]
    return [*telling, *(question[start:end] for start, end in named_in(question))]


def _holds(text: str, name: Value | str) -> bool:
    if isinstance(name, str):
        return fold(name) in fold(text)
    return any(name.agrees(other) for other in values(text))
