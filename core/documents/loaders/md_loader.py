"""Markdown: a page a section, marks taken away, tables as rows, code as it is."""

from __future__ import annotations

import re

from core.documents.content import Loaded, with_text
from core.documents.encoding import decode
from core.documents.loaders.md_inline import inline, references
from core.documents.sections import Sections
from core.documents.tidy import join_lines, tidy

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-*:?[ \t]*)*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_LIQUID = re.compile(r"""\{%[^"'%]*(?:["']([^"'%]*)["'][^%]*)?%\}|\{:[^}]*\}""")
_SETEXT = {"=": 1, "-": 2}


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a markdown file."""
    decoded = decode(data)
    return with_text(_Reading(tidy(decoded.text)).run().pages(), decoded.reason)


class _Reading:
    """One pass over the lines; ``_text`` collects the lines of the paragraph or list that is open."""

    def __init__(self, text: str) -> None:
        self._sections = Sections()
        lines = self._without_front_matter(text)
        self._lines, self._links = references(lines)
        self._at = 0
        self._text: list[str] = []
        self._items: list[str] = []

    def run(self) -> Sections:
        while self._at < len(self._lines):
            self._line(self._lines[self._at])
            self._at += 1
        self._close()
        return self._sections

    def _without_front_matter(self, text: str) -> list[str]:
        """The lines of the body; the title that the front matter names becomes a heading."""
        head = re.match(r"^---[ \t]*\n(.*?)\n---[ \t]*\n", text, re.DOTALL)
        if head is None:
            return text.split("\n")
        title = _TITLE.search(head[1])
        if title:
            self._sections.heading(1, title[1])
        return text[head.end() :].split("\n")

    def _line(self, line: str) -> None:
        fence = _FENCE.match(line)
        if fence:
            self._code(fence[1])
        elif not line.strip():
            self._end_paragraph()
        elif heading := _HEADING.match(line):
            self._close()
            self._sections.heading(len(heading[1]), self._inline(heading[2]))
        elif self._text and not self._items and (under := _UNDERLINE.match(line)):
            title = self._inline(join_lines(self._text))
            self._text = []
            self._sections.heading(_SETEXT[under[1][0]], title)
        elif self._starts_table():
            self._table()
        elif _RULE.match(line):
            self._close()
        elif item := _ITEM.match(line):
            self._end_paragraph()
            indent = len(item[1].expandtabs(4)) // 2 * "  "
            marker = item[2] if item[2][0].isdigit() else "-"
            self._items.append(f"{indent}{marker} ")
            self._text = [item[3]]
        else:
            self._text.append(re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line))

    def _code(self, fence: str) -> None:
        """Code stands as it is, up to the closing fence or the end."""
        self._close()
        code: list[str] = []
        self._at += 1
        while self._at < len(self._lines) and not self._lines[self._at].strip().startswith(fence):
            code.append(self._lines[self._at].rstrip())
            self._at += 1
        self._sections.block("\n".join(code))

    def _starts_table(self) -> bool:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        here = self._lines[self._at]
        return "|" in here and "-" in following and "|" in following and bool(_TABLE_RULE.match(following))

    def _table(self) -> None:
        self._close()
        rows = [self._cells(self._lines[self._at])]
        self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            rows.append(self._cells(self._lines[self._at]))
            self._at += 1
        self._at -= 1
        self._sections.table(rows)

    def _cells(self, line: str) -> list[str]:
        line = line.strip().removeprefix("|")
        if line.endswith("|") and not line.endswith("\\|"):
            line = line[:-1]
        return [self._inline(cell.replace("\\|", "|")) for cell in _CELL_BORDER.split(line)]

    def _end_paragraph(self) -> None:
        """Close a paragraph; inside a list it is one item, and the list goes on."""
        if not self._text:
            return
        text = self._inline(_LIQUID.sub(lambda m: m[1] or "", join_lines(self._text)))
        self._text = []
        if self._items:
            self._items[-1] += text
            following = next((line for line in self._lines[self._at :] if line.strip()), "")
            if _ITEM.match(following):
                return
            text, self._items = "\n".join(self._items), []
        self._sections.block(text)

    def _close(self) -> None:
        self._end_paragraph()
        if self._items:
            self._sections.block("\n".join(self._items))
            self._items = []

    def _inline(self, text: str) -> str:
        return inline(text, self._links)
