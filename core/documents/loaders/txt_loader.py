"""Plain text: one page, one for each form feed where the file has them, or one for each Chinese chapter."""

from __future__ import annotations

import re

from core.documents.content import Loaded, with_text
from core.documents.encoding import decode
from core.documents.sections import Sections, chapter_level
from core.documents.tidy import tidy
from core.types import Page

_BLANK = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+\n")


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a text file in any encoding that can be told."""
    decoded = decode(data)
    text = tidy(decoded.text)
    sheets = text.split("\f")
    if len(sheets) == 1:
        return with_text(_chapters(_lines(text)), decoded.reason)
    pages = tuple(Page(text=_lines(sheet), number=n) for n, sheet in enumerate(sheets, 1))
    return with_text(pages, decoded.reason)


def _chapters(text: str) -> tuple[Page, ...]:
    """A regulation in chapters by its chapters, each with its path; anything else as one page."""
    lines = text.split("\n")
    levels = _levels(lines)
    if len(levels) < 2:
        return (Page(text=text),)
    sections = Sections()
    body: list[str] = []
    for number, line in enumerate(lines):
        level = levels.get(number)
        if level is None:
            body.append(line)
            continue
        sections.block("\n".join(body))
        body = []
        sections.heading(level, line)
    sections.block("\n".join(body))
    return sections.pages()


def _levels(lines: list[str]) -> dict[int, int]:
    """The chapter lines by number, without those of a table of contents, which follow one upon the other."""
    named = [(n, chapter_level(line)) for n, line in enumerate(lines) if line.strip()]
    following = [*(level for _, level in named), None][1:]
    return {
        number: level
        for (number, level), after in zip(named, following, strict=True)
        if level is not None and (after is None or after > level)
    }


def _lines(text: str) -> str:
    """Without spaces at the ends of lines, and with one blank line at most."""
    stripped = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK.sub("\n\n", stripped).strip("\n")
