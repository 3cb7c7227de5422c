"""Claims about tables that nobody wrote down: the largest, a count, a sum, a change, a comparison.

Every kind of claim comes right and wrong in like number and like words, about real tables of the training
sets and about drawn ones in both languages; a quarter of the claims is in the other language.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from core.verify.tables import tables
from training.examples import CONTRADICTED, ENTAILED, Example, rows
from training.made.drawn_tables import drawn
from training.made.table_claims import KINDS, Said
from training.sources import Windows

Rng = random.Random
REAL = ("tatqa_gold", "tabfact_nli", "scitab_nli")
CLAIMS_EACH, MOST_REAL, DRAWN = 6, 900, 1400
CROSS = 0.25


def examples(data: Path, rng: Rng) -> Iterator[Example]:
    """Pairs of a right and a wrong claim about one table each."""
    windows = Windows(None, rng)
    for lang, text in _texts(data, rng):
        found = [table for table in tables(text) if len(table.rows) >= 3]
        for _ in range(CLAIMS_EACH if found else 0):
            said = rng.choice(KINDS)(found[0], rng)
            if said is not None and said.right != said.wrong:
                yield from _pair(said, lang if rng.random() >= CROSS else _other(lang), text, windows)


def _other(lang: str) -> str:
    return "zh" if lang == "en" else "en"


def _pair(said: Said, lang: str, text: str, windows: Windows) -> Iterator[Example]:
    form = said.zh if lang == "zh" else said.en
    group = f"table {text} {said.right} {form}"
    for label, filling in ((ENTAILED, said.right), (CONTRADICTED, said.wrong)):
        claim = form.format(*filling)
        spans = () if label == ENTAILED else _changed(said, claim)
        yield Example(claim, windows.best([text], claim, None), label, spans=spans, group=group)


def _changed(said: Said, claim: str) -> tuple[tuple[int, int], ...] | None:
    """Where the wrong filling of a claim differs; None where it cannot be told by looking it up."""
    places = []
    for right, wrong in zip(said.right, said.wrong, strict=True):
        if right != wrong:
            at = claim.find(wrong)
            if at < 0 or claim.count(wrong) > 1:
                return None
            places.append((at, at + len(wrong)))
    return tuple(places)


def _texts(data: Path, rng: Rng) -> Iterator[tuple[str, str]]:
    for name in REAL:
        texts = {
            text
            for row in rows(data / f"{name}.train.jsonl.gz")
            for text in (row.get("context") or [row.get("premise")])
            if tables(text)
        }
        yield from (("en", text) for text in rng.sample(sorted(texts), min(MOST_REAL, len(texts))))
    for _ in range(DRAWN):
        lang = rng.choice(("en", "zh", "zh"))
        yield lang, drawn(lang, rng)
