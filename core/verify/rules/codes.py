"""Names that are written with figures: articles of a law, order numbers, versions, addresses, telephones."""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from core.verify.rules.measures import Kind, Value
from core.verify.rules.number_words import ZH_NUMERAL
from core.verify.rules.numerals import numerals

_CODE = re.compile(
    r"(?a)(?P<article>第\s?[零〇一二三四五六七八九十百千\d]+(?:\.\d+)*\s?[条款章节项编](?:之[一二三四五六七八九十])?|"
    r"\b(?:articles?|art\.?|sections?|sec\.|clauses?|cl\.|chapters?|paragraphs?|para\.?|rule|appendix|annex|schedule|exhibit)\s\d+(?:\.\d+)*|§\s?\d+(?:\.\d+)*|"
    r"附[件录则][一二三四五六七八九十\d]+)|"
    r"(?P<mail>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<url>\bhttps?://[^\s)>\]，。]+)|"
    r"(?P<ident>\b(?!to-)[a-z]{1,6}[-‐]\d{1,6}(?:(?!(?:s|st|nd|rd|th)\b)[a-z]{1,3}\b)?(?:[-.](?:\d+|[a-z]{1,2}\b))*\b|\b(?!(?:rmb|usd|eur|gbp|cny|jpy|chf|hkd|fy)\d)[a-z]{2,5}\d{2,}[a-z0-9]*\b|\biso\s\d{3,5}(?:-\d+)?\b)|"
    r"(?P<phone>(?<!\d)(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)\s?|\d{2,4}-)\d{3,4}-?\d{4}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d))|"
    r"(?P<version>\bv?(?!(?:19|20)\d\d\.)(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)(?!\d{1,3}(?:\.\d{3}){2,}(?![.\d]))\d+\.\d+\.\d+(?:\.\d+)*\b)|"
    r"(?P<grade>(?<![a-z0-9])[a-h](?=[级类栋座]))"
)
_ARTICLE_KIND = {
    "条": "article", "款": "paragraph", "章": "chapter", "节": "section", "项": "item", "编": "part",
    "附件": "annex", "附录": "appendix", "art": "article", "sec": "section", "cl": "article", "chapter": "chapter",
    "para": "paragraph", "§": "section", "appendix": "appendix", "annex": "annex",
}  # fmt: skip
_PART = re.compile(r"(?a)\s?\((\d{1,2}|[a-z])\)")


def codes(folded: str) -> Iterator[Value]:
    """The codes of a folded text; ``amount`` is equal exactly where the codes of a group are."""
    for found in _CODE.finditer(folded):
        kind, text, end = str(found.lastgroup), found.group(), found.end()
        group = f"{kind}:{_article_kind(text)}" if kind == "article" else f"{kind}:{_prefix(text)}"
        if kind == "grade":
            group = f"grade:{folded[end]}"
        yield Value(Kind.CODE, group, Fraction(_number(text)), text, found.start(), end)
        if kind == "article":
            yield from _part(folded, end)


def _part(folded: str, at: int) -> Iterator[Value]:
    """The (2) of Article 5(2), which is its second paragraph, and the (a), which is a point."""
    found = _PART.match(folded, at)
    if found:
        group = "article:paragraph" if found.group(1).isdigit() else "article:point"
        yield Value(Kind.CODE, group, Fraction(_as_int(found.group(1))), found.group(), at, found.end())


def _article_kind(text: str) -> str:
    marks = [name for mark, name in _ARTICLE_KIND.items() if mark in text]
    return marks[0] if marks else text.split(maxsplit=1)[0]


def _prefix(text: str) -> str:
    return re.split(r"[\d@]", text, maxsplit=1)[0].strip("- ‐") if not re.match(r"\w+@|http", text) else ""


def _number(text: str) -> int:
    """A code as a number: equal exactly when the codes are equal."""
    chinese = re.findall(f"[{ZH_NUMERAL}]+", text) if text[0] in "第附" else []
    if chinese and not re.search(r"\d", text):
        value = next(iter(numerals(chinese[0])), None)
        return _as_int(str(int(value.value)) if value else text)
    if re.match(r"[第附§]|art|sec|clause|cl\.|chapter|para|appendix|annex|schedule|exhibit|rule", text):
        return _as_int("".join(re.findall(r"[\d.]+", text)).strip("."))
    return _as_int(re.sub(r"[\s\-‐()+]", "", text).rstrip("/."))


def _as_int(body: str) -> int:
    return int.from_bytes(body.encode(), "big")
