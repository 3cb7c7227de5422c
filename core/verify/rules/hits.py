"""What a rule reports, and which sentences of the evidence a claim is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from core.documents.fold import fold
from core.types import Param
from core.verify.evidence import Window
from core.verify.rules.values import values
from core.verify.sentences import sentences
from core.verify.text import CJK, STOP_ZH, keys
from core.verify.windows import units


class Rule(StrEnum):
    """The rules by name; each is also the code of its reason."""

    VALUE_DIFFERS = "value_differs"
    VALUE_MISSING = "value_missing"
    VALUE_ELSEWHERE = "value_elsewhere"
    VALUE_MISPLACED = "value_misplaced"
    VALUE_OF_ANOTHER = "value_of_another"
    COUNT_MISSING = "count_missing"
    BOUND_DIFFERS = "bound_differs"
    UNIT_DIFFERS = "unit_differs"
    DATE_DIFFERS = "date_differs"
    DATE_MISSING = "date_missing"
    CODE_DIFFERS = "code_differs"
    CODE_MISSING = "code_missing"
    NAME_MISSING = "name_missing"
    QUOTE_MISSING = "quote_missing"
    NEGATION_DIFFERS = "negation_differs"
    MODALITY_DIFFERS = "modality_differs"
    QUANTITY_DIFFERS = "quantity_differs"
    DIRECTION_DIFFERS = "direction_differs"
    EXCEPTION_MISSING = "exception_missing"
    SUBJECT_DIFFERS = "subject_differs"
    WORDS_EXCHANGED = "words_exchanged"
    CELL_ELSEWHERE = "cell_elsewhere"


CONTRADICTING = frozenset(
    {
        Rule.VALUE_DIFFERS,
        Rule.VALUE_MISPLACED,
        Rule.VALUE_OF_ANOTHER,
        Rule.BOUND_DIFFERS,
        Rule.UNIT_DIFFERS,
        Rule.DATE_DIFFERS,
        Rule.CODE_DIFFERS,
        Rule.NEGATION_DIFFERS,
        Rule.DIRECTION_DIFFERS,
    }
)
# Those that settle a verdict by themselves: a value against a value, nothing to interpret.
STRONG = frozenset(
    {
        Rule.VALUE_DIFFERS,
        Rule.VALUE_MISPLACED,
        Rule.VALUE_OF_ANOTHER,
        Rule.DATE_DIFFERS,
        Rule.UNIT_DIFFERS,
        Rule.CODE_DIFFERS,
    }
)


@dataclass(frozen=True, slots=True)
class RuleHit:
    """One finding of one rule.

    ``start`` and ``end`` mark the words of the claim. ``window`` is the window that speaks against them and
    ``at`` where in its text; None where nothing was found at all.
    """

    rule: Rule
    start: int
    end: int
    params: Mapping[str, Param] = field(default_factory=dict)
    window: int | None = None
    at: tuple[int, int] | None = None

    @property
    def contradicts(self) -> bool:
        """Whether the evidence says otherwise, rather than nothing."""
        return self.rule in CONTRADICTING and self.window is not None


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence of the evidence with the share (0..1) of the claim's words it holds."""

    window: int
    start: int
    end: int
    text: str
    share: float


ALIGNED_FROM = 0.3


def align(claim: str, question: str | None, windows: Sequence[Window]) -> tuple[Aligned, ...]:
    """The evidence's sentences, those most like the claim first. Values do not count: they may be wrong."""
    wanted = subject(claim)
    asked = subject(question or "") - wanted
    found = [
        _aligned(index, window.text[start:end], start, end, wanted, asked, unit.header or window.header)
        for index, window in enumerate(windows)
        for unit in units(window.text)
        for start, end in sentences(window.text, unit.start, unit.end, clauses=True)
    ]
    return tuple(sorted(found, key=lambda aligned: (-aligned.share, aligned.window, aligned.start)))


@lru_cache(maxsize=2048)
def subject(text: str) -> frozenset[str]:
    """What a text is about: its words without its values; of Chinese also characters, free of order."""
    bare = list(text)
    for value in values(text):
        bare[value.start : value.end] = " " * (value.end - value.start)
    joined = "".join(bare)
    characters = {char for char in fold(joined) if char not in STOP_ZH and re.match(f"[{CJK}]", char)}
    return keys(joined) | characters


def _aligned(
    window: int,
    text: str,
    start: int,
    end: int,
    wanted: frozenset[str],
    asked: frozenset[str],
    header: str | None,
) -> Aligned:
    held = subject(text) | (subject(header) if header else frozenset())
    share = len(wanted & held) / max(1, len(wanted))
    help_from_question = 0.3 * len(asked & held) / max(1, len(asked)) if asked else 0.0
    return Aligned(window, start, end, text, min(1.0, share + help_from_question))
