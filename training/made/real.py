"""Examples from real sentences: a right claim in other words and a wrong one, over the passage or over the
passage with the mistake put in, so that a claim by itself never tells which it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from training.examples import ENTAILED, NOT_FOUND, Example, Span
from training.made import changes, passages
from training.made.changes import Change
from training.made.passages import Passage
from training.made.rewording import CLOSE, OPEN, joins, reworded

Rng = random.Random
TRUE_SHARE, WRONG_SHARE = 0.8, 0.55
PLAIN = 0.25  # pairs in the document's own words: else hardly any right claim is, and a quotation looks wrong
INVENTED = 0.12
AWAY = 0.25


def examples(data: Path, lang: str, per_document: float, rng: Rng) -> Iterator[Example]:
    """Yield the examples of every document, some sentences of each."""
    for source, text in passages.documents(data, lang, rng):
        found = list(passages.passages(text, source, lang, rng))
        found = [p for p in found if p.source == f"corpus_{lang}" or rng.random() < per_document]
        for passage in found:
            yield from of_passage(passage, found, lang, rng)


def of_passage(passage: Passage, others: list[Passage], lang: str, rng: Rng) -> Iterator[Example]:
    """A right and a wrong claim on one sentence, and now and then the right one where it is not said."""
    change = _change(passage, lang, rng)
    if change is None:
        return
    sentence, text = passage.sentence, passage.text
    group = f"{passage.source} {text}"
    turned = rng.random() < 0.5
    if turned:
        if joins(change.new[0], sentence[change.end :]) or joins(sentence[: change.start], change.new[0]):
            return
        edited = sentence[: change.start] + change.new[0] + sentence[change.end :]
        text = text[: passage.start] + edited + text[passage.end :]
    forms = {False: change.old, True: change.new}
    share = 0.0 if rng.random() < PLAIN else 1.0
    right = claim_of(sentence, change, forms[turned], lang, share * TRUE_SHARE, rng)
    wrong = claim_of(sentence, change, forms[not turned], lang, share * WRONG_SHARE, rng)
    if right is None or wrong is None or right[0] == wrong[0]:
        return
    yield Example(right[0], text, ENTAILED, spans=(), group=group)
    if wrong[1]:
        yield Example(wrong[0], text, change.label, spans=wrong[1], group=group)
    else:  # the invented detail stands in the passage: leaving it out is no mistake
        yield Example(wrong[0], text, ENTAILED, spans=(), group=group)
    away = [p for p in others if sentence not in p.text and p.sentence not in passage.text]
    if away and rng.random() < AWAY:
        elsewhere = rng.choice(away).text
        yield Example(right[0], elsewhere, NOT_FOUND, spans=((0, len(right[0])),), group=group)


def _change(passage: Passage, lang: str, rng: Rng) -> Change | None:
    if rng.random() < INVENTED:
        return changes.added(passage.sentence, lang, rng)
    found = changes.changes(passage.sentence, lang, rng)
    return changes.pick(found, rng) if found else None


def claim_of(
    sentence: str, change: Change, forms: tuple[str, ...], lang: str, share: float, rng: Rng
) -> tuple[str, tuple[Span, ...]] | None:
    """A claim with one of the forms in the changed place, the rest in other words; the form's span."""
    form = rng.choice(forms) if rng.random() < share + 0.1 else forms[0]
    if joins(form, sentence[change.end :]) or joins(sentence[: change.start], form):
        return None
    marked = sentence[: change.start] + OPEN + form + CLOSE + sentence[change.end :]
    marked = reworded(marked, lang, share * rng.uniform(0.3, 1.2), rng)
    start, end = marked.find(OPEN), marked.find(CLOSE) - 1
    if start < 0 or end < start:
        return None
    text = marked.replace(OPEN, "").replace(CLOSE, "")
    if start == 0 and lang == "en":
        text = text[:1].upper() + text[1:]
    return text, ((start, end),) if end > start else ()
