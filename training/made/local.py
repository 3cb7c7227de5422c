"""Examples from answers that local models really wrote, labelled by what was then done to the evidence.

An answer that holds the right answer, and no figure that the passage lacks, is right about that passage. The
same words are wrong about the passage with another answer put in the right one's place, and found nowhere in
a passage on something else. What a model wrote beside the right answer is left out: nobody knows what it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from core.verify.claims import split
from core.verify.rules.values import values
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, Example, Row
from training.sources import Windows

Rng = random.Random
LONGEST = 240


def examples(answers: list[Row], windows: Windows, rng: Rng) -> Iterator[Example]:
    """Yield a right, a contradicted and a not found example for each answer that can be labelled."""
    for row in answers:
        if not _right(row):
            continue
        other = _another(row, answers, rng)
        elsewhere = rng.choice(answers)["passage"]
        claim, question, right = row["written"], row["question"], row["answer"]
        evidence = windows.best([row["passage"]], f"{question} {claim}", question)
        if other is None or right not in evidence or right in elsewhere:
            continue
        start = claim.find(right)
        group = f"local {question} {row['passage']}"
        edited = evidence.replace(right, other)
        strange = windows.best([elsewhere], f"{question} {claim}", question)
        marked, whole = ((start, start + len(right)),), ((0, len(claim)),)
        yield Example(claim, evidence, ENTAILED, question, spans=(), group=group)
        yield Example(claim, edited, CONTRADICTED, question, spans=marked, group=group)
        yield Example(claim, strange, NOT_FOUND, question, spans=whole, group=group)


def _right(row: Row) -> bool:
    """Whether a written answer is one claim that holds the right answer and no figure of its own."""
    written, passage = row["written"], row["passage"]
    if len(written) > LONGEST or row["answer"] not in written:
        return False
    if [draft.checkable for draft in split(written)] != [True]:
        return False
    there = values(passage)
    return all(any(value.agrees(other) for other in there) for value in values(written))


def _another(row: Row, answers: list[Row], rng: Rng) -> str | None:
    """The right answer to another question, of the same kind and language, that this passage lacks."""
    right, passage = row["answer"], row["passage"]
    kind = [value.group for value in values(right)]
    fitting = [
        other["answer"]
        for other in answers
        if other["lang"] == row["lang"]
        and other["answer"] not in passage
        and other["answer"] not in row["written"]
        and [value.group for value in values(other["answer"])] == kind
        and len(other["answer"]) <= 2 * len(right) + 6
    ]
    return rng.choice(fitting) if fitting else None
