"""One change of a sentence that changes what it says: what stood there, what stands there now, and how else
each could be written.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.examples import CONTRADICTED, NOT_FOUND, UNSUPPORTED
from training.made.quantities import Rewritten, quantities
from training.made.senses import article_fits, unfit_en, unfit_zh

Rng = random.Random
FOLDER = Path(__file__).parent / "words"
LABELS = {"quantifier": UNSUPPORTED, "dropped_condition": UNSUPPORTED, "invention": NOT_FOUND}
_BUSY = {
    "negation": 0.6,
    "number": 2.0,
    "date": 2.0,
    "entity": 1.3,
    "modality": 1.3,
    "dropped_condition": 2.0,
}


@dataclass(frozen=True, slots=True)
class Change:
    """``sentence[start:end]`` becomes ``new[0]``; ``old`` and ``new`` list writings of equal meaning."""

    start: int
    end: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str

    @property
    def label(self) -> int:
        """The verdict on a sentence changed so."""
        return LABELS.get(self.kind, CONTRADICTED)


@dataclass(frozen=True, slots=True)
class _Meaning:
    kind: str
    group: int
    forms: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


@lru_cache
def _contrasts(lang: str) -> tuple[re.Pattern[str], dict[str, list[_Meaning]]]:
    meanings: dict[str, list[_Meaning]] = {}
    for number, line in enumerate(_lines(f"{lang}_contrast.txt")):
        kind, *groups = (part.strip() for part in line.split("|"))
        cut = re.compile(r"\s*~\s*|\s+" if lang == "zh" else r"\s*~\s*")
        forms = [cut.split(group) for group in groups]
        plain = [tuple(form.lstrip("=") for form in group) for group in forms]
        for at, group in enumerate(forms):
            others = tuple(other for place, other in enumerate(plain) if place != at)
            for form in group:
                if not form.startswith("="):
                    meanings.setdefault(form, []).append(_Meaning(kind, number, plain[at], others))
    ordered = sorted(meanings, key=len, reverse=True)
    body = "|".join(map(re.escape, ordered))
    pattern = rf"(?<![不未非无没可])(?:{body})" if lang == "zh" else rf"(?<![\w-])(?:{body})(?![\w-])"
    return re.compile(pattern), meanings


def _lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def changes(sentence: str, lang: str, rng: Rng) -> list[Change]:
    """Every change that is known for a sentence: of words, of numbers, of whole conditions."""
    found = [*_word_changes(sentence, lang, rng), *_quantity_changes(sentence, lang, rng)]
    return [*found, *(_conditions_zh(sentence) if lang == "zh" else ())]


def pick(found: list[Change], rng: Rng) -> Change:
    """One of the changes, kinds weighted so that common ones leave room for rare ones."""
    return rng.choices(found, [_BUSY.get(change.kind, 1.0) for change in found])[0]


def _word_changes(sentence: str, lang: str, rng: Rng) -> list[Change]:
    pattern, meanings = _contrasts(lang)
    found = []
    for match in pattern.finditer(sentence):
        meaning = rng.choice(meanings[match[0]])
        unfit = unfit_zh if lang == "zh" else unfit_en
        if unfit(match[0], sentence, match.start(), match.end()):
            continue
        old = (match[0], *(form for form in meaning.forms if form != match[0]))
        new = [
            form
            for form in rng.choice(meaning.others)
            if lang == "zh" or article_fits(sentence, match.start(), form)
        ]
        if not new:
            continue
        rng.shuffle(new)
        if meaning.kind == "entity" and any(form in sentence for form in new):
            found += _swapped(sentence, match.start(), match.end(), new[0])
        else:
            found.append(Change(match.start(), match.end(), old, tuple(new), meaning.kind))
    return found


def _swapped(sentence: str, start: int, end: int, other: str) -> list[Change]:
    """Two that stand near each other change places."""
    at = sentence.find(other, end)
    if at < 0 or at - end > 24 or at - end < 3:
        return []
    stop = at + len(other)
    new = other + sentence[end:at] + sentence[start:end]
    return [Change(start, stop, (sentence[start:stop],), (new,), "entity")]


def _quantity_changes(sentence: str, lang: str, rng: Rng) -> list[Change]:
    found: list[Rewritten] = quantities(sentence, lang, rng)  # each with another value
    return [Change(q.start, q.end, q.same, q.other, q.kind) for q in found]


_WITHOUT = re.compile(r"未经([^，。；、]{2,18}?)(批准|同意|许可|授权)的?，(不得|任何)")
_APART = re.compile(r"除([^，。；除]{2,24}?)(?:之外|以外|外)，")
_ONLY_IF = re.compile(r"(?:^|(?<=[，；]))([^，。；：“”]{6,34}?)的，(?=应当|不得|可以|由|可|须)")
_AFTER = re.compile(r"(?<![未已不])经([^，。；、过]{2,14}?)(批准|同意|许可)(?=[，后可方])")


def _conditions_zh(sentence: str) -> list[Change]:
    """Conditions and exceptions of Chinese rules, kept or thrown away."""
    found = []
    for m in _WITHOUT.finditer(sentence):
        if m[3] == "不得":
            old: tuple[str, ...] = (m[0], f"没有{m[1]}的{m[2]}，不得", f"不经{m[1]}{m[2]}，不可以")
            new: tuple[str, ...] = (
                f"即使未经{m[1]}{m[2]}，也可以",
                f"无需{m[1]}{m[2]}，即可",
                f"不必{m[1]}{m[2]}就可以",
            )
            found.append(Change(m.start(), m.end(), old, new, "dropped_condition"))
    for m in _APART.finditer(sentence):
        old = (m[0], f"除了{m[1]}之外，", f"除{m[1]}以外，")
        new = (f"包括{m[1]}在内，", f"连同{m[1]}在内，")
        found.append(Change(m.start(), m.end(), old, new, "dropped_condition"))
    for m in _ONLY_IF.finditer(sentence):
        old = (m[0], f"如果{m[1]}，", f"若{m[1]}，", f"凡{m[1]}的，", f"在{m[1]}的情况下，")
        new = (f"不论是否{m[1]}，", f"无论是否{m[1]}，", f"不管是不是{m[1]}，")
        found.append(Change(m.start(), m.end(), old, new, "dropped_condition"))
    for m in _AFTER.finditer(sentence):
        old = (m[0], f"经过{m[1]}{m[2]}", f"得到{m[1]}{m[2]}")
        found.append(
            Change(m.start(), m.end(), old, (f"无需{m[1]}{m[2]}", f"不必经{m[1]}{m[2]}"), "dropped_condition")
        )
    return found


def added(sentence: str, lang: str, rng: Rng) -> Change | None:
    """A detail put on to the end of a sentence."""
    end = len(sentence.rstrip("。.！!"))
    if not sentence.endswith(("。", ".")):
        return None
    detail = rng.choice(_lines(f"{lang}_added.txt"))
    joint = (
        "，"
        if lang == "zh"
        else ", "
        if detail.startswith(("and", "which", "but", "unless", "provided"))
        else " "
    )
    return Change(end, end, ("",), (joint + detail,), "invention")
