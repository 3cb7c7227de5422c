"""Examples from fact frames: a short document of facts in one language, right and wrong claims in either.

Which of two values is the document's and which the mistake is drawn by lot, so that a claim by itself never
tells whether it is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from core.verify.text import weight
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, UNSUPPORTED, Example
from training.made.frames import Frame, kind, load
from training.made.telling import (
    Facts,
    Setting,
    change,
    claim_on,
    draw,
    dressed,
    pick,
    render,
    setting,
    slot_of,
    twin_of,
    within,
)
from training.made.titles import PREFIXES, title
from training.made.values import capital
from training.made.words import SUBJECTS

Rng = random.Random
LARGEST = 100.0  # the weight of a window at run time
MISSING = 0.3
QUESTION = 0.6
JOINED = 0.08


def examples(evidence: str, claim: str, count: int, rng: Rng) -> Iterator[Example]:
    """Yield about ``count`` examples of claims in one language on evidence in another or the same."""
    frames = load()
    made = 0
    while made < count:
        for example in _round(frames, rng.choice(frames), evidence, claim, rng):
            made += 1
            yield example


def _round(frames: list[Frame], frame: Frame, evidence: str, claim: str, rng: Rng) -> Iterator[Example]:
    shared = setting(rng)
    facts = draw(frame, shared, rng)
    slot = slot_of(frame, rng)
    changed = change(frame, facts, slot, shared, rng)
    if rng.random() < 0.5:
        facts, changed = changed, facts
    twin = twin_of(frame, facts, shared, rng)
    if twin and rng.random() < 0.5 and slot != frame.subject():
        changed = {**facts, slot: twin[slot]}  # the value of the other one is the mistake
        if twin[slot].key == facts[slot].key:
            return
    differing = [name for name in facts if facts[name].key != changed[name].key]
    source = pick(frame, evidence, slot, rng)
    if source is None:
        return
    optional = within(source, slot) or rng.random() < 0.6
    stated = render(source, facts, evidence, rng, optional=optional)
    others = _others(frames, frame, shared, evidence, rng)
    if twin:
        others.insert(rng.randrange(len(others) + 1), _sentence(frame, twin, evidence, rng))
    texts = _fill(stated.text, others, rng)
    heading = title(frame.domain, shared.company, evidence, rng)
    group = f"{heading} {texts}"
    question = _ask(frame, facts, claim, rng)
    for told in (facts, changed):
        said = claim_on(frame, told, claim, slot, stated, source, rng)
        if said is None:
            return
        spans = tuple(said.slots[name] for name in differing if name in said.slots) if told is changed else ()
        label = ENTAILED if told is facts else _label(slot, frame)
        companion = _companion(texts, stated.text) if evidence == claim and rng.random() < JOINED else None
        lowers = not any(start == 0 for start, _ in said.slots.values())
        text, spans = dressed(said.text, spans, companion, PREFIXES[claim, frame.domain], rng, lowers=lowers)
        yield Example(
            text, _document(heading, texts, evidence, rng), label, question, spans=spans, group=group
        )
        if told is facts and rng.random() < MISSING:
            rest = [t for t in texts if t != stated.text]
            rest += [_other(frames, frame, shared, evidence, rng) for _ in range(2 - min(2, len(rest)))]
            marks = None if twin else ((0, len(text)),)
            missing = _document(heading, rest, evidence, rng)
            yield Example(text, missing, NOT_FOUND, question, spans=marks, group=group)


def _label(slot: str, frame: Frame) -> int:
    doubtful = kind(slot) in SUBJECTS or slot == frame.subject()
    return UNSUPPORTED if doubtful else CONTRADICTED


def _companion(texts: list[str], target: str) -> str | None:
    others = [t for t in texts if t != target and len(t) < 160]
    return capital(others[0]) if others else None


def _ask(frame: Frame, facts: Facts, lang: str, rng: Rng) -> str | None:
    if rng.random() > QUESTION:
        return None
    return capital(render(frame.question[lang], facts, lang, rng, optional=False).text)


def _others(frames: list[Frame], frame: Frame, shared: Setting, lang: str, rng: Rng) -> list[str]:
    domain = [f for f in frames if f.domain == frame.domain and f is not frame]
    chosen = rng.sample(domain, min(rng.randint(0, 4), len(domain)))
    return [_sentence(f, draw(f, shared, rng), lang, rng) for f in chosen]


def _other(frames: list[Frame], frame: Frame, shared: Setting, lang: str, rng: Rng) -> str:
    other = rng.choice([f for f in frames if f is not frame and f.domain == frame.domain])
    return _sentence(other, draw(other, shared, rng), lang, rng)


def _sentence(frame: Frame, facts: Facts, lang: str, rng: Rng) -> str:
    return render(rng.choice(frame.wordings[lang]), facts, lang, rng, optional=rng.random() < 0.6).text


def _fill(target: str, others: list[str], rng: Rng) -> list[str]:
    """The target among as many neighbours as a window holds."""
    kept, size = [target], weight(target) + 8
    for text in others:
        if size + weight(text) < LARGEST:
            kept.append(text)
            size += weight(text)
    rng.shuffle(kept)
    return kept


def _document(heading: str, texts: list[str], lang: str, rng: Rng) -> str:
    texts = [capital(text) for text in texts]
    style = rng.random()
    if style < 0.35:
        texts = [f"{number}. {text}" for number, text in enumerate(texts, rng.randint(1, 9))]
    joint = "\n" if style < 0.6 else " " if lang == "en" else ""
    return f"{heading}\n{joint.join(texts)}" if rng.random() < 0.7 else joint.join(texts)
