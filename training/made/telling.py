"""Draws the values of a fact, changes one of them, and says the fact in one of its wordings."""

from __future__ import annotations

import random
from dataclasses import dataclass

from training.examples import Span
from training.made.draws import NUMERIC
from training.made.frames import Frame, Part, kind
from training.made.values import Value, capital, days, money, months, workdays
from training.made.words import CHOICES, SIDES, WEIGHTS

Rng = random.Random
Facts = dict[str, Value]


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


def setting(rng: Rng) -> Setting:
    """Draw what a document's facts share."""
    sides = rng.choice(SIDES)
    currency = rng.choice(("CNY", "CNY", "CNY", "USD", "USD", "EUR", "HKD", "GBP"))
    return Setting(currency, sides if rng.random() < 0.5 else sides[::-1], rng.choice(CHOICES["company"]))


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


def slot_of(frame: Frame, rng: Rng) -> str:
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


def twin_of(frame: Frame, facts: Facts, shared: Setting, rng: Rng) -> Facts | None:
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


def within(parts: tuple[Part, ...], slot: str) -> bool:
    return any(part.optional and part.slot == slot for part in parts)


def pick(frame: Frame, lang: str, slot: str, rng: Rng) -> tuple[Part, ...] | None:
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


def claim_on(
    frame: Frame, facts: Facts, lang: str, slot: str, stated: Said, source: tuple[Part, ...], rng: Rng
) -> Said | None:
    """A claim that mentions the slot and nothing that the evidence leaves out."""
    cautious = any(name.startswith("exc_") for name in stated.slots)
    for _ in range(20):
        parts = pick(frame, lang, slot, rng)
        if parts is None:
            return None
        optional = within(parts, slot) or cautious or rng.random() < 0.4
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
    if not lead:
        text = capital(text)
    elif lowers:
        text = text[:1].lower() + text[1:]
    if rng.random() < 0.1:
        text = text.rstrip(".。")
    return lead + text, tuple((start + len(lead), end + len(lead)) for start, end in spans)
