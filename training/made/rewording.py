"""Says a sentence in other words without changing what it says."""

from __future__ import annotations

import random
import re
from functools import lru_cache

from core.verify.text import STOP_EN
from training.made.changes import FOLDER, changes

Rng = random.Random
OPEN, CLOSE = "\ue000", "\ue001"  # stand around what must be left alone


@lru_cache
def _same(lang: str) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    table: dict[str, list[str]] = {}
    for line in (FOLDER / f"{lang}_same.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, others = line.split(" > ")
            table[word.strip()] = others.split() if lang == "zh" else [o.strip() for o in others.split(";")]
    body = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
    return re.compile(body if lang == "zh" else rf"(?<![\w-])(?:{body})(?![\w-])"), table


def synonyms(text: str, lang: str, share: float, rng: Rng) -> str:
    """The text with a share of the known words replaced; never between the marks."""
    pattern, table = _same(lang)
    guard = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}|{pattern.pattern}")
    return guard.sub(
        lambda m: m[0] if m[0][0] == OPEN or rng.random() > share else rng.choice(table[m[0]]), text
    )


def other_writings(text: str, lang: str, share: float, rng: Rng) -> str:
    """Numbers in another notation, rules with another word for the same duty, outside the marks."""
    parts = re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", text)
    return "".join(p if p[:1] == OPEN else _rewritten(p, lang, share, rng) for p in parts)


def _rewritten(text: str, lang: str, share: float, rng: Rng) -> str:
    kept = [c for c in changes(text, lang, rng) if len(c.old) > 1 and rng.random() < share]
    kept.sort(key=lambda change: change.start)
    pieces, at = [], 0
    for change in kept:
        form = rng.choice(change.old[1:])
        if change.start < at or joins(form, text[change.end :]) or joins(text[: change.start], form):
            continue
        pieces += [text[at : change.start], form]
        at = change.end
    return "".join([*pieces, text[at:]])


def joins(before: str, after: str) -> bool:
    """Whether two pieces side by side would run two numbers or two words into one."""
    one, other = before[-1:], after[:1]
    return (one.isdigit() and other.isdigit()) or (
        one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
    )


_FRONT = re.compile(
    r"^(If|When|Before|After|Once|Unless|Because|While|During|Under|For|In|On|By|Since|Without|Where) "
    r"((?:[^,;:()]|,(?= ?\d)){6,110}), (?!\d)([^;:]{12,190})\.$"
)
_AND = re.compile(r"[,;]? (?:and|but) ")


def order_en(text: str) -> str:
    """An adverbial clause moved from the front to the end."""
    found = _FRONT.match(text)
    if not found or re.search(
        r", (?:and|but|or|then)\b|\b(?:he|she|it|they|this|that|which|who)\b", found[3][:200]
    ):
        return text
    word = found[1].lower()
    main = found[3]
    return f"{main[:1].upper()}{main[1:]} {word} {found[2]}."


def shorter(text: str, lang: str) -> str:
    """Without brackets, list marks, article numbers and words that only lead over."""
    if lang == "zh":
        text = re.sub(r"（[^（）]{1,40}）|\([^()]{1,40}\)", _keep_marked, text)
        return re.sub(r"^(?:此外|另外|同时|因此|但是|然而|其中)，", "", text)
    text = re.sub(r" \([^()]{1,60}\)", _keep_marked, text)
    kept = re.sub(
        r"^(?:However|In addition|Additionally|Moreover|Furthermore|Therefore|Thus|Also|Finally), ", "", text
    )
    return kept[:1].upper() + kept[1:] if kept != text else text


def _keep_marked(found: re.Match[str]) -> str:
    """What stands in brackets goes, unless it is marked or part of a sum."""
    return found[0] if re.search(f"[{OPEN}{CLOSE}\\d×%+=]", found[0]) else ""


_RULE = re.compile(r"^([^，。；：、]{2,12})(应当|不得|可以|必须)([^，。；：]{6,60})。$")
_LAW = re.compile(
    r"根据([^，。；]{2,20})(?:的)?规定，|依照([^，。；]{2,20})(?:的)?规定，|按照([^，。；]{2,20})(?:的)?规定，"
)
_COND = re.compile(r"^([^，。；：“”]{5,36})的，((?:应当|不得|可以|由)[^。；]{4,80})。$")


def order_zh(text: str, rng: Rng) -> str:
    """Conditions said as conditions, or put last; empty references left out."""
    if found := _COND.match(text):
        if rng.random() < 0.5:
            end = "时" if rng.random() < 0.3 else ""
            return f"{rng.choice(('如果', '若', '当', '一旦'))}{found[1]}{end}，{found[2]}。"
        return f"{found[2]}，前提是{found[1]}。" if "，" not in found[2] else text
    if rng.random() < 0.5:
        text = re.sub(r"依法", "依照法律", text, count=1)
    return text


def _ordered(text: str, lang: str, rng: Rng) -> str:
    return order_zh(text, rng) if lang == "zh" else order_en(text)


LEADS = {
    "zh": (
        "根据材料，", "按照文件的说法，", "文中提到，", "资料显示，", "据此，", "简单说，", "可以确定的是，",
        "文件规定，",
    ),
    "en": (
        "According to the text, ", "The document says that ", "As stated in the material, ", "In short, ",
        "The passage says that ",
    ),
}  # fmt: skip


def reworded(text: str, lang: str, share: float, rng: Rng) -> str:
    """The marked sentence in other words; how many is up to ``share``."""
    if rng.random() < share:
        text = shorter(text, lang)
    text = _ordered(text, lang, rng) if rng.random() < share else text
    text = synonyms(other_writings(text, lang, share, rng), lang, share, rng)
    if rng.random() < 0.15 and not re.match(
        r"Yes|No\b|Probably|是的|不|可以|能|会|对|有|没有|[^，。]{1,4}，|[—-]", text
    ):
        lead = rng.choice(LEADS[lang])
        text = lead + (_lower(text) if lang == "en" else text)
    return text


_MORE = frozenset("while during where without although since unless because every many most there".split())


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in STOP_EN | _MORE and first != "I" else text
