"""Collects headings, paragraphs and tables of a flowing document into one page a section."""

from __future__ import annotations

import re

from core.documents.tidy import row, squeeze
from core.types import Page

PATH_SEPARATOR = " > "
_CHAPTER = re.compile(r"第[〇零一二三四五六七八九十百0-9０-９]{1,5}([编篇章节])(?=[\s\u3000]|$)")
_CHAPTER_LEVELS = {"编": 1, "篇": 1, "章": 2, "节": 3}
_LONGEST_CHAPTER = 40


def chapter_level(line: str) -> int | None:
    """The level of a line such as "第二章 差旅", which names a chapter even where it is not set as one."""
    line = line.strip()
    match = _CHAPTER.match(line)
    if match is None or len(line) > _LONGEST_CHAPTER or line.endswith(tuple("。；：，、")):
        return None
    return _CHAPTER_LEVELS[match[1]]


class Sections:
    """Builds the pages of a document whose places are headings.

    A section's text begins with its heading. A heading that is directly followed by a deeper one has no text
    of its own and stands at the head of that one's.
    """

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._waiting: list[tuple[int, str]] = []
        self._blocks: list[str] = []
        self._pages: list[Page] = []

    def heading(self, level: int, text: str) -> None:
        """Start a section; ``level`` 1 is the highest."""
        text = squeeze(text)
        if not text:
            return
        if self._blocks or (self._waiting and self._waiting[-1][0] >= level):
            self._flush()
        self._path = [(above, title) for above, title in self._path if above < level]
        self._path.append((level, text))
        self._waiting.append((level, text))

    def block(self, text: str) -> None:
        """Add a paragraph, a list or some code; line breaks inside it are kept."""
        text = text.strip("\n").rstrip()
        if text.strip():
            self._blocks.append(text)

    def table(self, rows: list[list[str]]) -> None:
        """Add a table, header first."""
        lines = [row(cells) for cells in rows]
        self.block("\n".join(line for line in lines if line))

    def pages(self) -> tuple[Page, ...]:
        """Everything so far."""
        self._flush()
        return tuple(self._pages)

    def _flush(self) -> None:
        text = "\n\n".join([*(title for _, title in self._waiting), *self._blocks])
        if text:
            section = PATH_SEPARATOR.join(title for _, title in self._path)
            self._pages.append(Page(text=text, section=section or None))
        self._waiting, self._blocks = [], []
