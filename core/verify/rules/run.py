"""All rules over one claim and its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from core.documents.fold import fold
from core.language import detect_language
from core.verify.evidence import Window
from core.verify.rules.compare import value_hits
from core.verify.rules.copies import copy_hits
from core.verify.rules.hits import Aligned, RuleHit
from core.verify.rules.names import name_hits, quote_hits
from core.verify.rules.polarity import negation_hits
from core.verify.rules.subject import known_documents, subject_hits
from core.verify.rules.tables import table_hits
from core.verify.rules.wording import wording_hits
from core.verify.text import plain


def run_rules(
    claim: str,
    question: str | None,
    windows: Sequence[Window],
    aligned: Sequence[Aligned],
    texts: Sequence[str] | None,
) -> tuple[RuleHit, ...]:
    """Every rule's hits on a claim, in the order of its words.

    ``texts`` are all texts of the source where it can be read through (given contexts), else None: then the
    windows stand for it.
    """
    read = plain(claim)
    readings = [window.reading for window in windows]
    everything = list(texts) if texts is not None else readings
    known = fold("\n".join([*everything, *readings, question or ""]))
    hits = [
        *value_hits(read, question, windows, aligned, everything),
        *name_hits(read, known),
        *quote_hits(read, everything),
    ]
    hits += table_hits(read, everything)
    hits += subject_hits(read, question, windows, aligned, known_documents(windows, texts))
    if _same_language(read, readings):
        hits += [*negation_hits(read, aligned), *wording_hits(read, aligned), *copy_hits(read, aligned)]
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule.value)))


def _same_language(claim: str, readings: Sequence[str]) -> bool:
    return bool(readings) and detect_language(readings[0]) is detect_language(claim)
