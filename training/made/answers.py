"""Examples from answers known to be right: their claims in yet other words, and with one change that makes
them wrong, over the evidence that the product would pick.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from training import sources
from training.examples import ENTAILED, Example, rows
from training.made import changes
from training.made.real import TRUE_SHARE, WRONG_SHARE, claim_of
from training.made.rewording import reworded

Rng = random.Random
SETS = {
    "zh": (
        "written_claims",
        "written_answers",
        "insqa_clause_gold",
        "fineva_mc",
        "newsbench_summary_gold",
        "lexeval_mc",
    ),
    "en": ("written_claims", "written_answers", "ragtruth", "summedits", "bump", "halueval_qa", "onestopqa"),
}
LONGEST = 260


def examples(data: Path, lang: str, rng: Rng) -> Iterator[Example]:
    """Yield a right and a wrong claim for each right claim in this language that can be changed."""
    for name in SETS[lang]:
        windows = sources.Windows(None, rng)
        everything = list(rows(data / f"{name}.train.jsonl.gz"))
        originals = {row["id"]: row["answer"] for row in everything}
        for row in everything:
            if row["label"] == 0 and row["context"] and row["lang"][:2] == lang:
                for example in sources.row_examples(sources.with_original(row, originals), windows):
                    yield from changed(example, lang, rng)


def changed(example: Example, lang: str, rng: Rng) -> Iterator[Example]:
    """Yield a right claim in other words and a wrong one for a right example that can be changed."""
    if len(example.claim) > LONGEST or len(example.claim) < 6:
        return
    found = changes.changes(example.claim, lang, rng)
    if not found:
        return
    change = changes.pick(found, rng)
    wrong = claim_of(example.claim, change, change.new, lang, WRONG_SHARE, rng)
    if wrong is None:
        return
    group = f"answers {example.group} {example.claim}"
    right = reworded(example.claim, lang, TRUE_SHARE, rng)
    if not right.strip():
        return  # nothing but an aside in brackets, which the rewording left out
    yield replace(example, claim=right, label=ENTAILED, spans=(), group=group)
    yield replace(example, claim=wrong[0], label=change.label, spans=wrong[1], group=group)
