"""Plain text: one page, or one for each form feed where the file has them."""

from __future__ import annotations

import re

from core.documents.content import Loaded, with_text
from core.documents.encoding import decode
from core.documents.tidy import tidy
from core.types import Page

_BLANK = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+\n")


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a text file in any encoding that can be told."""
    text = tidy(decode(data))
    sheets = text.split("\f")
    if len(sheets) == 1:
        return with_text((Page(text=_lines(text)),))
    return with_text(tuple(Page(text=_lines(sheet), number=n) for n, sheet in enumerate(sheets, 1)))


def _lines(text: str) -> str:
    """Without spaces at the ends of lines, and with one blank line at most."""
    stripped = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK.sub("\n\n", stripped).strip("\n")
