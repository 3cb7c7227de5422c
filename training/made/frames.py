"""Reads the fact frames of ``facts/*.txt``: what can be said about a subject, several ways, in two languages.

A frame begins with ``# name``. ``@ slot = english~english / chinese~chinese ; ...`` lists values of its own,
``q`` asks for the fact in both languages, each ``en`` and ``zh`` line words it. ``{slot}`` is a value,
``{slot:b}`` a second one of the same kind, ``{slot.v}`` another form of it. ``[x|...]`` may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from training.made.values import Value

FOLDER = Path(__file__).parent / "facts"
LANGUAGES = ("en", "zh")
_PART = re.compile(r"\{([\w:.]+)\}")
_OPTIONAL = re.compile(r"\[x\|(.*?)\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a wording: literal text or a slot; ``optional`` pieces come together or not at all."""

    text: str
    slot: str | None = None
    form: str = ""
    optional: bool = False


@dataclass(slots=True)
class Frame:
    """One kind of fact."""

    name: str
    domain: str
    own: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    question: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    wordings: dict[str, list[tuple[Part, ...]]] = field(default_factory=lambda: {"en": [], "zh": []})

    def slots(self) -> tuple[str, ...]:
        """Every slot of every wording, in order of appearance."""
        parts = [p for lang in LANGUAGES for wording in self.wordings[lang] for p in wording]
        parts += [p for wording in self.question.values() for p in wording]
        return tuple(dict.fromkeys(p.slot for p in parts if p.slot))

    def subject(self) -> str | None:
        """The slot that says which of several like things a fact is about."""
        own = [name for name in self.own if name not in ("court", "law", "class")]
        if own:
            return own[0]
        return "year" if "year" in self.slots() else None


def kind(slot: str) -> str:
    """``percent:b`` is of the kind ``percent``."""
    return slot.split(":", maxsplit=1)[0]


def load() -> list[Frame]:
    """Read every frame."""
    frames: list[Frame] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
            if line.startswith("#"):
                frames.append(Frame(line[1:].strip(), path.stem))
            else:
                _add(frames[-1], *line.split(" ", 1))
    return frames


def _add(frame: Frame, mark: str, rest: str) -> None:
    if mark == "@":
        name, values = rest.split(" = ", 1)
        frame.own[name.strip()] = tuple(_own(text) for text in values.split(" ; "))
    elif mark == "q":
        en, zh = rest.split(" / ")
        frame.question = {"en": parse(en), "zh": parse(zh)}
    else:
        frame.wordings[mark].append(parse(rest))


def _own(text: str) -> Value:
    en, zh = text.strip().split(" / ")
    return Value(en, tuple(en.split("~")), tuple(zh.split("~")))


def parse(text: str) -> tuple[Part, ...]:
    """Cut a wording into its parts."""
    parts: list[Part] = []
    at = 0
    for found in _OPTIONAL.finditer(text):
        parts += _parts(text[at : found.start()], optional=False)
        parts += _parts(found[1], optional=True)
        at = found.end()
    return (*parts, *_parts(text[at:], optional=False))


def _parts(text: str, *, optional: bool) -> list[Part]:
    parts: list[Part] = []
    at = 0
    for found in _PART.finditer(text):
        if found.start() > at:
            parts.append(Part(text[at : found.start()], optional=optional))
        name, _, form = found[1].partition(".")
        parts.append(Part("", name, form, optional))
        at = found.end()
    if at < len(text):
        parts.append(Part(text[at:], optional=optional))
    return parts
