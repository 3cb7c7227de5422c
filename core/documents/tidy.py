"""Characters as a person reads them, before offsets are fixed: no control characters, no invisible ones,
composed accents, ligatures and radicals as the letters they show.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b")
_SPACE = re.compile(r"[ \t\f\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])\n(?=[{_CJK}])")
CELL_SEPARATOR = " | "
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\uffee\U00020000-\U000323af]")
_INVISIBLE = [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)]
_CONTROLS = [
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A, 0x0C, 0x0D, 0x85, 0x0B)
]
_SHAPES = [*range(0xFB00, 0xFB07), *range(0x2E80, 0x2FE0)]
_TABLE: dict[int, str | None] = {
    **dict.fromkeys((*_INVISIBLE, *_CONTROLS)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _SHAPES},
    **dict.fromkeys(range(55296, 57344), "�"),
}


def tidy(text: str) -> str:
    """Text with plain line ends and visible characters only; spaces and blank lines are kept."""
    visible = _LINE_ENDS.sub("\n", text)
    if not visible.isascii() or not visible.isprintable():
        visible = unicodedata.normalize("NFC", visible.translate(_TABLE))
    return visible


def squeeze(text: str) -> str:
    """One line without runs of spaces at either end or inside."""
    return _SPACE.sub(" ", text.replace("\n", " ")).strip()


def join_lines(lines: list[str]) -> str:
    """The lines of one paragraph as one: with a space, but with none between Chinese characters."""
    return _BETWEEN_CJK.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def row(cells: list[str]) -> str:
    """One table row as a line; a bar inside a cell is not mistaken for a border."""
    return CELL_SEPARATOR.join(squeeze(cell).replace(CELL_SEPARATOR, " ¦ ") for cell in cells).rstrip(" |")


def is_row(line: str) -> bool:
    """Whether a line is a table row as ``row`` writes it."""
    return CELL_SEPARATOR in line


def weight(text: str) -> int:
    """The size of a text in letters, a Chinese character counting two."""
    return len(text) + len(WIDE.findall(text))
