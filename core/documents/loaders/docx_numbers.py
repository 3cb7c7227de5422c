"""Styles and automatic numbers: what makes "3.2 Hotels" or "第三条" of a paragraph that holds "Hotels"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.documents.loaders.docx_package import Element, child, local, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph gets from its style: heading level (0 for a title), list, and whether it is a table
    of contents.
    """

    name: str = ""
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of a table of contents."""
        return self.name.lower().startswith(("toc ", "table of figures"))


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    pattern: str = "%1."
    legal: bool = False


def styles(part: Element | None) -> dict[str, Style]:
    """Style id -> style, with what it inherits."""
    raw = {value(element, "styleId") or "": element for element in _all(part) if local(element) == "style"}
    return {name: _style(raw, name, 0) for name in raw}


def _all(part: Element | None) -> Iterable[Element]:
    return () if part is None else part


def _style(raw: dict[str, Element], name: str, depth: int) -> Style:
    element = raw.get(name)
    if element is None or depth > _DEPTH:
        return Style()
    above = _style(raw, value(child(element, "basedOn")) or "", depth + 1)
    title = value(child(element, "name")) or ""
    own = child(element, "pPr")
    level = heading_level(own)
    if level is None:
        named = _HEADING.match(title)
        level = int(named[1]) if named else 0 if title.lower() == "title" else above.level
    list_id, list_level = list_of(own)
    return Style(
        title, level, list_id or above.list_id, above.list_level if list_level is None else list_level
    )


def heading_level(properties: Element | None) -> int | None:
    """The outline level that a paragraph or a style names itself, from 1; None for body text."""
    outline = value(child(properties, "outlineLvl"))
    return int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else None


def list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and the level in it that a paragraph or a style names itself."""
    numbers = child(properties, "numPr")
    level = value(child(numbers, "ilvl"))
    return value(child(numbers, "numId")), int(level) if level and level.isdigit() else None


class Numbers:
    """Counts the paragraphs of every list as Word does, and writes their labels."""

    def __init__(self, part: Element | None) -> None:
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in _all(part):
            if local(element) == "abstractNum":
                self._kinds[value(element, "abstractNumId") or ""] = _levels(element)
            elif local(element) == "num":
                self._lists[value(element, "numId") or ""] = _list(element)

    def label(self, list_id: str, level: int) -> str | None:
        """The label of the next paragraph of a list: "3.2", "(a)", "-" for a bullet; None for no list."""
        kind, restarts = self._lists.get(list_id, ("", {}))
        levels = self._kinds.get(kind)
        if levels is None:
            return None
        here = levels.get(level, _Level())
        self._count(list_id, kind, level, here, restarts)
        if here.kind == "bullet":
            return "-"
        return (
            None
            if here.kind == "none"
            else _PLACE.sub(
                lambda m: self._number(kind, levels, int(m[1]) - 1, here.legal), here.pattern
            ).strip()
        )

    def _count(self, list_id: str, kind: str, level: int, here: _Level, restarts: dict[int, int]) -> None:
        counts = self._counts.setdefault(kind, {})
        if level in restarts and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counts[level] = restarts[level]
        else:
            counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [below for below in counts if below > level]:
            del counts[deeper]

    def _number(self, kind: str, levels: dict[int, _Level], level: int, legal: bool) -> str:
        shape = levels.get(level, _Level())
        count = self._counts[kind].get(level, shape.start)
        return str(count) if legal else _SHAPES.get(shape.kind, str)(count)


def _levels(element: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for below in element:
        if local(below) != "lvl":
            continue
        start = value(child(below, "start")) or "1"
        levels[int(value(below, "ilvl") or 0)] = _Level(
            start=int(start) if start.isdigit() else 1,
            kind=value(child(below, "numFmt")) or "decimal",
            pattern=value(child(below, "lvlText")) or "",
            legal=child(below, "isLgl") is not None,
        )
    return levels


def _list(element: Element) -> tuple[str, dict[int, int]]:
    restarts: dict[int, int] = {}
    for below in element:
        start = value(child(below, "startOverride"))
        if local(below) == "lvlOverride" and start and start.isdigit():
            restarts[int(value(below, "ilvl") or 0)] = int(start)
    return value(child(element, "abstractNumId")) or "", restarts


def _letters(count: int) -> str:
    """a … z, aa, bb … as Word goes on."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else str(count)


def _roman(count: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


def chinese(count: int) -> str:
    """12 -> 十二, up to 9999."""
    if not 0 < count < 10_000:
        return str(count)
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + sign
            gap = False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text


_SHAPES: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02}",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": lambda count: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count)),
    "decimalEnclosedCircleChinese": lambda count: chr(0x2460 + count - 1) if 0 < count <= 20 else str(count),
    "decimalEnclosedCircle": lambda count: chr(0x2460 + count - 1) if 0 < count <= 20 else str(count),
}
