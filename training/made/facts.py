"""Examples from fact frames: a short document of facts in one language, right and wrong claims in either.

Which of two values is the document's and which the mistake is drawn by lot, so that a claim by itself never
tells whether it is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from core.verify.text import weight
from training.examples import CONTRADICTED, ENTAILED, NOT_FOUND, UNSUPPORTED, Example, Span
from training.made.frames import Frame, Part, kind, load
from training.made.titles import PREFIXES, title
from training.made.values import NUMERIC, Value, capital, days, money, months, workdays
from training.made.words import CHOICES, SIDES, SUBJECTS, WEIGHTS

Rng = random.Random
Facts = dict[str, Value]
LARGEST = 100.0  # the weight of a window at run time
MISSING = 0.3
QUESTION = 0.6
JOINED = 0.08


@dataclass(frozen=True, slots=True)
class Said:
    """A rendered wording: where each slot stands, and the optional stretch where there is one."""

    text: str
    slots: dict[str, Span]
    optional: Span | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all facts of one document share."""

    currency: str
    sides: tuple[Value, Value]
    company: Value


def examples(evidence: str, claim: str, count: int, rng: Rng) -> Iterator[Example]:
    """Yield about ``count`` examples of claims in one language on evidence in another or the same."""
    frames = load()
    made = 0
    while made < count:
        for example in _round(frames, rng.choice(frames), evidence, claim, rng):
            made += 1
            yield example


def setting(rng: Rng) -> Setting:
    """Draw what a document's facts share."""
    sides = rng.choice(SIDES)
    currency = rng.choice(("CNY", "CNY", "CNY", "USD", "USD", "EUR", "HKD", "GBP"))
    return Setting(currency, sides if rng.random() < 0.5 else sides[::-1], rng.choice(CHOICES["company"]))


def _round(frames: list[Frame], frame: Frame, evidence: str, claim: str, rng: Rng) -> Iterator[Example]:
    shared = setting(rng)
    facts = draw(frame, shared, rng)
    slot = _slot(frame, rng)
    changed = change(frame, facts, slot, shared, rng)
    if rng.random() < 0.5:
        facts, changed = changed, facts
    twin = _twin(frame, facts, slot, shared, rng)
    if twin and rng.random() < 0.5 and slot != frame.subject():
        changed = {**facts, slot: twin[slot]}  # the value of the other one is the mistake
        if twin[slot].key == facts[slot].key:
            return
    differing = [name for name in facts if facts[name].key != changed[name].key]
    source = _pick(frame, evidence, slot, rng)
    stated = source and render(source, facts, evidence, rng, optional=_within(source, slot) or rng.random() < 0.6)
    if source is None or stated is None:
        return
    others = _others(frames, frame, shared, evidence, rng)
    if twin:
        others.insert(rng.randrange(len(others) + 1), _sentence(frame, twin, evidence, rng))
    texts = _fill(stated.text, others, rng)
    heading = title(frame.domain, shared.company, evidence, rng)
    group = f"{heading} {texts}"
    question = _ask(frame, facts, claim, rng)
    for told in (facts, changed):
        said = _claim(frame, told, claim, slot, stated, source, rng)
        if said is None:
            return
        spans = tuple(said.slots[name] for name in differing if name in said.slots) if told is changed else ()
        label = ENTAILED if told is facts else _label(slot, frame)
        companion = _companion(texts, stated.text) if evidence == claim and rng.random() < JOINED else None
        lowers = not any(start == 0 for start, _ in said.slots.values())
        text, spans = dressed(said.text, spans, companion, PREFIXES[claim, frame.domain], rng, lowers=lowers)
        yield Example(text, _document(heading, texts, evidence, rng), label, question, spans=spans, group=group)
        if told is facts and rng.random() < MISSING:
            rest = [t for t in texts if t != stated.text]
            rest += [_other(frames, frame, shared, evidence, rng) for _ in range(2 - min(2, len(rest)))]
            marks = None if twin else ((0, len(text)),)
            missing = _document(heading, rest, evidence, rng)
            yield Example(text, missing, NOT_FOUND, question, spans=marks, group=group)


def _label(slot: str, frame: Frame) -> int:
    doubtful = kind(slot) in SUBJECTS or slot == frame.subject()
    return UNSUPPORTED if doubtful else CONTRADICTED


def draw(frame: Frame, shared: Setting, rng: Rng) -> Facts:
    """Draw a value for every slot of a frame."""
    facts: Facts = {}
    for slot in frame.slots():
        taken = {value.key for name, value in facts.items() if kind(name) == kind(slot)}
        facts[slot] = _value(frame, slot, shared, rng)
        while facts[slot].key in taken:
            facts[slot] = _value(frame, slot, shared, rng)
    return facts


def _value(frame: Frame, slot: str, shared: Setting, rng: Rng) -> Value:
    if slot in ("A", "B"):
        return shared.sides["AB".index(slot)]
    if slot == "company":
        return shared.company
    if slot in frame.own:
        return rng.choice(frame.own[slot])
    if kind(slot) in CHOICES:
        return rng.choice(CHOICES[kind(slot)])
    return NUMERIC[slot if slot in NUMERIC else kind(slot)](rng, shared.currency)


def _slot(frame: Frame, rng: Rng) -> str:
    slots = [s for wording in frame.wordings.values() for parts in wording for s in _names(parts)]
    slots = list(dict.fromkeys(slots))
    return rng.choices(slots, [WEIGHTS.get(kind(s), 0.7 if s in ("A", "B") else 1.0) for s in slots])[0]


def change(frame: Frame, facts: Facts, slot: str, shared: Setting, rng: Rng) -> Facts:
    """The same facts but for one slot, or for two that have changed places."""
    if slot in ("A", "B"):
        present = [s for s in ("A", "B") if s in facts]
        return {**facts, **{s: shared.sides[1 - "AB".index(s)] for s in present}}
    alike = [s for s in facts if s != slot and kind(s) == kind(slot)]
    if alike and rng.random() < 0.4:
        return {**facts, slot: facts[alike[0]], alike[0]: facts[slot]}
    new = _slip(facts[slot], rng) if rng.random() < 0.35 else None
    while new is None or new.key == facts[slot].key:
        new = _value(frame, slot, shared, rng) if slot != "company" else rng.choice(CHOICES["company"])
    return {**facts, slot: new}


def _slip(value: Value, rng: Rng) -> Value | None:
    """Another unit, scale or currency with the same digits."""
    match value.key:
        case ("days", int(number)) if number <= 30:
            return rng.choice((workdays, months))(number) if number <= 12 else workdays(number)
        case ("workdays", int(number)):
            return days(number)
        case (str(currency), int(amount)) if currency in ("CNY", "USD", "EUR", "HKD", "GBP"):
            other = rng.choice([c for c in ("CNY", "USD", "EUR", "HKD") if c != currency])
            near = money(amount * 10 if amount < 10**9 else amount // 10, currency)
            return near if rng.random() < 0.6 else money(amount, other)
    return None


def _twin(frame: Frame, facts: Facts, slot: str, shared: Setting, rng: Rng) -> Facts | None:
    """The same fact about something else, with other values."""
    subject = frame.subject()
    if subject is None or rng.random() < 0.4:
        return None
    for _ in range(20):
        twin = {**draw(frame, shared, rng), **{s: v for s, v in facts.items() if s in ("company", "A", "B")}}
        if twin[subject].key != facts[subject].key:
            return twin
    return None


def _names(parts: tuple[Part, ...]) -> list[str]:
    return [part.slot for part in parts if part.slot]


def _within(parts: tuple[Part, ...], slot: str) -> bool:
    return any(part.optional and part.slot == slot for part in parts)


def _pick(frame: Frame, lang: str, slot: str, rng: Rng) -> tuple[Part, ...] | None:
    fitting = [parts for parts in frame.wordings[lang] if slot in _names(parts)]
    return rng.choice(fitting) if fitting else None


def render(parts: tuple[Part, ...], facts: Facts, lang: str, rng: Rng, *, optional: bool) -> Said:
    """Write a wording out."""
    text, slots = "", {}
    begin = end = -1
    for part in parts:
        if part.optional and not optional:
            continue
        at = len(text)
        text += part.text if part.slot is None else _written(part, facts, lang, text, rng)
        if part.slot is not None:
            slots[part.slot] = (at, len(text))
        if part.optional:
            begin, end = at if begin < 0 else begin, len(text)
    return Said(text, slots, (begin, end) if begin >= 0 else None)


def _written(part: Part, facts: Facts, lang: str, before: str, rng: Rng) -> str:
    value = facts[str(part.slot)]
    if part.form:
        value = next(v for v in CHOICES[f"{part.slot}.{part.form}"] if v.key == value.key)
    forms = value.en if lang == "en" else value.zh
    if lang == "en" and before.endswith("first "):
        forms = ("month",) if value.key == ("months", 1) else forms[:2]
    return rng.choice(forms)


def _claim(
    frame: Frame, facts: Facts, lang: str, slot: str, stated: Said, source: tuple[Part, ...], rng: Rng
) -> Said | None:
    """A claim that mentions the slot and nothing that the evidence leaves out."""
    cautious = any(name.startswith("exc_") for name in stated.slots)
    for _ in range(20):
        parts = _pick(frame, lang, slot, rng)
        if parts is None:
            return None
        optional = _within(parts, slot) or cautious or rng.random() < 0.4
        said = render(parts, facts, lang, rng, optional=optional)
        known = set(stated.slots)
        if parts is source and rng.random() < 0.8:
            continue
        if set(said.slots) <= known and (said.optional is None or stated.optional is not None):
            return said
    return None


def dressed(
    text: str,
    spans: tuple[Span, ...],
    companion: str | None,
    prefixes: tuple[str, ...],
    rng: Rng,
    *,
    lowers: bool,
) -> tuple[str, tuple[Span, ...]]:
    """A claim as a sentence of an answer: a beginning now and then, joined to a fact, a full stop."""
    lead = ""
    if rng.random() < 0.2:
        lead = rng.choice(prefixes)
    elif companion is not None:
        lead = companion.rstrip("。.") + ("; " if companion.endswith(".") else "；")
    if lead:
        text = text[:1].lower() + text[1:] if lowers else text
    else:
        text = capital(text)
    if rng.random() < 0.1:
        text = text.rstrip(".。")
    return lead + text, tuple((start + len(lead), end + len(lead)) for start, end in spans)


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
